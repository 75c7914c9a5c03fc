"""`docs/lifecycle.md`, written from the table of transitions. A test fails where the page is stale."""

from documents.lifecycle import DRAFTING, TRANSITIONS, Transition
from documents.models import ReportState

_HEAD = """# The life of a report

Written from `documents/lifecycle.py` by `manage.py lifecycle --write`; a test fails where it is stale.
The database refuses every step that is not drawn here, whoever tries it.
"""


def page() -> str:
    """The whole page."""
    return f"{_HEAD}\n{_diagram()}\n\n{_states()}\n\n{_table()}\n"


def _diagram() -> str:
    steps = [f"    {origin} --> {one.target}: {one.label}" for one in TRANSITIONS for origin in one.origins]
    return "\n".join(["```mermaid", "stateDiagram-v2", f"    [*] --> {DRAFTING}", *steps, "```"])


def _states() -> str:
    rows = [f"| `{state}` | {state.label} |" for state in ReportState]
    return "\n".join(["| state | called |", "|---|---|", *rows])


def _table() -> str:
    head = "| step | from | to | who | only if | recorded as | told |"
    return "\n".join([head, "|---|---|---|---|---|---|---|", *(_row(one) for one in TRANSITIONS)])


def _row(one: Transition) -> str:
    origins = ", ".join(f"`{origin}`" for origin in one.origins)
    guards = "; ".join(guard.value for guard in one.guards)
    notice = f"`{one.notice}`" if one.notice else "nobody yet"
    return f"| {one.label} | {origins} | `{one.target}` | {one.who.value} | {guards} | `{one.verb}` | {notice} |"
