"""Forms of comments. Rules live in the actions; a form asks, and keeps what was typed."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms

from documents.models import ThreadKind
from documents.threads.audience import Audience
from documents.threads.drafts import COMMENT_MAX, Draft, Mentions

_PERSON, _PLACE = "person", "organisation"
US, EVERYONE = "us", "everyone"


class CommentField(forms.CharField):
    """A long text that is counted down, and never cut off: whatever is too much, the action says."""

    def __init__(self, label: str) -> None:
        super().__init__(label=label, required=False, strip=False, widget=forms.Textarea(attrs={"rows": 5}))
        self.max_length = COMMENT_MAX


class MentionsField(forms.MultipleChoiceField):
    """People and organisations who can see the comment."""

    def __init__(self, audience: Audience, *, but: UUID) -> None:
        places = [
            (f"{_PLACE}:{pk}", f"{one.short_name} (everyone on its team)") for pk, one in audience.organisations.items()
        ]
        people = [
            (f"{_PERSON}:{pk}", f"{user.full_name}, {organisation.short_name}")
            for pk, (user, organisation) in audience.people.items()
            if pk != but
        ]
        super().__init__(
            label="Mention somebody (optional)",
            help_text="They are told that you mentioned them. Only those who can see this comment are listed.",
            choices=[*places, *people],
            required=False,
            widget=forms.CheckboxSelectMultiple,
            error_messages={"invalid_choice": "Somebody whom you mention cannot see this comment. Take the mention away."},
        )


class ReplyForm(forms.Form):
    """A reply. `for_us_only` carries what its writer was told about who reads it."""

    text = CommentField("Your reply")
    for_us_only = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, audience: Audience, but: UUID, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["mentions"] = MentionsField(audience, but=but)

    def mentions(self) -> Mentions:
        return _mentions(self.cleaned_data["mentions"])


class StartForm(forms.Form):
    """A comment about a whole section. Its button says to whom it goes."""

    text = CommentField("Your comment")
    kind = forms.ChoiceField(
        label="What kind of comment is it?",
        choices=ThreadKind.choices,
        initial=ThreadKind.GENERAL,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what kind of comment this is."},
    )
    audience = forms.ChoiceField(
        choices=[(US, US), (EVERYONE, EVERYONE)],
        widget=forms.HiddenInput,
        error_messages={"required": "Use one of the two buttons, so that it is clear who will read your comment."},
    )

    def __init__(self, *args: Any, audience: Audience, but: UUID, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["mentions"] = MentionsField(audience, but=but)

    def draft(self) -> Draft:
        data = self.cleaned_data
        return Draft(data["text"], data["kind"], data["audience"] == US, mentions=_mentions(data["mentions"]))


def _mentions(values: Iterable[str]) -> Mentions:
    by_kind: dict[str, set[UUID]] = {_PERSON: set(), _PLACE: set()}
    for value in values:
        kind, _, pk = value.partition(":")
        by_kind[kind].add(UUID(pk))
    return Mentions(frozenset(by_kind[_PERSON]), frozenset(by_kind[_PLACE]))
