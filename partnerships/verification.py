"""Are guardian's rows and the role groups what the domain's tables say? Looks only; `actions/repair.py` mends."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from partnerships import grants, hooks
from partnerships.hooks import Truth

# So many reports that one query can name all their sections on both databases.
BATCH = 200


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is not as it should be: `missing` is an access that somebody should have, otherwise one too many."""

    missing: bool
    what: str

    def __str__(self) -> str:
        return f"{'missing' if self.missing else 'too many'}: {self.what}"


def differences() -> Iterator[Difference]:
    """Everything that differs; nothing when all is well."""
    yield from _places()
    for truth in hooks.truths:
        for keys in pieces(truth):
            yield from _grants(truth, keys)
        for row in grants.personal_rows(truth.model).iterator():
            yield Difference(
                missing=False, what=f"a grant to a person on {truth.model._meta.label_lower} {row.content_object_id}"
            )


def pieces(truth: Truth) -> Iterator[list[UUID]]:
    """The keys of a truth, in pieces that one query can name."""
    keys = list(truth.keys().order_by("pk").values_list("pk", flat=True))
    yield from (keys[start : start + BATCH] for start in range(0, len(keys), BATCH))


def wanted_places() -> set[grants.Place]:
    """Who must be in which role group, as all rooms say."""
    return {place for hook in hooks.places for place in hook()}


def _places() -> Iterator[Difference]:
    missing, extra = grants.role_differences(wanted_places())
    for principal, role, user in sorted(missing, key=str):
        yield Difference(missing=True, what=f"person {user} in the group {principal}:{role}")
    for principal, role, user in sorted(extra, key=str):
        yield Difference(missing=False, what=f"person {user} in the group {principal}:{role}")


def _grants(truth: Truth, keys: list[UUID]) -> Iterator[Difference]:
    levels = truth.levels(keys)
    principals = {principal for wanted in levels.values() for principal in wanted}
    for principal in sorted(grants.without_groups(principals), key=str):
        yield Difference(missing=True, what=f"a role group of {principal}")
    missing, extra = grants.differences(truth.model, levels)
    yield from (Difference(missing=True, what=what) for what in grants.describe(truth.model, missing))
    yield from (Difference(missing=False, what=what) for what in grants.describe(truth.model, extra))
