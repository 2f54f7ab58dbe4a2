"""How screens ask the store: worker threads, one question per lane, late answers dropped."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING, Any, TypeVar

from textual.message import Message
from textual.screen import Screen
from textual.worker import Worker, WorkerState, get_current_worker

from store.errors import BilatError, Interrupted
from store.text import visible
from tui.lang import Lang, text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.widget import AwaitMount

    from tui.config import Config
    from tui.desk import Desk

T = TypeVar("T")
Result = TypeVar("Result")
Answered = TypeVar("Answered")

NOTICE_SECONDS = 6.0
FAULT_SECONDS = 15.0


class Answer(Message):
    """What a worker brings back. ``deliver`` runs on the screen's thread, if still wanted."""

    bubble = False

    def __init__(self, lane: str, ticket: int | None, deliver: Callable[[], None]) -> None:
        super().__init__()
        self.lane = lane
        self.ticket = ticket
        self.deliver = deliver


class AskingScreen(Screen[Result]):
    """A screen with a desk to ask."""

    def __init__(self, desk: Desk, lang: Lang, config: Config) -> None:
        super().__init__()
        self.desk = desk
        self.lang: Lang = lang
        self.config = config
        self._tickets: Counter[str] = Counter()
        self._faults_until = 0.0

    # --- asking ---------------------------------------------------------------------------------

    def ask(
        self,
        lane: str,
        question: Callable[[], T],
        answer: Callable[[T], None],
        *,
        newest_only: bool = False,
        fault: Callable[[BilatError], None] | None = None,
    ) -> int:
        """Put a question in a thread; ``answer`` gets what it returns, on the screen's thread.

        ``newest_only``: a later question of the lane makes this one's answer unwanted. A
        ``BilatError`` goes to ``fault``, else becomes a notice. The ticket of the question comes
        back; ``wanted`` says whether it still holds.
        """
        ticket: int | None = None
        if newest_only:
            self._tickets[lane] += 1
            ticket = self._tickets[lane]
        self.run_worker(
            partial(self._work, lane, ticket, question, answer, fault or self.fault),
            thread=True,
            group=lane,
            exclusive=newest_only,
            exit_on_error=False,
            name=lane,
        )
        return ticket or 0

    def _work(
        self,
        lane: str,
        ticket: int | None,
        question: Callable[[], T],
        answer: Callable[[T], None],
        fault: Callable[[BilatError], None],
    ) -> None:
        """Runs in the thread."""
        if not self.wanted(lane, ticket) or get_current_worker().is_cancelled:
            return
        try:
            result = question()
        except Interrupted:
            return
        except BilatError as error:
            self.post_message(Answer(lane, ticket, partial(fault, error)))
        else:
            self.post_message(Answer(lane, ticket, partial(answer, result)))

    def wanted(self, lane: str, ticket: int | None) -> bool:
        """Whether no newer question of the lane was put."""
        return ticket is None or self._tickets[lane] == ticket

    def forget(self, lane: str) -> None:
        """Make every answer that is under way in a lane unwanted."""
        self._tickets[lane] += 1

    def on_answer(self, message: Answer) -> None:
        message.stop()
        if self.is_attached and self.wanted(message.lane, message.ticket):
            message.deliver()

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """A fault of ours in a worker is told; the browser goes on."""
        if event.state is not WorkerState.ERROR:
            return
        detail = f"{type(event.worker.error).__name__}: {event.worker.error}"
        self.log.error(detail)
        self._faults_until = monotonic() + FAULT_SECONDS
        self.notify(
            self.say("fault.worker", error=visible(detail, line_breaks=False)),
            severity="error",
            timeout=FAULT_SECONDS,
            markup=False,
        )

    # --- opening --------------------------------------------------------------------------------

    async def open(
        self, dialog: Screen[Answered], answered: Callable[[Answered | None], None]
    ) -> None:
        """Show a dialog and come back when it is ready to be typed in.

        An action that waits for this keeps the keys behind its own from going anywhere else.
        """
        await self.begin(dialog, answered)

    def begin(
        self, dialog: Screen[Answered], answered: Callable[[Answered | None], None]
    ) -> AwaitMount:
        """Show a dialog. Notices of before would cover it."""
        self.app.clear_notifications()
        return self.app.push_screen(dialog, answered)

    # --- telling --------------------------------------------------------------------------------

    def say(self, key: str, **args: Any) -> str:
        """A text in the interface's language."""
        return text(key, self.lang, **args)

    def tell(self, message: str, *, warning: bool = False, beside: bool = False) -> None:
        """A notice in the corner, in the place of the one before: several would hide the text.

        ``beside``: nobody asked for it just now, so that it takes the place of none. Faults stay.
        """
        if not beside and monotonic() > self._faults_until:
            self.app.clear_notifications()
        self.notify(
            message,
            severity="warning" if warning else "information",
            timeout=NOTICE_SECONDS,
            markup=False,
        )

    def fault(self, error: BilatError) -> None:
        """An error with its next step, as a notice."""
        self._faults_until = monotonic() + FAULT_SECONDS
        self.notify(str(error), severity="error", timeout=FAULT_SECONDS, markup=False)

    @property
    def keymap(self) -> Mapping[str, str]:
        """The user's own keys by command."""
        return self.config.keys
