"""The results as a table in Markdown."""

import statistics
from collections.abc import Iterator, Sequence

from tests.bench.coedit.measure import Results

RATE = "delivered edits/s"


def lines(results: Results, names: Sequence[str]) -> Iterator[str]:
    """Medians of each server, and the first one's against each other's; “≥” where the load could do no more."""
    first, *others = names
    heads = ["", *names, *(f"{first} / {other}" for other in others)]
    yield f"| {' | '.join(heads)} |"
    yield "|---" * len(heads) + "|"
    for (scenario, figure), runs in results.figures.items():
        medians = {name: statistics.median(values) for name, values in runs.items()}
        limits = ["≥ " if (scenario, name) in results.limited and figure == RATE else "" for name in names]
        cells = [limit + _number(medians.get(name)) for limit, name in zip(limits, names, strict=True)]
        ratios = [_ratio(medians.get(first), medians.get(other)) for other in others]
        yield f"| {scenario}: {figure} | {' | '.join([*cells, *ratios])} |"


def _number(value: float | None) -> str:
    if value is None:
        return "–"
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def _ratio(ours: float | None, theirs: float | None) -> str:
    return f"**{ours / theirs:.2f}**" if ours is not None and theirs else "–"
