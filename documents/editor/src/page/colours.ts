const KNOWN = new Set(["ns", "kb", "sg", "ag"]);

/** The class that gives an organisation's colour, tint and line style; anything unknown looks like an agency. */
export function colourClass(colour: unknown): string {
  return `o-${typeof colour === "string" && KNOWN.has(colour) ? colour : "ag"}`;
}
