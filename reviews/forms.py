"""Forms of this room. Rules live in the actions; a form asks, and keeps what was typed."""

from collections.abc import Sequence
from typing import Any

from django import forms

from accounts.models import User
from partnerships.models import Organisation, TeamRole
from reviews.models import Marking, ReviewKind
from reviews.wording import CAN

LONG = 5000
TOO_LONG = "Shorten this to %(limit_value)d characters. It has %(show_value)d now."
NO_NAMES = "Without the names of children, families or practitioners."
NOT_ON_TEAM = ("", "Not on the team")
ROLES = [(role.value, f"{role.label}. {CAN[role]}") for role in TeamRole]


def _long(label: str, required: str, help_text: str = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=LONG,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": required, "max_length": TOO_LONG},
    )


class OpenForm(forms.Form):
    """A new review, led by the opener's own partnership."""

    title = forms.CharField(
        label="Title",
        help_text=NO_NAMES,
        max_length=200,
        error_messages={"required": "Enter a title for the review.", "max_length": TOO_LONG},
    )
    reference = forms.CharField(
        label="Reference (optional)",
        help_text="Your own, such as JR-2026-02.",
        max_length=40,
        required=False,
        error_messages={"max_length": TOO_LONG},
    )
    kind = forms.TypedChoiceField(
        label="What kind of review is it?",
        choices=ReviewKind.choices,
        coerce=ReviewKind,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what kind of review it is."},
    )
    reason = _long("Why is there a review?", "Say why there is a review.", NO_NAMES)
    lead_reason = _long(
        "Why does your partnership lead it?",
        "Say why your partnership leads. It is always a recorded decision.",
        "For example: guidance, or where the child lives. Everybody on the review can read this.",
    )
    marking = forms.TypedChoiceField(
        label="Protective marking",
        choices=Marking.choices,
        coerce=Marking,
        initial=Marking.OFFICIAL_SENSITIVE,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a marking. Most reviews are OFFICIAL-SENSITIVE."},
    )


class InviteForm(forms.Form):
    """Which organisations to ask."""

    organisations = forms.ModelMultipleChoiceField(
        label="Which organisations do you invite?",
        help_text="Their administrators see the title and the reasons; nobody else of theirs does before they accept. "
        "Organisations without an administrator on the portal are not listed.",
        queryset=Organisation.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Choose at least one organisation.",
            "invalid_choice": "One of them takes part or has been invited meanwhile. Choose again.",
        },
    )

    def __init__(self, *args: Any, invitable: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["organisations"]
        field.queryset = invitable
        field.choices = [
            (
                label,
                [(organisation.pk, organisation.name) for organisation in invitable if organisation.is_partnership == kind],
            )
            for label, kind in (("Partnerships", True), ("Agencies", False))
        ]


class TeamForm(forms.Form):
    """One question a person: which role do they get on this review?"""

    def __init__(self, *args: Any, people: Sequence[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._people = people
        for person in people:
            self.fields[self._name(person)] = forms.ChoiceField(
                label=person.full_name,
                help_text=person.job_title,
                choices=[NOT_ON_TEAM, *TeamRole.choices],
                required=False,
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not any(cleaned.values()):
            raise forms.ValidationError("Choose at least one person of your organisation, with a role.")
        return cleaned

    def team(self) -> dict[User, TeamRole]:
        """Those who get a role."""
        answers = {person: self.cleaned_data[self._name(person)] for person in self._people}
        return {person: TeamRole(role) for person, role in answers.items() if role}

    @staticmethod
    def _name(person: User) -> str:
        return f"role-{person.pk}"


class TeamRoleForm(forms.Form):
    """A role on a review."""

    role = forms.TypedChoiceField(
        label="Role on this review",
        choices=ROLES,
        coerce=TeamRole,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a role."},
    )


class AddForm(TeamRoleForm):
    """Whom to put on a review, and in which role."""

    person = forms.ChoiceField(
        label="Who joins the team?",
        error_messages={
            "required": "Choose a person.",
            "invalid_choice": "This person has been added or deactivated meanwhile. Choose somebody else.",
        },
    )
    field_order = ("person", "role")

    def __init__(self, *args: Any, people: Sequence[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._people = {str(person.pk): person for person in people}
        field: Any = self.fields["person"]
        field.choices = [("", "Choose a person"), *((pk, person.full_name) for pk, person in self._people.items())]

    def clean_person(self) -> User:
        return self._people[self.cleaned_data["person"]]


class ReasonForm(forms.Form):
    """Why an organisation declines or leaves."""

    reason = forms.CharField(
        label="Why?",
        help_text="The organisation that leads the review can read this.",
        max_length=LONG,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say why, in a few words.", "max_length": TOO_LONG},
    )
