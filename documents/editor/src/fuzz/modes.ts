import type { Kind } from "./operations/index";

/** How people behave in a session. */
export interface Mode {
  readonly blocks: readonly [number, number];
  /** Operations of each person. */
  readonly operations: number;
  /** Mean time between them. */
  readonly pauseMs: number;
  /** How often a person works in their own part of the text. */
  readonly ownShare: number;
  /** How likely a person is offline for a part of the session. */
  readonly offline: number;
  readonly weights: Readonly<Partial<Record<Kind, number>>>;
}

const WRITING = { type: 30, deleteWord: 4, bold: 2, italic: 2, underline: 1, link: 2, footnote: 4, changeFootnote: 1, deleteFootnote: 1, hardBreak: 3 } as const;
const SHAPING = { split: 9, join: 8, heading: 4, list: 6, sink: 2, quote: 2, image: 1, deleteImage: 0.5 } as const;
const MOVING = { moveWords: 3, moveBlocks: 2, moveStretch: 1.5, deleteStretch: 1 } as const;
const HISTORY = { undo: 6, redo: 2 } as const;
const CELLS = { typeInCell: 6, splitInCell: 1, joinInCell: 1, listInCell: 1 } as const;
const ROWS = { addRowBefore: 1, addRowAfter: 1, addColumnBefore: 1, addColumnAfter: 1, deleteRow: 1, deleteColumn: 1 } as const;
const WHOLE_TABLES = { insertTable: 1, deleteTable: 0.5, moveTable: 1, copyTable: 0.5 } as const;
const LOOKS = { headerRow: 0.6, headerColumn: 0.3, headerCell: 0.3, width: 0.5, mergeCells: 1, splitCell: 0.6 } as const;
const CELL_BLOCKS = { clearCells: 0.7, moveCells: 0.7 } as const;

const EVERYTHING = { ...WRITING, ...SHAPING, ...MOVING, ...HISTORY, ...CELLS, ...ROWS, ...WHOLE_TABLES, ...LOOKS, ...CELL_BLOCKS };

/** The table operations of the mixture, more of them: three in ten change the shape of a table. */
const TABLE_WORK = {
  ...EVERYTHING,
  ...multiplied({ ...ROWS, ...WHOLE_TABLES, ...LOOKS, ...CELL_BLOCKS }, 3.5),
  ...multiplied(CELLS, 3),
  type: 15,
};

export const MODES = {
  /** Everybody in the same few blocks. */
  crowded: { blocks: [5, 7], operations: 22, pauseMs: 700, ownShare: 0, offline: 0, weights: EVERYTHING },
  /** A section of ordinary length, everybody mostly in a part of their own. */
  realistic: { blocks: [30, 30], operations: 30, pauseMs: 1500, ownShare: 0.9, offline: 0.2, weights: EVERYTHING },
  /** People who reshape the same few tables. */
  tables: { blocks: [5, 6], operations: 22, pauseMs: 700, ownShare: 0, offline: 0.4, weights: TABLE_WORK },
  /** The crowd, with a window of 10 to 50 % of the session without a connection for many. */
  offline: { blocks: [5, 7], operations: 22, pauseMs: 700, ownShare: 0, offline: 0.4, weights: EVERYTHING },
} as const satisfies Record<string, Mode>;

export type ModeName = keyof typeof MODES;

export const MODE_NAMES = Object.keys(MODES) as ModeName[];

/** The mode of a seed, so that a seed alone repeats its session. */
export function modeOf(seed: number): ModeName {
  return MODE_NAMES[seed % MODE_NAMES.length] ?? "crowded";
}

function multiplied<Name extends string>(weights: Readonly<Record<Name, number>>, by: number): Record<Name, number> {
  return Object.fromEntries(Object.entries<number>(weights).map(([name, weight]) => [name, weight * by])) as Record<Name, number>;
}
