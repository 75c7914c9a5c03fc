"""Laws about the repository itself."""

import json
import re
import subprocess
import tomllib
from pathlib import Path

import pytest

pytestmark = pytest.mark.no_database

ROOT = Path(__file__).resolve().parents[2]
# Written in pieces, so that this file does not hold what it forbids.
FORBIDDEN = re.compile(
    "|".join(["py" + r"pi\.org", "python" + r"hosted\.org", "npm" + r"js\.org", "/wo" + r"rk/(main|shared)"])
)


def tracked() -> list[Path]:
    """The files that git tracks, as they are in the working tree."""
    names = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\n")
    return [ROOT / name for name in names if name and (ROOT / name).is_file()]


def test_no_file_names_a_package_registry_or_a_machine() -> None:
    found = []
    for path in tracked():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        if FORBIDDEN.search(text):
            found.append(str(path.relative_to(ROOT)))

    assert found == []


def test_every_python_dependency_says_why_it_is_there() -> None:
    lines = (
        (ROOT / "pyproject.toml").read_text(encoding="utf-8").split("\ndependencies = [\n")[1].split("\n]")[0].splitlines()
    )

    assert [line for line in lines if "#" not in line] == []


@pytest.mark.parametrize("lock", ["base.txt", "dev.txt", "node.txt"])
def test_python_locks_have_hashes_and_no_hosts(lock: str) -> None:
    text = (ROOT / "requirements" / lock).read_text(encoding="utf-8")
    pins = re.findall(r"^[a-z0-9A-Z._-]+==\S+", text, flags=re.MULTILINE)

    assert len(pins) <= text.count("--hash=sha256:")
    assert "://" not in text


def test_the_locks_hold_every_dependency() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    lock = (ROOT / "requirements" / "base.txt").read_text(encoding="utf-8").lower()

    missing = [
        name
        for item in project["project"]["dependencies"]
        if f"\n{(name := re.split(r'[^a-z0-9-]', item)[0])}==" not in f"\n{lock}"
    ]

    assert missing == []


def test_the_npm_lock_has_hashes_and_no_addresses_of_packages() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]

    assert [name for name, item in packages.items() if "resolved" in item] == []
    assert [name for name, item in packages.items() if name and "integrity" not in item] == []
