"""The names and characters of the format in which a section's text is stored. The editor's binding has the same ones."""

import re

# The root text of a section, and the prefix of the roots of a table: its map, and one text a cell.
SECTION = "default"
TABLE = "t:"

# The end of a block; in a block a line break and a footnote.
END, BREAK, ATOM = "\n", "\u2028", "\ufffc"
ATOMS = {BREAK: "hardBreak", ATOM: "footnote"}
NODE_CHARACTERS = {name: character for character, name in ATOMS.items()}
SPECIAL = re.compile(f"([{END}{BREAK}{ATOM}])")

# The formats of a block's end: its type, its ancestors, and how many of them it shares with the block before.
TYPE, PARENTS, SHARED = "t", "p", "s"
# Of longer paths only the start is read.
MOST_ANCESTORS = 40
# Before the name of an inline node, the format that holds its attributes.
NODE = "@"

# What a browser's trim() takes away, so that both languages agree on what is blank.
BLANK = "\t\n\v\f\r \u00a0\u1680\u2028\u2029\u202f\u205f\u3000\ufeff" + "".join(map(chr, range(0x2000, 0x200B)))


def table_root(table: str) -> str:
    return f"{TABLE}{table}"


def cell_root(table: str, row: str, column: str) -> str:
    return f"{TABLE}{table}:{row}:{column}"


def is_blank(text: str) -> bool:
    return not text.strip(BLANK)
