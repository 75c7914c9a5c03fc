"""How long "my reviews" and "my reports" take with 1,000 and 20,000 of each, against a plain unfiltered query.

`python tests/bench/bench_lists.py [--postgres] [--most 20000]`. The database is its own, and goes away. With `--postgres`,
or where DATABASE_URL names one, it is a PostgreSQL of its own.
"""

import argparse
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.bench.scratch import machine, median_of, scratch_portal

if TYPE_CHECKING:
    from accounts.models import User
    from tests.support.cast import Cast

STEPS = (1_000, 20_000)
PAGE = 20
RUNS = 9


def main() -> None:
    """Print all figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--postgres", action="store_true", help="measure on a PostgreSQL of its own")
    parser.add_argument("--most", type=int, default=STEPS[-1], help="leave out steps with more reviews")
    chosen = parser.parse_args()
    with scratch_portal(postgres=chosen.postgres or os.environ.get("DATABASE_URL", "").startswith("postgres")):
        _measure([step for step in STEPS if step <= chosen.most])


def _measure(steps: list[int]) -> None:
    from django.conf import settings

    settings.ALLOWED_HOSTS = ["testserver"]
    from tests.support.cast import build_cast

    cast = build_cast()
    print(machine())
    for step in steps:
        _grow(cast, step)
        print(f"\n{step:,} reviews, one report each")
        for who, words in (
            (cast.olive, "on all of them"),
            (cast.ned, "on a few hundred"),
            (cast.nora, "on a few"),
            (cast.bo, "on one"),
            (cast.sid, "on none"),
        ):
            print(f"  somebody {words}")
            _measure_for(who)
        print("  the administrator of the organisation that leads all of them")
        _line("my reviews, the page", _median(_page(cast.amira, "reviews")))


def _grow(cast: "Cast", count: int) -> None:
    from django.db import connection

    from reviews.models import Review
    from tests.bench.many_reports import add_reviews

    missing = count - Review.objects.count()
    people = {"leader": cast.amira, "often": cast.ned, "seldom": cast.nora, "always": cast.olive}
    add_reviews(missing, lead=cast.north_somerset, reports=1, **people)
    with connection.cursor() as cursor:
        # Lets the database know its tables, as its own housekeeping does in time.
        cursor.execute("ANALYZE")


def _measure_for(who: "User") -> None:
    from documents.models import Report
    from reviews.models import Review

    for model, name in ((Review, "reviews"), (Report, "reports")):
        _measure_list(model, name, who)
    _line("the first screen", _median(_page(who, "my_work")))


def _measure_list(model: Any, name: str, who: "User") -> None:
    plain = _median(lambda: list(model.objects.all()[:PAGE]))
    _line(f"my {name}, the query", _median(lambda: list(_visible(model, who)[:PAGE])), plain)
    _line(f"my {name}, the page", _median(_page(who, name)), plain)


def _visible(model: Any, who: "User") -> Any:
    """As a request asks: with the person loaded anew."""
    from accounts.models import User

    return model.objects.visible_to(User.objects.get(pk=who.pk))


def _page(who: "User", name: str) -> Callable[[], None]:
    """A page as this person, by the whole stack short of the network."""
    from django.test import Client
    from django.urls import reverse

    client, address = Client(), reverse(name)
    client.force_login(who, backend="django.contrib.auth.backends.ModelBackend")

    def show() -> None:
        assert client.get(address).status_code == 200

    return show


def _median(act: Callable[[], object]) -> float:
    return median_of(act, times=RUNS)


def _line(title: str, taken: float, plain: float = 0) -> None:
    ratio = f"   {taken / plain:6.1f} × unfiltered ({plain:.1f} ms)" if plain else ""
    print(f"    {title:<24} {taken:8.1f} ms{ratio}", flush=True)


if __name__ == "__main__":
    main()
