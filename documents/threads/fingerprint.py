"""What tells whether the threads that somebody sees have changed, without reading them.

Every act on a thread sets a moment or takes one away, and what was said stays as it was said. So equal numbers and equal
latest moments mean equal threads. Beside them counts what the viewer may do, and what people and organisations are called.
"""

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Count, Max

from documents import policies
from documents.models import Comment
from documents.querysets import ThreadQuerySet
from documents.threads.access import Board
from reviews.models import TeamMember

# Another release of the portal may say the same differently.
_FORM = sha256((Path(__file__).parent / "as_json.py").read_bytes()).hexdigest()
_MOMENTS = ("created_at", "resolved_at", "shared_at", "disposed_at", "suggestion__decided_at")


def fingerprint(board: Board, threads: ThreadQuerySet, *also: Any) -> str:
    """Of these threads of a board, and of what else is told with them. Four queries, quick with thousands of threads."""
    viewer = board.viewer
    facts = [
        _FORM,
        viewer.user.pk,
        policies.is_open(viewer.report),
        viewer.leads,
        sorted((str(pk), level) for pk, level in viewer.levels.items()),
        sorted((str(pk), role) for pk, role in viewer.places.items()),
        _counted(threads),
        Comment.objects.filter(thread__in=threads.order_by().values("pk")).aggregate(Count("pk"), Max("created_at")),
        _names(board),
        also,
    ]
    return sha256(json.dumps(facts, cls=DjangoJSONEncoder).encode()).hexdigest()[:32]


def _counted(threads: ThreadQuerySet) -> dict[str, Any]:
    facts = {f"{act.__name__}_{moment}": act(moment) for moment in _MOMENTS for act in (Count, Max)}
    counted: dict[str, Any] = threads.order_by().aggregate(**facts)
    return counted


def _names(board: Board) -> list[Any]:
    """What those are called who are on the review or have been, for nobody else says anything here."""
    members = TeamMember.objects.filter(participant__review=board.viewer.report.review_id).order_by("pk")
    user, place = "user__full_name", "participant__organisation__"
    return list(members.values_list(user, f"{place}short_name", f"{place}initials", f"{place}colour"))
