"""Forms of comment rounds and of decisions on comments. Rules live in the actions; a form asks, and keeps what was typed."""

from collections.abc import Sequence
from typing import Any

from django import forms

from documents.fresh import FreshForm
from documents.models import CommentRound, Disposition, Thread
from reviews.models import Participant

_DATE: dict[str, Any] = {
    "label": "Last day for comments",
    "help_text": "For example, 27 11 2026. That day is included.",
    "widget": forms.SelectDateWidget,
    "error_messages": {"required": "Enter the last day.", "invalid": "Enter a real date, such as 27 11 2026."},
}


class RoundForm(forms.Form):
    """A new round: what for, until when, and who is asked."""

    name = forms.CharField(
        label="Name",
        help_text="Without the names of children, families or practitioners.",
        error_messages={"required": "Enter a name, such as “Factual accuracy”."},
    )
    note = forms.CharField(
        label="What should they look at? (optional)", required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    closes_on = forms.DateField(**_DATE)

    def __init__(self, *args: Any, able: Sequence[Participant], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._by_id = {str(one.pk): one for one in able}
        self.fields["participants"] = forms.MultipleChoiceField(
            label="Which organisations are asked?",
            help_text="Those that may comment on this report or write in it.",
            choices=[(pk, one.organisation.name) for pk, one in self._by_id.items()],
            initial=list(self._by_id),
            widget=forms.CheckboxSelectMultiple,
            error_messages={
                "required": "Choose at least one organisation.",
                "invalid_choice": "One of these organisations cannot comment on this report any more.",
            },
        )

    def facts(self) -> dict[str, Any]:
        """The answers, as the action takes them."""
        chosen = [self._by_id[pk] for pk in self.cleaned_data["participants"]]
        return {**self.cleaned_data, "participants": chosen}


class DateForm(FreshForm):
    """Another last day."""

    closes_on = forms.DateField(**_DATE)

    def __init__(self, data: Any, *, comment_round: CommentRound) -> None:
        initial = {"closes_on": comment_round.closes_on}
        super().__init__(data, initial=initial, state=dict(initial))


class DispositionForm(FreshForm):
    """What becomes of a comment, and why."""

    disposition = forms.ChoiceField(
        label="What becomes of it?",
        choices=[(value, label) for value, label in Disposition.choices if value],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what becomes of the comment."},
    )
    reason = forms.CharField(
        label="Why?",
        help_text="Everyone who can see the comment reads this.",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Give a reason. Whoever commented will read it."},
    )
    resolve = forms.BooleanField(label="Nothing is left to do: mark the comment as resolved", required=False)

    def __init__(self, data: Any, *, thread: Thread) -> None:
        initial = {"disposition": thread.disposition, "reason": thread.disposition_reason}
        super().__init__(data, initial=initial, state=dict(initial))
        if thread.is_resolved:
            del self.fields["resolve"]
