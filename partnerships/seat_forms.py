"""Forms of seats. Rules live in `actions/seats.py`; a form asks, and keeps what was typed."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone

from accounts.models import User
from partnerships.actions.seats import NAME_MAX
from partnerships.models import Organisation

HOLDS, STANDS_IN = "holder", "deputy"
_DATE = {"invalid": "Enter a real date, such as 27 11 2026."}


def _day(label: str, help_text: str, **options: Any) -> forms.DateField:
    return forms.DateField(label=label, help_text=help_text, widget=forms.SelectDateWidget, **options)


class SeatNameForm(forms.Form):
    """What a seat is called."""

    name = forms.CharField(
        label="What is the seat called?",
        help_text="For example, Council, Health, Police or Independent chair. Use the same words as the other partnerships.",
        max_length=NAME_MAX,
        error_messages={"required": "Enter what the seat is called, such as “Council” or “Independent chair”."},
    )


class SeatForm(SeatNameForm):
    """A new seat, and the agency that it speaks for."""

    agency = forms.ModelChoiceField(
        label="Which agency does it speak for?",
        help_text="People of this agency can hold the seat, and people of your partnership.",
        queryset=Organisation.objects.none(),
        required=False,
        empty_label="None: it speaks for the partnership itself",
        error_messages={"invalid_choice": "That agency does not work in your partnership. Choose another one."},
    )

    def __init__(self, *args: Any, agencies: Sequence[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["agency"]
        field.queryset = Organisation.objects.filter(pk__in=[agency.pk for agency in agencies])


class DaysForm(forms.Form):
    """From when to when, both days included."""

    valid_from = _day("First day", "For example, 27 11 2026", error_messages=_DATE | {"required": "Enter the first day."})
    valid_to = _day("Last day (optional)", "Leave it empty while no end is known.", required=False, error_messages=_DATE)


class AppointForm(DaysForm):
    """Who holds a seat or stands in."""

    field_order = ("user", "part", "valid_from", "valid_to")

    user = forms.ModelChoiceField(
        label="Who?",
        queryset=User.objects.none(),
        empty_label="Choose a person",
        error_messages={
            "required": "Choose a person.",
            "invalid_choice": "That person cannot hold this seat. Choose somebody from the list.",
        },
    )
    part = forms.ChoiceField(
        label="What for?",
        choices=[
            (HOLDS, "Holds the seat. Whoever holds it now does so until the day before."),
            (STANDS_IN, "Stands in as deputy: signs when the holder has not signed."),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether the person holds the seat or stands in."},
    )

    def __init__(self, *args: Any, people: Sequence[User], **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"valid_from": timezone.localdate()})
        super().__init__(*args, **kwargs)
        field: Any = self.fields["user"]
        field.queryset = User.objects.filter(pk__in=[person.pk for person in people]).order_by("full_name")
        field.label_from_instance = lambda person: person.full_name

    def appointment(self) -> dict[str, Any]:
        """What `seats.appoint` asks for."""
        data = self.cleaned_data
        days = {"valid_from": data["valid_from"], "valid_to": data["valid_to"]}
        return {"user": data["user"], "is_deputy": data["part"] == STANDS_IN, **days}
