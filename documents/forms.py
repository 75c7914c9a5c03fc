"""Forms of reports and sections. Rules live in the actions; a form asks, and keeps what was typed."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import Q

from documents.actions.sections import GUIDANCE_MAX
from documents.fresh import FreshForm
from documents.models import Numbering, ReportKind, Restriction, Section
from documents.report_templates import ReportTemplate, templates
from documents.titles import clean_title
from partnerships.grants import Level
from partnerships.models import Organisation
from reviews.models import Participant, ParticipantState

BLANK = "blank"
NO_ACCESS = ("", "No access")


class TitleField(forms.CharField):
    """A title; whether it is too long is said with how long it is."""

    def __init__(self, **kwargs: Any) -> None:
        # The browser does not cut off: what was typed or pasted is kept, and the error says how much to take away.
        super().__init__(error_messages={"required": "Enter a title."}, **kwargs)

    def clean(self, value: Any) -> str:
        return clean_title(super().clean(value))


class LevelsForm(forms.Form):
    """One question an organisation: what may it do? Without an answer it has no access."""

    def __init__(self, *args: Any, participants: Sequence[Participant], levels: dict[Any, int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.participants = participants
        for participant in participants:
            self.fields[self._name(participant)] = forms.TypedChoiceField(
                label=participant.organisation.name,
                choices=[NO_ACCESS, *Level.choices],
                coerce=lambda value: Level(int(value)),
                empty_value=None,
                required=False,
                initial=levels.get(participant.pk, ""),
            )

    def levels(self) -> dict[Participant, Level | None]:
        """The answers; None means no access."""
        return {participant: self.cleaned_data[self._name(participant)] for participant in self.participants}

    def named(self) -> dict[Participant, Level]:
        """Only the organisations that have a level."""
        return {participant: level for participant, level in self.levels().items() if level is not None}

    @staticmethod
    def _name(participant: Participant) -> str:
        return f"level-{participant.pk}"


class AccessForm(FreshForm, LevelsForm):
    """The levels of a report as they are now, to be changed."""

    def __init__(self, *args: Any, levels: dict[Any, int], **kwargs: Any) -> None:
        state = {str(pk): level for pk, level in levels.items()}
        super().__init__(*args, levels=levels, state=state, **kwargs)


class ReportForm(LevelsForm):
    """A new report: its title, what it starts from, who may do what."""

    # As the page asks, so that errors are listed in this order.
    field_order = ("title", "start_from", "kind")

    start_from = forms.ChoiceField(
        label="What should it start from?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a template, or a blank report."},
    )
    kind = forms.ChoiceField(
        label="What kind of report is it?",
        help_text="Only for a blank report. A template says it already.",
        choices=[("", "Choose a kind"), *ReportKind.choices],
        required=False,
    )
    title = TitleField(label="Title", help_text="Without the names of children, families or practitioners.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        listed = [(template.key, f"{template.name}. {template.description}") for template in templates().values()]
        field: Any = self.fields["start_from"]
        field.choices = [*listed, (BLANK, "Blank. You add the sections yourself.")]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("start_from") == BLANK and not cleaned.get("kind"):
            self.add_error("kind", "Choose what kind of report it is.")
        return cleaned

    @property
    def template(self) -> ReportTemplate | None:
        return templates().get(self.cleaned_data["start_from"])

    @property
    def chosen_kind(self) -> ReportKind:
        return self.template.kind if self.template else ReportKind(self.cleaned_data["kind"])


class SectionForm(forms.Form):
    """A section's title, number and note to its writers."""

    title = TitleField(label="Title", help_text="Without the names of children, families or practitioners.")
    numbering = forms.ChoiceField(
        label="How is it numbered?", choices=Numbering.choices, initial=Numbering.MAIN, widget=forms.RadioSelect
    )
    guidance = forms.CharField(
        label="Note to the writers (optional)",
        help_text="What belongs here. It is not part of the report.",
        max_length=GUIDANCE_MAX,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


FIRST = "first"


class PlaceField(forms.ChoiceField):
    """Where a section goes: after one of those that the lead knows of. Its value is a section, FIRST, or None."""

    def __init__(self, known: Sequence[tuple[str, Section]], *, ends: Sequence[tuple[str, str]]) -> None:
        self._by_id = {str(section.pk): section for _, section in known}
        after = [
            (str(section.pk), f"After {number} {section}" if number else f"After {section}") for number, section in known
        ]
        gone = "That section is not in this report any more. Choose another place."
        super().__init__(
            label="Where does it go?", choices=[*ends, *after], required=False, error_messages={"invalid_choice": gone}
        )

    def clean(self, value: Any) -> Any:
        chosen = super().clean(value)
        return self._by_id.get(chosen, chosen or None)


class AddSectionForm(SectionForm):
    """The same, and where the new section goes."""

    def __init__(self, *args: Any, known: Sequence[tuple[str, Section]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["after"] = PlaceField(known, ends=[("", "At the end"), (FIRST, "At the top")])


class EditSectionForm(FreshForm, SectionForm):
    """The same, who writes it by when, and where it stands."""

    organisation = forms.ModelChoiceField(
        label="Which organisation writes it?",
        queryset=Organisation.objects.none(),
        required=False,
        empty_label="Nobody yet",
        error_messages={"invalid_choice": "That organisation cannot open this report any more. Choose another one."},
    )
    due_on = forms.DateField(
        label="When is it due? (optional)",
        help_text="For example, 27 11 2026",
        required=False,
        widget=forms.SelectDateWidget,
        error_messages={"invalid": "Enter a real date, such as 27 11 2026."},
    )

    def __init__(self, data: Any, *, section: Section, known: Sequence[tuple[str, Section]]) -> None:
        initial = {
            "title": section.title,
            "numbering": section.numbering,
            "guidance": section.guidance,
            "organisation": section.assigned_to_id,
            "due_on": section.due_on,
            "after": _before(section, known),
        }
        super().__init__(data, initial=initial, state=dict(initial))
        others = [(number, other) for number, other in known if other != section]
        self.fields["after"] = PlaceField(others, ends=[(FIRST, "At the top")])
        field: Any = self.fields["organisation"]
        # Whoever is assigned stays on offer, so that saving something else does not fail after it has left.
        field.queryset = Organisation.objects.filter(
            Q(participations__report_grants__report=section.report_id, participations__state=ParticipantState.JOINED)
            | Q(assigned_sections=section.pk)
        ).distinct()


def _before(section: Section, known: Sequence[tuple[str, Section]]) -> str:
    """The section before this one among those known, as a PlaceField says it."""
    listed = [other for _, other in known]
    index = listed.index(section)
    return str(listed[index - 1].pk) if index else FIRST


class RestrictForm(FreshForm, LevelsForm):
    """Who alone may see a section, and what the others see of it. There is no default: it must be said."""

    restriction = forms.ChoiceField(
        label="What do the other organisations see?",
        choices=[
            (Restriction.LISTED, "Its number and title, but not its text"),
            (Restriction.HIDDEN, "Nothing: they cannot tell that it exists"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what the other organisations see of this section."},
    )

    def __init__(self, *args: Any, section: Section, participants: Sequence[Participant], **kwargs: Any) -> None:
        levels = dict(section.grants.values_list("participant_id", "level"))
        state = [section.restriction, {str(pk): level for pk, level in levels.items()}]
        initial = {"restriction": section.restriction if section.is_restricted else None}
        super().__init__(*args, participants=participants, levels=levels, state=state, initial=initial, **kwargs)


class VersionForm(forms.Form):
    """What a version is called, and why it is made. How long both may be is said by the action."""

    name = forms.CharField(
        label="Name",
        help_text="Such as “Draft for the families”. Everybody who can open the report sees it, so name nobody.",
        error_messages={"required": "Enter a name for the version, such as “Draft for the families”."},
    )
    reason = forms.CharField(
        label="Why it is made (optional)", required=False, widget=forms.Textarea(attrs={"rows": 3}), strip=True
    )
