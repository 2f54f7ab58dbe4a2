"""The floor of the main screen that has an outdated index made anew, and says how far that is."""

from __future__ import annotations

from functools import partial
from time import monotonic

from store.errors import BilatError
from tui.screens.asking import NOTICE_SECONDS, Answer
from tui.screens.keeping import KeepingScreen

LANE = "renewal"
_BETWEEN_SECONDS = 10 * NOTICE_SECONDS


class RenewingScreen(KeepingScreen):
    """Searches answer from the old index until the new one is whole."""

    _told = 0.0

    def renew_index(self) -> None:
        """Begin, if there is a need."""
        self.ask(LANE, self.desk.renewing.needed, self._renew)

    def _renew(self, needed: bool) -> None:
        if needed:
            self.tell(self.say("renewal.begins"), beside=True)
            self._told = monotonic()
            self.ask(
                LANE, partial(self.desk.renewing.run, self._hear), self._renewed, fault=self._failed
            )

    def _hear(self, share: float) -> None:
        """Runs in the thread."""
        now = monotonic()
        if now - self._told >= _BETWEEN_SECONDS:
            self._told = now
            said = self.say("renewal.share", share=f"{share:.0%}")
            self.post_message(Answer(LANE, None, partial(self.tell, said, beside=True)))

    def _renewed(self, whole: bool) -> None:
        if whole:
            self.tell(self.say("renewal.done"), beside=True)
            self.search_again()

    def _failed(self, error: BilatError) -> None:
        self.tell(str(error), warning=True, beside=True)
