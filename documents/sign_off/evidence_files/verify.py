"""Check an evidence bundle, offline, with nothing but Python 3: `python3 verify.py` in its folder, or with the ZIP's name.

Says what holds and what does not; the exit status is 1 where anything does not hold.
"""

import hashlib
import json
import sys
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

MANIFEST = "manifest.json"
FROZEN, SIGNED, VOIDED = "report.frozen", ("sign_off.approved", "sign_off.declined"), "sign_off.voided"
Files = Mapping[str, bytes]
Json = dict[str, Any]


def files_of(place: Path) -> dict[str, bytes]:
    """The names and bytes of everything in a folder or a ZIP."""
    if place.is_dir():
        found = (each for each in place.rglob("*") if each.is_file() and "__pycache__" not in each.parts)
        return {each.relative_to(place).as_posix(): each.read_bytes() for each in found}
    with zipfile.ZipFile(place) as bundle:
        return {name: bundle.read(name) for name in bundle.namelist()}


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def check_manifest(files: Files) -> Iterator[str]:
    """Every file is as it was packed, none is missing, none has been added."""
    listed = json.loads(files[MANIFEST])["files"]
    for name, digest in sorted(listed.items()):
        if name not in files:
            yield f"{name} is missing"
        elif sha256(files[name]) != digest:
            yield f"{name} has been changed"
    yield from (f"{name} has been added" for name in sorted(files.keys() - listed.keys() - {MANIFEST}))


def check_text(files: Files, facts: Json) -> Iterator[str]:
    """The text is the one that the fingerprint is of; its pictures are those that it names."""
    if sha256(files["version/text.json"]) != facts["sha256"]:
        yield "the text does not have the fingerprint that was signed"
    text = json.loads(files["version/text.json"])
    if (text["title"], text["kind"]) != (facts["title"], facts["kind"]):
        yield "the text is of another report"
    here = {sha256(data) for name, data in files.items() if name.startswith("version/pictures/")}
    yield from (f"the picture {digest} is missing" for digest in sorted(pictures_in(text) - here))


def pictures_in(node: Any) -> set[str]:
    """The fingerprints of the pictures that a text names."""
    if isinstance(node, list):
        return {digest for child in node for digest in pictures_in(child)}
    if not isinstance(node, dict):
        return set()
    own = {node["attrs"]["sha256"]} if node.get("type") == "image" and "sha256" in node.get("attrs", {}) else set()
    return own.union(*map(pictures_in, node.values()))


def check_signatures(facts: Json, seats: list[Json]) -> Iterator[str]:
    """Each seat has one standing decision at most; void ones say who and why; an agreed text has all approvals."""
    for seat in seats:
        where = f"{seat['name']} of {seat['partnership']}"
        standing = [one for one in seat["decisions"] if not one["voided_at"]]
        if len(standing) > 1:
            yield f"{where} has signed twice"
        if facts["state"] == "agreed" and not any(one["decision"] != "declined" for one in standing):
            yield f"{where} has not approved, though the report is said to be agreed"
        for one in seat["decisions"]:
            if one["voided_at"] and not (one["voided_by"] and one["void_reason"]):
                yield f"the signature of {one['signed_by']} for {where} is void without who and why"


def check_trail(facts: Json, seats: list[Json], trail: list[Json]) -> Iterator[str]:
    """The trail says the same: that this text was frozen, every decision, and which of them are void; and no more."""
    if not any(event["verb"] == FROZEN and event["data"]["sha256"] == facts["sha256"] for event in trail):
        yield "The trail does not say that this text was frozen"
    recorded = {event["object_id"]: event for event in trail if event["verb"] in SIGNED}
    void = {event["object_id"] for event in trail if event["verb"] == VOIDED}
    for seat in seats:
        for one in seat["decisions"]:
            who = f"the signature of {one['signed_by']} for {seat['name']} of {seat['partnership']}"
            if not is_recorded(one, seat, recorded.pop(one["id"], None), facts):
                yield f"{who} is not in the trail as it stands here"
            if bool(one["voided_at"]) != (one["id"] in void):
                yield f"{who} is void in the trail and stands here, or the other way round"
    yield from ("The trail has a signature that is left out here" for _ in recorded)


def is_recorded(one: Json, seat: Json, event: Json | None, facts: Json) -> bool:
    """Whether an event is of this decision: by whom, for which seat, on which text."""
    if event is None:
        return False
    data = event["data"]
    said = (event["actor_id"], data["decision"], data["seat"], data["sha256"])
    return said == (one["signed_by_id"], one["decision"], seat["id"], facts["sha256"])


def main(place: Path) -> int:
    files = files_of(place)
    facts = json.loads(files["version/facts.json"])
    seats, trail = json.loads(files["signatures.json"]), json.loads(files["trail.json"])
    wrong = [*check_manifest(files), *check_text(files, facts), *check_signatures(facts, seats)]
    wrong += check_trail(facts, seats, trail)
    lines = [
        f"{facts['title']}, version {facts['number']}",
        f"Fingerprint of the text: {facts['sha256']}",
        f"Fingerprint of this bundle: {sha256(files[MANIFEST])}",
        *(f"WRONG: {sentence}." for sentence in wrong),
    ]
    if not wrong:
        signed = sum(not one["voided_at"] and one["decision"] != "declined" for seat in seats for one in seat["decisions"])
        lines.append(f"Everything holds. {signed} of {len(seats)} seats have approved this text.")
    sys.stdout.write("\n".join(lines) + "\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent))
