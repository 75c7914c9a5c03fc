"""Typed settings from the environment. `NAME_FILE` may name a file that holds the value of `NAME`, for secrets."""

from django.core.exceptions import ImproperlyConfigured
from environ import FileAwareEnv

env = FileAwareEnv()

_FLAGS = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}


def flag(name: str, *, default: bool) -> bool:
    """A yes-or-no setting. Anything else stops the start: the library would read a typing slip as "no"."""
    value = env.str(name, default="1" if default else "0").strip().lower()
    if value not in _FLAGS:
        raise ImproperlyConfigured(f"{name} is {value!r}: write 1 for yes or 0 for no.")
    return _FLAGS[value]


def words(name: str, default: str = "") -> list[str]:
    """A list separated by commas."""
    return [word.strip() for word in env.str(name, default=default).split(",") if word.strip()]
