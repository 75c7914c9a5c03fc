"""How long a report page and its threads take with many threads, in ratios to the same with none.

In processor time of the portal, which a busy machine changes least, and in brackets by the clock.
`python tests/bench/bench_threads.py [--postgres]`. The database is its own, and goes away.
"""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import process_time
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.bench.scratch import machine, median_of, scratch_portal

if TYPE_CHECKING:
    # Django's models load only once it has been set up.
    from tests.support.cast import Cast

SECTIONS = 30
STEPS = (0, 500, 5_000)
RUNS = 7


def main() -> None:
    """Print all figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--postgres", action="store_true", help="measure on a PostgreSQL of its own")
    chosen = parser.parse_args()
    with scratch_portal(postgres=chosen.postgres):
        _measure()


def _measure() -> None:
    from django.conf import settings

    settings.ALLOWED_HOSTS = ["testserver"]
    from tests.support.cast import build_cast

    cast = build_cast()
    _add_sections(cast)
    print(machine())
    pages = _pages(cast)
    floors: dict[str, float] = {}
    for step in STEPS:
        _fill(cast, step)
        print(f"\na report of {SECTIONS} sections with {step:,} threads of two comments each")
        for name, show in pages.items():
            taken, waited = _busy(show), median_of(show, times=RUNS)
            floor = floors.setdefault(name, taken)
            print(f"  {name:34} {taken:8.1f} ms  {taken / floor:6.1f} ×   ({waited:.1f} ms)", flush=True)


def _busy(act: Callable[[], object]) -> float:
    """Milliseconds of processor time, the median after one to warm up."""
    act()
    taken = []
    for _ in range(RUNS):
        began = process_time()
        act()
        taken.append((process_time() - began) * 1000)
    return median(taken)


def _pages(cast: "Cast") -> dict[str, Callable[[], object]]:
    from django.urls import reverse

    client = _client(cast)
    report = [cast.report.pk]
    known: dict[str, str] = {}

    def again() -> None:
        answer = client.get(reverse("report_threads", args=report), headers={"If-None-Match": known.get("etag", "")})
        known["etag"] = answer.headers["ETag"]

    return {
        "the report's page": lambda: client.get(reverse("report", args=report)),
        "its threads as JSON": lambda: client.get(reverse("report_threads", args=report)),
        "the same, unchanged (304)": again,
        "those of one section": lambda: client.get(
            reverse("report_threads", args=report), {"section": str(cast.findings.pk)}
        ),
        "the list of comments, a page": lambda: client.get(reverse("report_comments", args=report)),
    }


def _client(cast: "Cast") -> Any:
    from django.test import Client

    client = Client()
    client.force_login(cast.bella, backend="django.contrib.auth.backends.ModelBackend")
    return client


def _add_sections(cast: "Cast") -> None:
    from documents.actions import sections

    for number in range(SECTIONS - cast.report.sections.present().count()):
        sections.add(cast.report, title=f"Section {number}", by=cast.amira)


def _fill(cast: "Cast", wanted: int) -> None:
    """Threads by three organisations in all sections that everybody reads: some private, some suggestions."""
    from documents.models import Comment, Restriction, Suggestion, Thread

    sections = list(cast.report.sections.present().filter(restriction=Restriction.NONE))
    authors = [(cast.amira, cast.north_somerset), (cast.bella, cast.bristol), (cast.piet, cast.police)]
    made = [
        Thread(
            section=sections[number % len(sections)],
            start=b"\1" * 12,
            end=b"\2" * 12,
            quote="the words that this is about, as they were",
            before="what stood before them",
            after="what stood after them",
            created_by=(author := authors[number % 3])[0],
            organisation=author[1],
            only_for=author[1] if number % 10 == 0 else None,
        )
        for number in range(Thread.objects.count(), wanted)
    ]
    Thread.objects.bulk_create(made)
    Suggestion.objects.bulk_create(Suggestion(thread=one, replacement="other words") for one in made[::5])
    Comment.objects.bulk_create(
        Comment(thread=one, text="A comment of about the usual length. " * 4, created_by=by, organisation=place)
        for one in made
        for by, place in authors[:2]
    )


if __name__ == "__main__":
    main()
