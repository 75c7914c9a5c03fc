import { writeFileSync } from "node:fs";
import { schemaFile } from "./dump";

writeFileSync("documents/text/schema.json", schemaFile());
