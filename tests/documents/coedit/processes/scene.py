"""Prints, as JSON, the cast and everybody's sessions in a database that it makes ready. A program of its own: the
database is PostgreSQL, whatever the rest of the suite runs on.
"""

import json

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.test import Client  # noqa: E402

from accounts.models import User  # noqa: E402
from accounts.second_step import SESSION_KEY  # noqa: E402
from documents.coedit.tokens import make_token  # noqa: E402
from documents.models import Report  # noqa: E402
from tests.support.cast import NAMES, build_cast  # noqa: E402

SESSIONS_EACH = 3


def main() -> None:
    """Build it all."""
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    cast = build_cast()
    people = [name for name in NAMES if name != "rita"]
    scene = {
        "report": str(cast.report.pk),
        "findings": str(cast.findings.pk),
        "introduction": str(cast.introduction.pk),
        "people": {name: sessions_of(getattr(cast, name), cast.report) for name in people},
    }
    print(json.dumps(scene))


def sessions_of(person: User, report: Report) -> list[dict[str, str]]:
    """Sessions of a person, second step done, each with a token for a report."""
    return [_session(person, report) for _ in range(SESSIONS_EACH)]


def _session(person: User, report: Report) -> dict[str, str]:
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    session = client.session
    session[SESSION_KEY] = True
    session.save()
    key = str(session.session_key)
    token = make_token(user_id=person.pk, session_key=key, report_id=report.pk)
    return {"key": key, "token": token, "email": person.email, "full_name": person.full_name}


if __name__ == "__main__":
    main()
