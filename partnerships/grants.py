"""Who may touch what. The only module that knows django-guardian.

A principal is an organisation's participation in a review. It owns four Django groups, one a role. A grant says: this
principal has this level on this object. A person gets min(the principal's level, the person's own role). The domain's
tables are the truth; the rows here are their projection, so that one indexed query answers "which of these may I see?".
"""

from collections.abc import Iterable, Mapping, Sequence, Set
from functools import lru_cache
from typing import Any, ClassVar, TypeVar, cast
from uuid import UUID

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import connections, models
from django.db.models import Count, Exists, OuterRef
from guardian.core import ObjectPermissionChecker
from guardian.models import GroupObjectPermissionBase
from guardian.models import UserObjectPermissionBase as UserPermissionBase
from guardian.utils import get_group_obj_perms_model, get_user_obj_perms_model

from accounts.models import User
from partnerships.models import RoleGroup, TeamRole

__all__ = [
    "Checker",
    "GroupPermissionBase",
    "Level",
    "Levels",
    "Place",
    "UserPermissionBase",
    "checker_for",
    "create_principal",
    "describe",
    "differences",
    "forget_permission_ids",
    "levels_of",
    "people_in",
    "personal_rows",
    "project",
    "role_differences",
    "set_role",
    "visible",
    "without_groups",
]

# Below this many grants SQLite is quicker with IN, above it with EXISTS: it cannot choose by itself.
SQLITE_PROBE = 1000

Row = tuple[int, int, UUID]  # group id, permission id, object id
Place = tuple[UUID, str, UUID]  # principal id, role, user id
Levels = Mapping[UUID, "Level"]  # principal id -> level
Q = TypeVar("Q", bound=models.QuerySet[Any, Any])


class GroupPermissionBase(GroupObjectPermissionBase):
    """guardian's rows for one kind of object; `content_object` is a foreign key of the subclass."""

    class Meta(GroupObjectPermissionBase.Meta):
        abstract = True
        # Lists ask row by row who may read it. Without this index SQLite walks all rows of the permission each time.
        indexes: ClassVar = [models.Index(fields=["content_object", "permission", "group"], name="%(class)s_object")]


class Level(models.IntegerChoices):
    """What an organisation may do with an object. Each level includes those below it."""

    VIEW = 1, "Can read"
    COMMENT = 2, "Can read and comment"
    EDIT = 3, "Can write"

    @property
    def verb(self) -> str:
        """The prefix of its permission's codename."""
        return self.name.lower()


ROLE_LIMIT: Mapping[str, Level] = {
    TeamRole.OBSERVER: Level.VIEW,
    TeamRole.REVIEWER: Level.COMMENT,
    TeamRole.AUTHOR: Level.EDIT,
    TeamRole.LEAD: Level.EDIT,
}


def create_principal(principal_id: UUID) -> None:
    """Make the four role groups of a principal. Does nothing where they exist."""
    for role in TeamRole:
        group, _ = Group.objects.get_or_create(name=f"{principal_id}:{role.value}")
        RoleGroup.objects.get_or_create(group=group, defaults={"principal_id": principal_id, "role": role})


def set_role(user: User, principal_id: UUID, role: str | None) -> None:
    """Put a person into exactly one of a principal's groups, or (with None) into none of them."""
    groups = list(RoleGroup.objects.filter(principal_id=principal_id))
    user.groups.remove(*[group.group_id for group in groups])
    user.groups.add(*[group.group_id for group in groups if group.role == role])
    _forget(user)


def people_in(group_ids: Set[int]) -> set[UUID]:
    """Everybody in these groups."""
    rows = User.groups.through.objects.filter(group_id__in=group_ids)
    return set(rows.values_list("user_id", flat=True))


def without_groups(principals: Set[UUID]) -> set[UUID]:
    """The principals among these that lack one of their four role groups."""
    rows = RoleGroup.objects.values("principal_id").annotate(roles=Count("role")).filter(roles=len(TeamRole))
    return set(principals) - set(rows.values_list("principal_id", flat=True))


def role_differences(wanted: Set[Place]) -> tuple[set[Place], set[Place]]:
    """Places in role groups that are missing and those that are too many, of all principals."""
    rows = User.groups.through.objects.filter(group__role_group__isnull=False)
    names = ("group__role_group__principal_id", "group__role_group__role", "user_id")
    existing: set[Place] = set(rows.values_list(*names))
    return set(wanted) - existing, existing - wanted


@lru_cache(maxsize=64)
def permission_ids(model: type[models.Model]) -> dict[Level, int]:
    """The permission id of each level that this model knows."""
    content_type = ContentType.objects.get_for_model(model)
    by_codename = dict(Permission.objects.filter(content_type=content_type).values_list("codename", "pk"))
    name = model._meta.model_name
    return {level: by_codename[f"{level.verb}_{name}"] for level in Level if f"{level.verb}_{name}" in by_codename}


def forget_permission_ids(**_kwargs: object) -> None:
    """Ids may change when permissions are made anew; connected to `post_migrate`."""
    permission_ids.cache_clear()


def project(model: type[models.Model], wanted: Mapping[UUID, Levels]) -> None:
    """Make guardian's rows for these objects (by id) exactly what the levels of their principals say."""
    table = _table(model)
    existing = _existing_rows(model, wanted.keys())
    desired = _desired_rows(model, wanted)
    table.objects.filter(pk__in=[pk for row, pk in existing.items() if row not in desired]).delete()
    table.objects.bulk_create(
        [table(group_id=g, permission_id=p, content_object_id=o) for g, p, o in sorted(desired - existing.keys(), key=str)],
        ignore_conflicts=True,
    )


def differences(model: type[models.Model], wanted: Mapping[UUID, Levels]) -> tuple[set[Row], set[Row]]:
    """Rows that are missing and rows that are too many, compared with what the levels say."""
    existing = _existing_rows(model, wanted.keys()).keys()
    desired = _desired_rows(model, wanted)
    return desired - existing, existing - desired


def personal_rows(model: type[models.Model]) -> models.QuerySet[Any]:
    """Grants to people instead of groups. There must be none: one would open an object that no table of ours tells of."""
    rows: models.QuerySet[Any] = get_user_obj_perms_model(cast("Any", model))._default_manager.all()
    return rows


def describe(model: type[models.Model], rows: Iterable[Row]) -> list[str]:
    """Rows in words, for whoever repairs them."""
    listed = list(rows)
    names = dict(Group.objects.filter(pk__in={group for group, _, _ in listed}).values_list("pk", "name"))
    verbs = {permission_id: level.verb for level, permission_id in permission_ids(model).items()}
    label = model._meta.label_lower
    return sorted(f"{verbs.get(verb, verb)} of {label} {pk} for the group {names[group]}" for group, verb, pk in listed)


def visible(queryset: Q, user: User) -> Q:
    """Narrow a queryset to what a person may at least read: one EXISTS on the group table.

    The person's groups are asked within, row by row: they are four a review, so a list of them grows with the reviews.
    """
    if not user.is_active:
        return queryset.none()
    model: type[models.Model] = queryset.model
    granted = _table(model).objects.filter(permission_id=permission_ids(model)[Level.VIEW])
    own = User.groups.through.objects.filter(user_id=user.pk)
    if connections[queryset.db].vendor == "sqlite":
        few = granted.filter(group_id__in=own.values("group_id"))
        if len(few.values_list("pk")[:SQLITE_PROBE]) < SQLITE_PROBE:
            return queryset.filter(pk__in=few.values("content_object_id"))
    in_own_group = Exists(own.filter(group_id=OuterRef("group_id")))
    return queryset.filter(Exists(granted.filter(in_own_group, content_object_id=OuterRef("pk"))))


def levels_of(user: User, model: type[models.Model], **where: Any) -> dict[UUID, Level]:
    """This active person's highest level on each of the objects that the conditions pick: one query, no object loaded."""
    ids = permission_ids(model)
    own = User.groups.through.objects.filter(user_id=user.pk).values("group_id")
    rows = _table(model).objects.filter(group_id__in=own, permission_id__in=ids.values())
    levels = {permission_id: level for level, permission_id in ids.items()}
    found: dict[UUID, Level] = {}
    for pk, permission_id in rows.filter(**{f"content_object__{name}": value for name, value in where.items()}).values_list(
        "content_object_id", "permission_id"
    ):
        found[pk] = max(levels[permission_id], found.get(pk, Level.VIEW))
    return found


class Checker:
    """Answers for one person and one request. `prefetch` lists first, so that a page costs a constant number of queries."""

    def __init__(self, user: User) -> None:
        self._user = user
        self._checker = ObjectPermissionChecker(user)

    def prefetch(self, objects: Sequence[models.Model]) -> None:
        """Load the grants of these objects (all of one model) at once."""
        if objects:
            # A list, not a queryset: guardian would run a queryset a second time.
            self._checker.prefetch_perms(cast("models.QuerySet[Any]", list(objects)))

    def level(self, obj: models.Model) -> Level | None:
        """The highest level this person has on an object, or None."""
        if not self._user.is_active:
            return None
        codenames = set(self._checker.get_perms(obj))
        name = obj._meta.model_name
        return max((level for level in Level if f"{level.verb}_{name}" in codenames), default=None)


def checker_for(user: User) -> Checker:
    """The checker of this user object: one a request, since each request loads its user anew."""
    kept = user.__dict__
    if "grants_checker" not in kept:
        kept["grants_checker"] = Checker(user)
    checker: Checker = kept["grants_checker"]
    return checker


def _forget(user: User) -> None:
    """What this user object remembers of its grants is out of date."""
    user.__dict__.pop("grants_checker", None)


def _table(model: type[models.Model]) -> Any:
    return get_group_obj_perms_model(cast("Any", model))


def _existing_rows(model: type[models.Model], object_ids: Iterable[UUID]) -> dict[Row, int]:
    rows = _table(model).objects.filter(content_object_id__in=list(object_ids))
    return {(g, p, o): pk for pk, g, p, o in rows.values_list("pk", "group_id", "permission_id", "content_object_id")}


def _desired_rows(model: type[models.Model], wanted: Mapping[UUID, Levels]) -> set[Row]:
    principals = {principal for levels in wanted.values() for principal in levels}
    groups: dict[UUID, list[RoleGroup]] = {}
    for group in RoleGroup.objects.filter(principal_id__in=principals):
        groups.setdefault(group.principal_id, []).append(group)
    ids = permission_ids(model)
    return {
        (group.group_id, permission_id, object_id)
        for object_id, levels in wanted.items()
        for principal, level in levels.items()
        for group in groups.get(principal, [])
        for step, permission_id in ids.items()
        if step <= min(level, ROLE_LIMIT[group.role])
    }
