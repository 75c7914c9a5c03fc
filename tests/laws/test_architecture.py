"""The house's laws about its rooms: imports run one way, files and functions keep their budgets."""

import ast
import statistics
from pathlib import Path

import pytest

pytestmark = pytest.mark.no_database

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ["accounts", "partnerships", "reviews", "documents", "library", "portal"]
ONLY_IMPORTER_OF_GUARDIAN = {"partnerships/grants.py"}
PURE = {"documents/text": {"django", "accounts", "partnerships", "reviews", "library", "portal"}}
MAX_FILE_LINES, MAX_FUNCTION_LINES = 400, 50
MEDIAN_FUNCTION_LINES, P90_FUNCTION_LINES = 8, 25

Function = ast.FunctionDef | ast.AsyncFunctionDef


def sources(room: str) -> list[Path]:
    """The Python files of a room, migrations left out."""
    return [path for path in (ROOT / room).rglob("*.py") if "migrations" not in path.parts]


def imported(path: Path) -> set[str]:
    """The modules that a file imports, wherever in the file."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
    return names


def functions() -> list[tuple[str, Function]]:
    """Every function of the product, with where it stands."""
    return [
        (f"{path.relative_to(ROOT)}:{node.lineno} {node.name}", node)
        for room in ROOMS
        for path in sources(room)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, Function)
    ]


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_imports_only_rooms_above_it(room: str) -> None:
    allowed = set(ROOMS[: ROOMS.index(room) + 1])

    wrong = [
        f"{path.relative_to(ROOT)} imports {module}"
        for path in sources(room)
        for module in imported(path)
        if module.split(".")[0] in set(ROOMS) - allowed or (module.split(".")[0] == "portal" and room != "portal")
    ]

    assert wrong == []


def test_only_grants_knows_guardian() -> None:
    importers = {
        str(path.relative_to(ROOT))
        for room in ROOMS
        for path in sources(room)
        if any(module.split(".")[0] == "guardian" for module in imported(path))
    }

    assert importers == ONLY_IMPORTER_OF_GUARDIAN


@pytest.mark.parametrize("folder", PURE)
def test_pure_code_knows_no_database(folder: str) -> None:
    wrong = [
        f"{path.relative_to(ROOT)} imports {module}"
        for path in (ROOT / folder).rglob("*.py")
        for module in imported(path)
        if module.split(".")[0] in PURE[folder]
    ]

    assert wrong == []


def test_no_file_is_over_its_budget() -> None:
    over = {
        str(path.relative_to(ROOT)): lines
        for room in [*ROOMS, "tests"]
        for path in sources(room)
        if (lines := path.read_text(encoding="utf-8").count("\n")) > MAX_FILE_LINES
    }

    assert over == {}


def test_no_function_is_over_its_budget() -> None:
    over = [where for where, node in functions() if (node.end_lineno or 0) - node.lineno + 1 > MAX_FUNCTION_LINES]

    assert over == []


def test_functions_are_short_as_a_rule() -> None:
    lengths = sorted((node.end_lineno or 0) - node.lineno + 1 for _, node in functions())

    assert statistics.median(lengths) <= MEDIAN_FUNCTION_LINES
    assert lengths[int(len(lengths) * 0.9)] <= P90_FUNCTION_LINES
