"""How long the page of a report takes, and the lists of reports, in ratios to a page with nothing on it.

`python tests/bench/bench_report_page.py [--postgres] [--most 20000]`. The database is its own, and goes away.
"""

import argparse
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.bench.scratch import machine, median_of, scratch_portal

if TYPE_CHECKING:
    # Django's models load only once it has been set up.
    from accounts.models import User
    from tests.support.cast import Cast

SECTIONS = 30
STEPS = (1_000, 20_000)


def main() -> None:
    """Print all figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--postgres", action="store_true", help="measure on a PostgreSQL of its own")
    parser.add_argument("--most", type=int, default=STEPS[-1], help="leave out steps with more reports")
    chosen = parser.parse_args()
    with scratch_portal(postgres=chosen.postgres):
        _measure([step for step in STEPS if step <= chosen.most])


def _measure(steps: list[int]) -> None:
    from django.conf import settings

    settings.ALLOWED_HOSTS = ["testserver"]
    from tests.support.cast import build_cast

    cast = build_cast()
    print(machine())
    floor = median_of(_page(cast.bella, "help"))
    print(f"an empty page, signed in: {floor:.1f} ms = 1\n")
    _measure_report(cast, floor)
    _measure_lists(cast, floor, steps)


def _measure_report(cast: "Cast", floor: float) -> None:
    from documents import section_text

    _fill(cast)
    show = _page(cast.bella, "report", cast.report.pk)

    def show_cold() -> None:
        section_text._kept._texts.clear()
        show()

    print(f"the page of a report with {SECTIONS} sections of 300 words")
    _line("texts kept in memory", median_of(show), floor)
    _line("every text read from its log", median_of(show_cold), floor)
    _line("to read", median_of(_page(cast.bella, "report_read", cast.report.pk)), floor)


def _measure_lists(cast: "Cast", floor: float, steps: list[int]) -> None:
    from documents.models import Report
    from tests.bench.many_reports import REPORTS_A_REVIEW, add_reviews

    def unfiltered() -> None:
        list(Report.objects.select_related("review")[:25])

    for step in steps:
        missing = (step - Report.objects.count()) // REPORTS_A_REVIEW
        often, seldom = (_colleague(cast, f"{name}-{step}") for name in ("often", "seldom"))
        add_reviews(missing, lead=cast.north_somerset, leader=cast.amira, often=often, seldom=seldom)
        query = median_of(unfiltered)
        print(f"\n{Report.objects.count():,} reports; the newest 25 of all, unfiltered: {query:.1f} ms")
        for who in (often, seldom, cast.gwen):
            print(f"  somebody who reads {_visible(who).count():,}")
            for name, title in (("reports", "all my reports"), ("my_work", "what is waiting for me")):
                _line(title, median_of(_page(who, name)), floor, query)
            visible = median_of(partial(_newest, who))
            print(f"    the query of the list alone   {visible:8.1f} ms   {visible / query:5.1f} × the unfiltered query")


def _colleague(cast: "Cast", name: str) -> "User":
    from accounts.actions import users
    from partnerships.actions import memberships
    from partnerships.models import MembershipRole

    person = users.create_from_invitation(email=f"{name}@cast.example", full_name=f"Test {name}", password=None)
    memberships.add(cast.north_somerset, person, MembershipRole.MEMBER, by=None)
    return person


def _newest(who: "User") -> None:
    list(_visible(who)[:25])


def _visible(who: "User") -> Any:
    from accounts.models import User
    from documents.models import Report

    return Report.objects.visible_to(User.objects.get(pk=who.pk)).select_related("review")


def _fill(cast: "Cast") -> None:
    from documents.actions import sections
    from tests.documents.helpers import write

    while cast.report.sections.present().count() < SECTIONS:
        section = sections.add(cast.report, title="One of many", by=cast.amira)
        for _ in range(3):
            write(section, "Nobody joined the dots across the three areas. " * 12, by=cast.bella)


def _page(who: "User", name: str, *arguments: object) -> Callable[[], None]:
    """A page as this person, by the whole stack short of the network."""
    from django.test import Client
    from django.urls import reverse

    client, address = Client(), reverse(name, args=arguments)
    client.force_login(who, backend="django.contrib.auth.backends.ModelBackend")

    def show() -> None:
        assert client.get(address).status_code == 200

    return show


def _line(title: str, taken: float, floor: float, query: float = 0) -> None:
    ratio = f"   {taken / query:5.1f} × the unfiltered query" if query else ""
    print(f"    {title:<29} {taken:8.1f} ms   {taken / floor:5.1f} × an empty page{ratio}", flush=True)


if __name__ == "__main__":
    main()
