"""The stand-alone recipe of `docs/versions.md`, run on a file that was downloaded."""

import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from documents.templatetags.documents_signing import groups_of_four
from tests.documents.versions_helpers import freeze
from tests.support.cast import Cast

DOCS = Path(__file__).resolve().parents[3] / "docs" / "versions.md"


@pytest.fixture
def recipe(tmp_path: Path) -> Callable[[bytes], str]:
    """Save the program of the page and a file, and run it as anybody would."""
    found = re.search(r"```python\n(.*?)```", DOCS.read_text(encoding="utf-8"), re.DOTALL)
    assert found
    program, file = tmp_path / "fingerprint.py", tmp_path / "version.json"
    program.write_text(found[1], encoding="utf-8")

    def run(data: bytes) -> str:
        file.write_bytes(data)
        command = [sys.executable, "-I", str(program), str(file)]
        return str(subprocess.run(command, capture_output=True, text=True, check=True).stdout).strip()

    return run


def test_it_prints_what_the_version_shows(
    cast: Cast, client_of: Callable[[User], Client], recipe: Callable[[bytes], str]
) -> None:
    version = freeze(cast)

    data = client_of(cast.gwen).get(reverse("version_canonical", args=[version.pk])).content

    assert recipe(data) == groups_of_four(version.sha256)


def test_also_where_another_program_has_saved_the_file(cast: Cast, recipe: Callable[[bytes], str]) -> None:
    version = freeze(cast)
    saved = json.dumps(json.loads(version.canonical), indent=4, ensure_ascii=True).encode("utf-8-sig")

    assert recipe(saved) == groups_of_four(version.sha256)


def test_one_other_letter_is_another_fingerprint(cast: Cast, recipe: Callable[[bytes], str]) -> None:
    version = freeze(cast)

    spoiled = version.canonical.replace("Nobody brought", "Somebody brought").encode()

    assert recipe(spoiled) != groups_of_four(version.sha256)
