import { readConfig } from "./config";
import { ReportPage } from "./report_page";

// The entry of the report page: without a configuration there is nothing live on the page.
const config = readConfig(document);
if (config) new ReportPage(config).start();
