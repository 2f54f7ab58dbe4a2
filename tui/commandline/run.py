"""One run of the command line: arguments in, exit code out, and no traceback on the way."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

import click

from store.errors import BilatError
from store.text import visible
from tui.commandline.output import say
from tui.commandline.root import bilat_tui
from tui.commandline.session import Session

PROGRAM = "bilat-tui"
COMPLETE = "_BILAT_TUI_COMPLETE"
"""The variable through which a shell asks for completions (click's convention)."""

USAGE = 2
INTERRUPTED = 130


def run(arguments: Sequence[str]) -> int:
    """Runs the command that ``arguments`` name and returns its exit code."""
    _prepare_streams()
    session = Session()
    try:
        if instruction := os.environ.get(COMPLETE):
            return _complete(instruction)
        with bilat_tui.make_context(PROGRAM, list(arguments), obj=session) as context:
            code = bilat_tui.invoke(context)
        sys.stdout.flush()
    except click.exceptions.Exit as leave:
        code = leave.exit_code
    except click.ClickException as error:
        say(_usage(error))
        code = error.exit_code if isinstance(error, click.UsageError) else USAGE
    except BilatError as error:
        _trace(session)
        say(str(error))
        code = error.exit_code
    except BrokenPipeError:
        _mute()
        code = 0
    except OSError as error:
        _trace(session)
        where = f": {error.filename}" if error.filename else ""
        say(f"{error.strerror or error}{where}. Check the name and your rights to it.")
        code = USAGE
    except (KeyboardInterrupt, click.Abort):
        code = INTERRUPTED
    except Exception as error:  # noqa: BLE001 - the last line: a person never sees a traceback
        _trace(session)
        say(_internal(error))
        code = USAGE
    return int(code or 0)


def _prepare_streams() -> None:
    """UTF-8 whatever the locale says; a stream that the caller closed becomes a silent one."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115
        elif hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _complete(instruction: str) -> int:
    from click.shell_completion import shell_complete

    return shell_complete(bilat_tui, {"obj": Session()}, PROGRAM, COMPLETE, instruction)


def _usage(error: click.ClickException) -> str:
    """A fault of usage as one sentence with the next step."""
    message = visible(error.format_message(), line_breaks=False).rstrip(".")
    context = error.ctx if isinstance(error, click.UsageError) else None
    path = context.command_path if context is not None else PROGRAM
    end = "" if message.endswith("?") else "."
    return f"{message}{end} See `{path} --help`."


def _internal(error: Exception) -> str:
    detail = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    return f"Internal error ({detail[:300]}). Run it again with --debug and report what it shows."


def _trace(session: Session) -> None:
    if session.debug:
        import traceback

        traceback.print_exc()


def _mute() -> None:
    """The reader of our output has gone: nothing more may be written to it, at exit either."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError):
        return
