"""Every class that a page uses has a style, every style has a page that uses it. Read from the sources: nothing is built."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

pytestmark = pytest.mark.no_database

ROOT = Path(__file__).resolve().parents[2]
STYLES = ROOT / "portal" / "assets" / "styles"
GOVUK = ROOT / "node_modules" / "govuk-frontend" / "dist" / "govuk"
PAGES = (("templates", "*.html"), ("documents/editor/src", "*.ts"), ("portal/assets/scripts", "*.ts"))
PYTHON = ("portal/templatetags/portal.py", "portal/forms.py", "documents/text/rendering.py")

# What others put into the page: ProseMirror and TipTap, and govuk-frontend's own scripts.
MADE_BY_LIBRARIES = re.compile(
    r"^(ProseMirror|selectedCell$|is-editor-empty$|tableWrapper$|govuk-frontend-supported$|js-enabled$)"
)
# Hooks of scripts, and GOV.UK's names that carry no style of their own in the parts that we use.
UNSTYLED = re.compile(r"^(govuk-js-|ProseMirror|is-empty$|js-enabled$|govuk-frontend-supported$|govuk-table__row$)")


def sources(*patterns: tuple[str, str]) -> Iterator[str]:
    """The texts of the files in these folders, tests left out."""
    for folder, pattern in patterns:
        for path in sorted((ROOT / folder).rglob(pattern)):
            if ".test." not in path.name and "mail" not in path.parts:
                yield path.read_text(encoding="utf-8")


def classes_in(given: str) -> Iterator[str]:
    """The names in `class="…"`; a part that is only known later is a `*`."""
    text = re.sub(r"\{%\s*(?:el)?if.*?%\}|\{%\s*(?:else|endif|for|endfor|empty).*?%\}", " ", given)
    text = re.sub(r"\{\{.*?\}\}|\{%.*?%\}|\$\{[^{}]*\}|\{\}", "*", text)
    for found in re.findall(r"\{% block \w+_class %\}(.*?)\{% endblock %\}", given):
        yield from found.split()
    for found in re.findall(r"""\bclass(?:Name)?["']?\s*[:=]\s*["'`]([^"'`]*)["'`]""", text):
        yield from found.split()


def used() -> set[str]:
    """The classes that pages use."""
    names: set[str] = set()
    for text in sources(*PAGES):
        names.update(classes_in(text))
        names.update(re.findall(r"""classList\.\w+\(["']([\w-]+)""", text))
        names.update(name for line in re.findall(r"`([^`]*)`", text) for name in re.findall(r"\b(?:jrp|ed)-[\w-]+\b", line))
    for path in PYTHON:
        names.update(
            re.findall(r"""(?<![\w-])((?:jrp|ed|govuk)-[\w-]+)(?![\w-])""", (ROOT / path).read_text(encoding="utf-8"))
        )
    return {name for name in names if re.search(r"[a-z]", name)}


def styled() -> set[str]:
    """The classes in our own styles."""
    return set().union(*(selectors(text) for text in sources(("portal/assets/styles", "*.scss"))))


def selectors(scss: str) -> set[str]:
    """The classes that a stylesheet names; organisations' are made in a loop."""
    code = re.sub(r"//.*|/\*.*?\*/|@use.*|[\w-]+\.[\w-]+\(|\"[^\"]*\"", "", scss)
    return set(re.findall(r"\.((?:[a-zA-Z])[\w-]*)", code.replace("#{$name}", "")))


def govuk_parts() -> dict[str, set[str]]:
    """GOV.UK's parts that we take, each with the classes that it styles."""
    taken = re.findall(r'@use "govuk-frontend/dist/govuk/([\w/-]+)"', (STYLES / "_govuk.scss").read_text(encoding="utf-8"))
    parts = {}
    for part in taken:
        folder = GOVUK / part
        files = folder.glob("*.scss") if folder.is_dir() else folder.parent.glob(f"_{folder.name}.mixin.scss")
        parts[part] = set().union(*(selectors(file.read_text(encoding="utf-8")) for file in files))
    return parts


def is_met(name: str, names: set[str]) -> bool:
    """Whether a name, which may have an unknown part, is among the others, which may have one too."""
    pattern = re.compile(re.escape(name).replace(r"\*", r"[\w-]*") + "$")
    part_of = f"{name}__"
    return any(
        pattern.match(other) or other.startswith(part_of) or ("*" in other and matches(other, name)) for other in names
    )


def matches(pattern: str, name: str) -> bool:
    """Whether a name with an unknown part could be this one."""
    stem = pattern.split("*", maxsplit=1)[0]
    return bool(stem) and name.startswith(stem)


def test_every_class_that_a_page_uses_has_a_style() -> None:
    known = styled().union(*govuk_parts().values())

    bare = sorted(name for name in used() if not UNSTYLED.match(name) and not is_met(name, known))

    assert bare == []


def test_every_style_of_ours_has_a_page_that_uses_it() -> None:
    pages = used()

    idle = sorted(name for name in styled() if not MADE_BY_LIBRARIES.match(name) and not is_met(name, pages))

    assert idle == []


def test_every_part_of_govuk_that_we_take_is_used() -> None:
    pages = used()

    idle = [
        part
        for part, names in govuk_parts().items()
        if "components" in part and not any(is_met(name, pages) for name in names)
    ]

    assert idle == []


def test_no_page_carries_a_style_of_its_own() -> None:
    found = [text[:80] for text in sources(("templates", "*.html")) if re.search(r"\sstyle=|<style", text)]

    assert found == []
