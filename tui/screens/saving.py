"""Saved searches: kept under a name, listed with what is new to each, opened, renamed, removed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from tui.lang import number
from tui.screens.taking import TakingScreen

if TYPE_CHECKING:
    from store.search.saved import SavedSearch
    from tui.history import SearchStep
    from tui.screens.dialogs import Choose
    from tui.widgets.choices import Choice


class SavingScreen(TakingScreen):
    """What the keys do with saved searches; the library keeps them."""

    async def action_save_search(self) -> None:
        """Keep the query under a name."""
        from tui.screens.dialogs import AskLine

        query = self.query_text.strip()
        if not query:
            self.tell(self.say("searches.no_query"), warning=True)
            return

        def answered(name: str | None) -> None:
            if name:
                self.ask(
                    "write",
                    partial(self.desk.save_search, name, query),
                    partial(self._changed, "searches.saved"),
                )

        dialog = AskLine(self.say("searches.name"), query, self.say("searches.save_keys"))
        await self.open(dialog, answered)

    async def action_searches(self) -> None:
        """Open a saved search, give it another name, or remove it."""
        from tui.screens.dialogs import Choose

        queries: dict[str, str] = {}

        def answered(key: str | None) -> None:
            if key is not None:
                action, _, name = key.partition(":")
                name = name.removeprefix("open:")
                self._do(action, name, queries[name])

        def listed(searches: Sequence[SavedSearch]) -> None:
            queries.update((search.name, search.query) for search in searches)
            self._list_searches(dialog, searches)

        dialog = Choose(
            self.say("searches.title"),
            (),
            self.say("searches.keys"),
            keys={"D": "remove", "r": "rename"},
            hint=self.say("searches.reading"),
        )
        await self.open(dialog, answered)
        self.ask("searches", self.desk.saved_searches, listed)

    def _list_searches(self, dialog: Choose, searches: Sequence[SavedSearch]) -> None:
        """Names and queries at once, what is new to each as it is counted."""
        from tui.widgets.choices import Choice

        choices = [
            Choice(f"open:{search.name}", search.name, tail=search.query) for search in searches
        ]
        dialog.fill(choices, self.say("searches.none"))
        for at, search in enumerate(searches):
            self.ask(
                "counts",
                partial(self.desk.count_new, search),
                partial(self._count_shown, dialog, choices, at),
            )

    def _count_shown(
        self, dialog: Choose, choices: list[Choice], at: int, counted: tuple[int, bool]
    ) -> None:
        count, exact = counted
        if count:
            n = number(count, self.lang) + ("" if exact else "+")
            choices[at] = replace(choices[at], aside=self.say("searches.new", n=n))
            dialog.lines.change(choices)

    def _changed(self, said: str, step: SearchStep) -> None:
        """A saved search was kept, renamed or removed."""
        self.history.did(step)
        search = step.after or step.before
        assert search is not None
        if step.before is not None and step.after is not None and step.before.name == search.name:
            said = "searches.replaced"
        self.tell(self.say(said, name=search.name))

    def _do(self, action: str, name: str, query: str) -> None:
        """What was chosen in the list."""
        if action == "remove":
            self.ask(
                "write",
                partial(self.desk.remove_search, name),
                partial(self._changed, "searches.removed"),
            )
        elif action == "rename":
            self._rename(name)
        else:
            self.set_query(query)
            self.go("list")
            # A library that can't be written to is searched all the same.
            opened = partial(self.desk.open_search, name)
            self.ask("write", opened, lambda _: None, fault=lambda _: None)

    def _rename(self, name: str) -> None:
        from tui.screens.dialogs import AskLine

        def answered(new: str | None) -> None:
            if new and new != name:
                self.ask(
                    "write",
                    partial(self.desk.rename_search, name, new),
                    partial(self._changed, "searches.saved"),
                )

        question = self.say("searches.rename", name=name)
        self.begin(AskLine(question, name, self.say("searches.save_keys")), answered)
