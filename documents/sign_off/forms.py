"""The form of a signatory: one answer for each of their seats, none of them chosen beforehand."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from accounts.models import User
from documents.actions.sign_offs import NOTE_MAX, Answer, checked, has_been_signed
from documents.models import Decision, RequiredSeat, SignOff
from documents.sign_off.sheet import Cell, Sheet

SAYS = [
    (Decision.APPROVED, "I approve"),
    (Decision.APPROVED_WITH_NOTE, "I approve, with a note"),
    (Decision.DECLINED, "I decline, and say why"),
]


class SignForm(forms.Form):
    """`version` is the one on the page: a page that has stayed open too long signs nothing."""

    version = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, sheet: Sheet, user: User, **kwargs: Any) -> None:
        current = str(sheet.version.pk) if sheet.version else ""
        super().__init__(*args, **kwargs)
        self.user, self.current, self.cells = user, current, sheet.yours
        self._decided = [(cell.required, cell.sign_off, cell) for cell in sheet.cells if cell.required and cell.sign_off]
        for cell in self.cells:
            seat = f"{cell.name} of {cell.partnership.short_name}"
            self.fields[self._decision(cell)] = forms.ChoiceField(
                label=f"For {cell.partnership.name}: {cell.name}{', as deputy' if cell.as_deputy else ''}",
                choices=SAYS,
                required=False,
                widget=forms.RadioSelect,
                error_messages={"invalid_choice": "Choose one of the three answers."},
            )
            self.fields[self._note(cell)] = forms.CharField(
                label=f"Your note, or why you decline, for {seat}",
                required=False,
                widget=forms.Textarea(attrs={"rows": 3}),
                help_text="Everybody on the review can read it, and it stays on the sheet.",
                max_length=NOTE_MAX,
                error_messages={"max_length": f"Shorten it to {NOTE_MAX} characters or fewer."},
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("version") != self.current:
            return cleaned  # what was sent is about another version's seats: the action says what became of it
        if late := next((one for one in self._decided if self._contradicts(one[1], one[2])), None):
            self.add_error(None, has_been_signed(*late[:2]))
        if self.cells and not self.errors and not any(cleaned.get(self._decision(cell)) for cell in self.cells):
            self.add_error(self._decision(self.cells[0]), "Choose an answer for at least one of your seats.")
        for cell in self.cells:
            self._check_note(cell, cleaned.get(self._decision(cell)), cleaned.get(self._note(cell)))
        return cleaned

    def _contradicts(self, done: SignOff, cell: Cell) -> bool:
        """Whether a page that has stayed open says something else of a seat than this person has said already."""
        decision, note = (str(self.data.get(name(cell), "")).strip() for name in (self._decision, self._note))
        said = (decision, "" if decision == Decision.APPROVED else note)
        return bool(decision) and (done.signed_by != self.user or said != (done.decision, done.note))

    def _check_note(self, cell: Cell, decision: str | None, note: str | None) -> None:
        """Before anybody is asked who they are; the action checks again."""
        if note and decision in ("", Decision.APPROVED):
            self.add_error(self._decision(cell), "You wrote a note: choose “with a note” or “decline”, or take it out.")
        elif decision and note is not None:
            try:
                checked(Answer(Decision(decision), note))
            except ValidationError as refusal:
                self.add_error(self._note(cell), refusal.messages[0])

    def answers(self) -> dict[RequiredSeat, Answer]:
        """What was chosen, by seat. Seats without an answer stay open."""
        chosen = [(cell.required, self._chosen(cell)) for cell in self.cells]
        return {seat: answer for seat, answer in chosen if seat is not None and answer is not None}

    def _chosen(self, cell: Cell) -> Answer | None:
        decision = self.cleaned_data[self._decision(cell)]
        return Answer(Decision(decision), self.cleaned_data[self._note(cell)]) if decision else None

    def questions(self) -> list[tuple[Any, Any]]:
        """The two fields of each seat, for the page."""
        return [(self[self._decision(cell)], self[self._note(cell)]) for cell in self.cells]

    @staticmethod
    def _decision(cell: Cell) -> str:
        return f"decision-{cell.required.pk if cell.required else ''}"

    @staticmethod
    def _note(cell: Cell) -> str:
        return f"note-{cell.required.pk if cell.required else ''}"


class ReopenForm(forms.Form):
    """Why a report is written again."""

    reason = forms.CharField(
        label="Why is it opened again?",
        help_text="Everybody on the review can read it, and it stays on the sheet. Do not name children or families.",
        max_length=NOTE_MAX,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Say why, in a few words."},
    )
