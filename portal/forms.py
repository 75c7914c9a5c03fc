"""Renders Django's forms as GOV.UK patterns, from `templates/forms/`. Also the forms of allauth."""

from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting
from django.forms.widgets import Widget

DATE_PARTS = (("day", "Day", 2), ("month", "Month", 2), ("year", "Year", 4))
# The first that fits decides; a subclass stands before its parent.
_KINDS: tuple[tuple[type[Widget], str], ...] = (
    (forms.CheckboxSelectMultiple, "checkboxes"),
    (forms.RadioSelect, "radios"),
    (forms.CheckboxInput, "checkbox"),
    (forms.SelectDateWidget, "date"),
    (forms.PasswordInput, "password"),
    (forms.FileInput, "file"),
    (forms.Select, "select"),
    (forms.Textarea, "textarea"),
)
_CLASSES = {
    "textarea": "govuk-textarea",
    "select": "govuk-select",
    "file": "govuk-file-upload",
    "password": "govuk-input govuk-password-input__input govuk-js-password-input-input",
    "checkbox": "govuk-checkboxes__input",
    "input": "govuk-input",
}


class PortalBoundField(BoundField):
    """A field of a form as its template needs it."""

    @property
    def kind(self) -> str:
        """Which part of `forms/field.html` shows it."""
        return next((kind for widget, kind in _KINDS if isinstance(self.field.widget, widget)), "input")

    @property
    def focus_id(self) -> str:
        """Where a link of the error summary leads: the first control of the field."""
        if self.kind in {"radios", "checkboxes"}:
            return f"{self.auto_id}_0"
        return f"{self.auto_id}_{DATE_PARTS[0][0]}" if self.kind == "date" else str(self.auto_id)

    @property
    def limit(self) -> int | None:
        """The number of characters that a long text may have, to count them down."""
        return getattr(self.field, "max_length", None) if self.kind == "textarea" else None

    @property
    def date_parts(self) -> list[dict[str, Any]]:
        """Day, month and year, with what was typed, even where that is no date."""
        chosen = self.value()
        return [
            {
                "label": label,
                "name": f"{self.html_name}_{part}",
                "id": f"{self.auto_id}_{part}",
                "digits": digits,
                "value": self._typed(part) if self.form.is_bound else getattr(chosen, part, ""),
            }
            for part, label, digits in DATE_PARTS
        ]

    def _typed(self, part: str) -> Any:
        return self.form.data.get(f"{self.html_name}_{part}", "")

    def build_widget_attrs(self, attrs: dict[str, Any], widget: Widget | None = None) -> dict[str, Any]:
        """Add the classes, and the count of a long text to what describes it."""
        built: dict[str, Any] = super().build_widget_attrs(attrs, widget)
        names = [_CLASSES.get(self.kind, ""), self.field.widget.attrs.get("class", "")]
        if self.errors and self.kind in {"input", "password", "textarea", "select", "file"}:
            names.append(f"govuk-{'input' if self.kind == 'password' else self.kind.replace('file', 'file-upload')}--error")
        if self.limit:
            names.append("govuk-js-character-count")
            built["aria-describedby"] = f"{built.get('aria-describedby', '')} {self.auto_id}-info".strip()
        return built | {"class": " ".join(name for name in names if name)}


class PortalRenderer(TemplatesSetting):
    """The form and field templates; `templates/django/forms/widgets/` replaces those widgets of Django that differ."""

    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"
    bound_field_class = PortalBoundField
