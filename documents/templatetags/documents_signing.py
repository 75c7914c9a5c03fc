"""What the pages of signing say."""

from django import template

from documents.sign_off.sheet import Sheet

register = template.Library()


@register.filter
def groups_of_four(fingerprint: str) -> str:
    """ "a3f97c21…" becomes "a3f9 7c21 …", which can be read aloud."""
    return " ".join(fingerprint[at : at + 4] for at in range(0, len(fingerprint), 4))


@register.filter
def who_is_waiting(sheet: Sheet) -> str:
    """Who holds the next step: the viewer first."""
    waiting, yours = len(sheet.waiting), len(sheet.yours)
    if not waiting or not any(cell.is_open for cell in sheet.cells):
        return ""
    seats = "1 seat is waiting" if waiting == 1 else f"{waiting} seats are waiting"
    if yours == waiting:
        return f"{seats}, held by you." if waiting == 1 else f"{seats}, all held by you."
    return f"{seats}, {yours} of them held by you." if yours else f"{seats}."
