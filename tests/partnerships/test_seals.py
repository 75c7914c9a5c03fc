"""Seals of the audit trail go to the administrators of every partnership."""

from django.core import mail
from django.core.management import call_command

from accounts.models import AuditSeal
from tests.support.cast import Cast


def test_the_newest_seal_is_sent_to_each_of_them(cast: Cast) -> None:
    call_command("seal_audit", "--send", verbosity=0)

    seal = AuditSeal.objects.get()
    assert {letter.to[0] for letter in mail.outbox} == {f"{name}@cast.example" for name in ("amira", "bella", "gwen")}
    assert {letter.subject for letter in mail.outbox} == {"A seal to keep"}
    assert all(seal.digest in letter.body for letter in mail.outbox)


def test_without_new_events_the_newest_is_sent_again(cast: Cast) -> None:
    call_command("seal_audit")
    call_command("seal_audit", "--send")

    assert len(mail.outbox) == 3
    assert AuditSeal.objects.count() == 1


def test_every_minute_nothing_is_sent(cast: Cast) -> None:
    call_command("seal_audit")

    assert mail.outbox == []
