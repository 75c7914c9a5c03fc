"""The evidence bundle verifies offline, in a process that knows nothing of the portal, and notices what was changed."""

import hashlib
import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from documents import section_text
from documents.actions import images, restrictions, sign_offs, versions
from documents.imaging import prepare
from documents.models import Decision, Disposition, Restriction, Thread, Version
from documents.templatetags.documents_signing import groups_of_four
from documents.text.building import build_update
from partnerships.grants import Level
from tests.documents.helpers import participant
from tests.support.cast import Cast, png
from tests.support.checks import last_event
from tests.support.seats import one_each
from tests.support.signing import everybody_signs, frozen_with_text, signs

ClientOf = Callable[[User], Client]


@pytest.fixture
def signed(cast: Cast) -> Version:
    """A version with text that all three chairs have signed."""
    one_each(cast)
    version = frozen_with_text(cast)
    everybody_signs(version)
    return version


def download(client: Client, version: Version) -> bytes:
    answer = client.get(f"/versions/{version.pk}/evidence/")
    assert answer.status_code == 200
    assert answer["Content-Disposition"] == f'attachment; filename="evidence-version-{version.number}.zip"'
    return bytes(answer.content)


def unpacked(data: bytes, folder: Path) -> Path:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        archive.extractall(folder / "bundle")
    return folder / "bundle"


def verified(folder: Path) -> tuple[int, str]:
    """What its own script says, run by a bare Python without the portal's packages, environment and folder."""
    done = subprocess.run(  # our own script
        [sys.executable, "-I", "-S", str(folder / "verify.py")], cwd="/", env={}, capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout + done.stderr


def test_verifies_in_a_clean_process(cast: Cast, client_of: ClientOf, signed: Version, tmp_path: Path) -> None:
    folder = unpacked(download(client_of(cast.gwen), signed), tmp_path)

    status, said = verified(folder)

    assert status == 0, said
    assert "Everything holds. 3 of 3 seats have approved this text." in said
    assert signed.sha256 in said


def test_the_download_is_recorded_with_the_fingerprint_of_the_bundle(
    cast: Cast, client_of: ClientOf, signed: Version, tmp_path: Path
) -> None:
    folder = unpacked(download(client_of(cast.gwen), signed), tmp_path)

    event = last_event("evidence.downloaded")
    assert (event.actor_id, event.organisation_id) == (cast.gwen.pk, cast.south_gloucestershire.pk)
    assert event.data["bundle"] in verified(folder)[1]


def test_the_same_bundle_is_the_same_bytes(cast: Cast, client_of: ClientOf, signed: Version) -> None:
    assert download(client_of(cast.gwen), signed) == download(client_of(cast.bella), signed)


@pytest.mark.parametrize(
    ("name", "before", "after", "words"),
    [
        ("version/text.json", "Nobody asked her.", "Somebody asked her.", "does not have the fingerprint that was signed"),
        ("version/text.html", "Nobody asked her.", "Somebody asked her.", "version/text.html has been changed"),
        ("signatures.json", '"approved"', '"approved_with_note"', "signatures.json has been changed"),
        ("trail.json", '"sign_off.approved"', '"sign_off.forgotten"', "is not in the trail"),
    ],
)
def test_notices_what_was_changed(
    cast: Cast, client_of: ClientOf, signed: Version, tmp_path: Path, name: str, before: str, after: str, words: str
) -> None:
    folder = unpacked(download(client_of(cast.gwen), signed), tmp_path)
    text = (folder / name).read_text(encoding="utf-8")
    assert before in text
    (folder / name).write_text(text.replace(before, after, 1), encoding="utf-8")

    status, said = verified(folder)

    assert status == 1
    assert words in said


def test_notices_a_file_that_is_gone_and_one_that_is_new(
    cast: Cast, client_of: ClientOf, signed: Version, tmp_path: Path
) -> None:
    folder = unpacked(download(client_of(cast.gwen), signed), tmp_path)
    (folder / "dispositions.json").unlink()
    (folder / "extra.txt").write_text("Hello.", encoding="utf-8")

    _, said = verified(folder)

    assert "dispositions.json is missing" in said
    assert "extra.txt has been added" in said


def test_has_the_sheet_to_read(cast: Cast, client_of: ClientOf, signed: Version, tmp_path: Path) -> None:
    note = "<b>With thanks</b>"
    sign_offs.reopen(cast.report, reason="A name has to go.", by=cast.amira)
    version = versions.freeze(cast.report, name="Once more", by=cast.amira)
    answer = sign_offs.Answer(Decision.APPROVED_WITH_NOTE, note)
    signs(version, [cast.bristol.seats.get()], by=cast.bella, answer=answer)

    first, second = (
        (unpacked(download(client_of(cast.gwen), one), tmp_path / str(one.number)) / "sheet.html").read_text(
            encoding="utf-8"
        )
        for one in (signed, version)
    )

    for name in ("Amira Test-Okafor", "Bella Test-Harbour", "Gwen Test-Vale"):
        assert name in first
    assert groups_of_four(signed.sha256) in first
    assert first.count("Void: Amira Test-Okafor") == 3
    assert "A name has to go." in first
    assert "Approved, with a note" in second
    assert "&lt;b&gt;With thanks&lt;/b&gt;" in second
    assert second.count("Not signed") == 2


FORGERIES: dict[str, tuple[str, Callable[[Any], object], str]] = {
    "a refusal becomes an approval": (
        "trail.json",
        lambda events: _signed(events)[0]["data"].update(decision="declined"),
        "is not in the trail as it stands here",
    ),
    "a signature is left out": (
        "signatures.json",
        lambda seats: seats[0]["decisions"].clear(),
        "The trail has a signature that is left out here",
    ),
    "a seat is left out": (
        "signatures.json",
        lambda seats: seats.pop(),
        "The trail has a signature that is left out here",
    ),
    "a void signature stands again": (
        "signatures.json",
        lambda seats: seats[0]["decisions"][0].update(voided_at=None, voided_by=None, void_reason=""),
        "is void in the trail and stands here, or the other way round",
    ),
    "another text was frozen": (
        "trail.json",
        lambda events: next(one for one in events if one["verb"] == "report.frozen")["data"].update(sha256="0" * 64),
        "The trail does not say that this text was frozen",
    ),
}


@pytest.mark.parametrize("forged", FORGERIES)
def test_notices_what_does_not_agree_though_the_manifest_was_made_anew(
    cast: Cast, client_of: ClientOf, signed: Version, tmp_path: Path, forged: str
) -> None:
    sign_offs.reopen(cast.report, reason="A name has to go.", by=cast.amira)
    folder = unpacked(download(client_of(cast.gwen), signed), tmp_path)
    name, change, words = FORGERIES[forged]
    value = json.loads((folder / name).read_text(encoding="utf-8"))
    change(value)
    (folder / name).write_text(json.dumps(value), encoding="utf-8")
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    manifest["files"][name] = hashlib.sha256((folder / name).read_bytes()).hexdigest()
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")

    status, said = verified(folder)

    assert status == 1
    assert words in said
    assert "has been changed" not in said


def _signed(events: Any) -> list[Any]:
    return [one for one in events if one["verb"] == "sign_off.approved"]


def test_void_signatures_are_in_it_with_who_and_why(
    cast: Cast, client_of: ClientOf, signed: Version, tmp_path: Path
) -> None:
    sign_offs.reopen(cast.report, reason="A name has to go.", by=cast.amira)

    folder = unpacked(download(client_of(cast.gwen), signed), tmp_path)

    seats = json.loads((folder / "signatures.json").read_text(encoding="utf-8"))
    ended = {(one["voided_by"], one["void_reason"]) for seat in seats for one in seat["decisions"]}
    assert ended == {(cast.amira.full_name, "A name has to go.")}
    assert json.loads((folder / "version/facts.json").read_text(encoding="utf-8"))["state"] == "ended"
    assert verified(folder)[0] == 0


def test_only_what_everybody_could_see_of_the_comments_is_in_it(
    cast: Cast, client_of: ClientOf, signed: Version, tmp_path: Path
) -> None:
    _comment(cast, "Private words", only_for=cast.bristol)
    decided = {"disposed_by": cast.amira, "disposed_at": signed.created_at, "disposition_reason": "Quite right"}
    _comment(cast, "Open words", disposition=Disposition.ACCEPTED, **decided)

    folder = unpacked(download(client_of(cast.bella), signed), tmp_path)

    [found] = json.loads((folder / "dispositions.json").read_text(encoding="utf-8"))
    assert (found["comment"], found["reason"]) == ("Open words", "Quite right")
    assert not any(b"Private words" in path.read_bytes() for path in folder.rglob("*.json"))


def _comment(cast: Cast, words: str, **facts: Any) -> None:
    thread = Thread.objects.create(
        section=cast.findings, organisation=cast.bristol, start=b"", end=b"", created_by=cast.bella, **facts
    )
    thread.comments.create(text=words, organisation=cast.bristol, created_by=cast.bella)


def test_nobody_who_may_not_read_all_of_it_has_it(cast: Cast, client_of: ClientOf, signed: Version) -> None:
    sign_offs.reopen(cast.report, reason="To restrict it.", by=cast.amira)
    levels = {participant(cast.review, cast.bristol): Level.EDIT}
    restrictions.restrict(cast.findings, restriction=Restriction.LISTED, levels=levels, by=cast.amira)

    assert client_of(cast.bella).get(f"/versions/{signed.pk}/evidence/").status_code == 200
    assert client_of(cast.gwen).get(f"/versions/{signed.pk}/evidence/").status_code == 403
    assert (
        f"/versions/{signed.pk}/evidence/" not in client_of(cast.gwen).get(f"/versions/{signed.pk}/sheet/").content.decode()
    )


def test_pictures_are_in_it_by_their_fingerprints(cast: Cast, client_of: ClientOf, tmp_path: Path) -> None:
    one_each(cast)
    image = images.upload(cast.introduction, picture=prepare(png(20, 10)), by=cast.ned)
    picture = {"type": "image", "attrs": {"src": f"/images/{image.pk}/", "alt": "A river"}}
    update = build_update({"type": "doc", "content": [picture]})
    section_text.append(cast.introduction, update, author=cast.ned, organisation=cast.north_somerset)
    version = frozen_with_text(cast)

    folder = unpacked(download(client_of(cast.gwen), version), tmp_path)

    [file] = (folder / "version" / "pictures").iterdir()
    assert file.stem == image.sha256
    assert f'src="pictures/{file.name}"' in (folder / "version/text.html").read_text(encoding="utf-8")
    assert verified(folder)[0] == 0
    file.write_bytes(b"another")
    assert f"the picture {image.sha256} is missing" in verified(folder)[1]
