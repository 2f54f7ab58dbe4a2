"""The user's own settings: ``config.toml`` in the platform's config folder.

Four things may be set: ``theme``, ``lang``, ``mouse`` (true or false) and, under ``[keys]``, the
keys of commands by their id (a string, several keys separated by commas). Nothing is written here; what the program
remembers by itself (query, widths, theme) is the state of a library.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from store.errors import InputError


@dataclass(frozen=True, slots=True)
class Config:
    """What the file says; None and empty where it says nothing."""

    theme: str | None = None
    lang: str | None = None
    mouse: bool = True
    """Off: the terminal itself handles the mouse, for selecting as anywhere else."""
    keys: Mapping[str, str] = field(default_factory=dict)


def config_path() -> Path:
    """Where the file is looked for: ``$BILAT_CONFIG``, else the platform's config folder."""
    if named := os.environ.get("BILAT_CONFIG"):
        return Path(named)
    from platformdirs import user_config_path

    return user_config_path("bilat-tui") / "config.toml"


def load(path: Path | None = None) -> Config:
    """Read the file; a missing one is an empty one.

    Raises ``InputError`` with the line and the next step when it is unreadable, not TOML, or a value
    is of the wrong kind.
    """
    path = path or config_path()
    if not path.exists():
        return Config()
    import tomllib

    try:
        with path.open("rb") as file:
            data = tomllib.load(file)
    except OSError as error:
        raise InputError(
            f"The settings cannot be read ({error.strerror})", str(path), "Mend or remove the file."
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(
            f"The settings are not valid TOML ({error})", str(path), "Mend that line."
        ) from error
    return _checked(data, path)


def _checked(data: Mapping[str, object], path: Path) -> Config:
    """The settings of parsed TOML."""
    for key in data:
        if key not in ("theme", "lang", "mouse", "keys"):
            raise InputError(
                f"There is no setting “{key}”", str(path), "Known: theme, lang, mouse and [keys]."
            )
    keys = data.get("keys", {})
    if not isinstance(keys, dict) or not all(isinstance(v, str) and v for v in keys.values()):
        raise InputError(
            "Each of [keys] is a key in quotes", str(path), 'For example: export = "e,ctrl+e".'
        )
    theme, lang = data.get("theme"), data.get("lang")
    if not (theme is None or isinstance(theme, str)) or lang not in (None, "id", "en"):
        raise InputError(
            "theme is a name in quotes, lang is “id” or “en”", str(path), "Mend that line."
        )
    mouse = data.get("mouse", True)
    if not isinstance(mouse, bool):
        raise InputError("mouse is true or false, without quotes", str(path), "Mend that line.")
    return Config(theme=theme, lang=str(lang) if lang else None, mouse=mouse, keys=dict(keys))
