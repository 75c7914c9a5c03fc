"""Where the pages of an organisation are. Somebody may belong to several: the address says which is meant."""

from django.urls import reverse

from partnerships.models import Organisation


def page_of(organisation: Organisation, name: str = "organisation") -> str:
    """The address of a page of this organisation."""
    return f"{reverse(name)}?of={organisation.slug}"
