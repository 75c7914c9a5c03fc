"""Template tags of the portal's look: icons, marks of organisations, rings of people, states."""

import json
from datetime import date
from pathlib import Path
from typing import Any

from django import template
from django.conf import settings
from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from accounts.models import User
from partnerships.models import Organisation

register = template.Library()

# The browser's scripts read the same file.
_ICONS: dict[str, dict[str, str]] = json.loads(
    (Path(settings.BASE_DIR) / "portal/assets/icons.json").read_text(encoding="utf-8")
)
# State: word, icon, tone. A state is always a word and a shape; the tone only helps.
STATES: dict[str, tuple[str, str, str]] = {
    "empty": ("Not started", "ring", ""),
    "started": ("Being written", "half", ""),
    "drafting": ("Being written", "half", ""),
    "done": ("Done", "tick", "green"),
    "restricted": ("Restricted", "lock", ""),
    "frozen": ("Frozen", "snowflake", "blue"),
    "agreed": ("Agreed", "tick", "green"),
    "scheduled": ("Scheduled", "clock", "blue"),
    "published": ("Published", "tick", "blue"),
    "withdrawn": ("Withdrawn", "cross", ""),
    "open": ("Open", "half", ""),
    "closed": ("Closed", "tick", ""),
    "invited": ("Invited", "envelope", ""),
    "joined": ("Takes part", "tick", "green"),
    "declined": ("Declined", "cross", ""),
    "left": ("Left", "cross", ""),
    "overdue": ("Overdue", "triangle", "red"),
    "due": ("Due", "clock", "line"),
}


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """An icon from `portal/assets/icons.json`; hidden from screen readers unless it has a label. KeyError when unknown."""
    drawing = _ICONS[name]
    shape = mark_safe(drawing.get("lines") or drawing["fill"])  # noqa: S308  # our own file
    kind = "jrp-i" if "lines" in drawing else "jrp-i jrp-i--fill"
    spoken = format_html('role="img" aria-label="{}"', label) if label else SafeString('aria-hidden="true"')
    return format_html('<svg class="{}" viewBox="0 0 24 24" {} focusable="false">{}</svg>', kind, spoken, shape)


@register.simple_tag
def org_mark(organisation: Organisation) -> SafeString:
    """The initials of an organisation in its colour and line; write its name beside it."""
    return format_html(
        '<span class="jrp-mark o-{}" aria-hidden="true">{}</span>', organisation.colour, organisation.initials
    )


@register.simple_tag
def org_name(organisation: Organisation, *, full: bool = False) -> SafeString:
    """An organisation's mark with its name: the short one for running text, the full one for headings and legal places."""
    name = organisation.name if full else organisation.short_name
    return format_html('<span class="jrp-org">{}<span>{}</span></span>', org_mark(organisation), name)


@register.simple_tag
def person_ring(user: User, organisation: Organisation | None = None) -> SafeString:
    """A person's initials in a ring of their organisation's colour and line; write the name beside it."""
    colour = organisation.colour if organisation else "ag"
    return format_html('<span class="jrp-person o-{}" aria-hidden="true">{}</span>', colour, user.initials)


@register.inclusion_tag("components/tag.html")
def state_tag(state: str, text: str = "") -> dict[str, Any]:
    """A state as word and shape; `text` replaces the word where the place needs more ("Due 26 November")."""
    word, shape, tone = STATES[state]
    return {"text": text or word, "icon": shape, "tone": tone}


@register.inclusion_tag("components/tag.html")
def due_tag(due_on: date) -> dict[str, Any]:
    """When something is due. Red only when it is overdue."""
    today = timezone.localdate()
    if due_on < today:
        return {"text": f"Overdue: {_in_full(due_on, today)}", "icon": "triangle", "tone": "red"}
    if due_on == today:
        return {"text": "Due today", "icon": "diamond", "tone": "amber"}
    return {"text": f"Due {_in_full(due_on, today)}", "icon": "clock", "tone": "line"}


def _in_full(day: date, today: date) -> str:
    """The year only where it is not this one."""
    return format_date(day, "j F" if day.year == today.year else "j F Y")
