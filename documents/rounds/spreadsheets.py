"""Tables as files: CSV, and an OpenDocument spreadsheet (ODF 1.2), written here: we need no more than one sheet of text.

What people have typed must not become a formula where the file is opened. In a spreadsheet every cell is text and says so.
CSV cannot say so: there a cell that would be taken for a formula starts with an apostrophe.
"""

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from typing import Protocol
from xml.sax.saxutils import escape, quoteattr

ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
# Also the wide forms of these characters, which some programs take for the narrow ones.
_FORMULA = re.compile("^\\s*[=+\\-@\t\r\uff1d\uff0b\uff0d\uff20]")
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# Programs refuse cells that are longer.
MOST_CHARACTERS = 32_000


class Table(Protocol):
    """What is written: a marking, a title, notes, and rows under columns."""

    @property
    def marking(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def notes(self) -> Sequence[str]: ...
    @property
    def columns(self) -> Sequence[str]: ...
    @property
    def rows(self) -> Sequence[Sequence[str]]: ...


def to_csv(table: Table) -> bytes:
    """UTF-8 with a mark by which spreadsheet programs know it."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    for row in (*_head(table), (), table.columns, *table.rows):
        writer.writerow([_harmless(_shortened(cell)) for cell in row])
    return text.getvalue().encode("utf-8-sig")


def to_ods(table: Table) -> bytes:
    """A spreadsheet of one sheet. The marking stands in its first row and at the top of every printed page."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        # The type comes first and as it is, so that programs can tell the file by its first bytes.
        archive.writestr(zipfile.ZipInfo("mimetype"), ODS_TYPE, zipfile.ZIP_STORED)
        archive.writestr("META-INF/manifest.xml", _MANIFEST)
        archive.writestr("meta.xml", _META.format(title=_text(table.title)))
        archive.writestr("styles.xml", _STYLES.format(marking=_text(table.marking)))
        archive.writestr("content.xml", _content(table))
    return file.getvalue()


def _head(table: Table) -> list[tuple[str]]:
    return [(table.marking,), (table.title,), *((note,) for note in table.notes)]


def _content(table: Table) -> str:
    rows = [
        *(_row(row, "head") for row in _head(table)),
        _row((), "cell"),
        f"<table:table-header-rows>{_row(table.columns, 'column')}</table:table-header-rows>",
        *(_row(row, "cell") for row in table.rows),
    ]
    width = f'<table:table-column table:style-name="wide" table:number-columns-repeated="{len(table.columns)}"/>'
    return _CONTENT.format(width=width, rows="".join(rows))


def _row(cells: Iterable[str], style: str) -> str:
    made = "".join(_cell(_shortened(cell), style) for cell in cells)
    return f"<table:table-row>{made or '<table:table-cell/>'}</table:table-row>"


def _cell(words: str, style: str) -> str:
    """Text, whatever it looks like; each of its lines is a paragraph."""
    lines = "".join(f"<text:p>{_line(line)}</text:p>" for line in words.split("\n"))
    return f'<table:table-cell table:style-name={quoteattr(style)} office:value-type="string">{lines}</table:table-cell>'


def _line(line: str) -> str:
    """White space that would be read as one space, or none, is said in elements."""
    return re.sub(r"^ +| +$| {2,}|\t", _spaces, _text(line))


def _spaces(match: re.Match[str]) -> str:
    return "<text:tab/>" if match[0] == "\t" else f'<text:s text:c="{len(match[0])}"/>'


def _text(words: str) -> str:
    return escape(_NOT_XML.sub("", words))


def _harmless(cell: str) -> str:
    return f"'{cell}" if _FORMULA.match(cell) else cell


def _shortened(cell: str) -> str:
    cell = _NOT_XML.sub("", cell).replace("\r\n", "\n")
    return cell if len(cell) <= MOST_CHARACTERS else f"{cell[: MOST_CHARACTERS - 1]}…"


_NAMES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{path}:1.0"'
    for name, path in (
        ("office", "office"),
        ("table", "table"),
        ("text", "text"),
        ("style", "style"),
        ("meta", "meta"),
        ("fo", "xsl-fo-compatible"),
        ("manifest", "manifest"),
    )
)
_TOP = '<?xml version="1.0" encoding="UTF-8"?>'
_MANIFEST = f"""{_TOP}
<manifest:manifest {_NAMES} manifest:version="1.2">
<manifest:file-entry manifest:full-path="/" manifest:version="1.2" manifest:media-type="{ODS_TYPE}"/>
<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>
<manifest:file-entry manifest:full-path="styles.xml" manifest:media-type="text/xml"/>
<manifest:file-entry manifest:full-path="meta.xml" manifest:media-type="text/xml"/>
</manifest:manifest>"""
_META = f"""{_TOP}
<office:document-meta {_NAMES} xmlns:dc="http://purl.org/dc/elements/1.1/" office:version="1.2">
<office:meta><dc:title>{{title}}</dc:title></office:meta></office:document-meta>"""
_STYLES = f"""{_TOP}
<office:document-styles {_NAMES} office:version="1.2">
<office:automatic-styles><style:page-layout style:name="page"><style:page-layout-properties
style:print-orientation="landscape"/><style:header-style/></style:page-layout></office:automatic-styles>
<office:master-styles><style:master-page style:name="Default" style:page-layout-name="page">
<style:header><text:p>{{marking}}</text:p></style:header></style:master-page></office:master-styles>
</office:document-styles>"""
_CONTENT = f"""{_TOP}
<office:document-content {_NAMES} office:version="1.2">
<office:automatic-styles>
<style:style style:name="wide" style:family="table-column"><style:table-column-properties
style:column-width="4.5cm"/></style:style>
<style:style style:name="sheet" style:family="table" style:master-page-name="Default"/>
<style:style style:name="head" style:family="table-cell"><style:text-properties fo:font-weight="bold"/></style:style>
<style:style style:name="column" style:family="table-cell"><style:table-cell-properties fo:wrap-option="wrap"
fo:background-color="#cfe0e4"/><style:text-properties fo:font-weight="bold"/></style:style>
<style:style style:name="cell" style:family="table-cell"><style:table-cell-properties fo:wrap-option="wrap"
style:vertical-align="top"/></style:style>
</office:automatic-styles>
<office:body><office:spreadsheet><table:table table:name="Comments" table:style-name="sheet">{{width}}{{rows}}</table:table>
</office:spreadsheet></office:body></office:document-content>"""
