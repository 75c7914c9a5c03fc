/**
 * Comments' places in the text of a section. An anchor is written once, by whoever comments, and never moved: it holds
 * both ends as relative positions, and its words for ever. Where it is now is found from the text and the anchor alone.
 */
export { type Anchor, makeAnchor, type Range, trimmed } from "./anchor";
export type { Place } from "./find";
export { anchorsKey, anchorsPlugin, followAnchors, settleAnchors, trackingOf } from "./plugin";
export { changed, followed, isDue, isSamePlace, isUnchanged, locate, settled, type Tracked, type Tracking } from "./tracking";
export { keysIn, normal, textBetween } from "./words";
