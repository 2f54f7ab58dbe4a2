"""The browser's main screen: the floors put together, and the way in and out."""

from __future__ import annotations

import gc
import re
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import Binding, BindingType

from store.records import Candidate, MentionType
from tui.answers import OwnName
from tui.commands import Command, bindings, typed_openers
from tui.filters import field_clause
from tui.history import History, NameStep
from tui.memory import spare
from tui.recall import Recall
from tui.screens.panes import PanesScreen
from tui.screens.reading import LEAST
from tui.screens.renewing import RenewingScreen
from tui.screens.searching import SORTS

if TYPE_CHECKING:
    from tui.naming import Kind

_FIELD_OF_KIND = {"minister": "minister", "program": "program", "organisation": "organisation"}


class MainScreen(RenewingScreen):
    """List, text and entities of one library."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings("main", "query"),
        Binding("enter", "leave_line", show=False, priority=True),
    ]
    AUTO_FOCUS = "#list"

    def __init__(self, *args: Any, query: str | None = None, welcome: bool = False) -> None:
        """``query``: asked for on the command line. ``welcome``: nobody has been here before."""
        super().__init__(*args, query=query)
        state = self.remembered
        self.history = History()
        if state.get("least") in LEAST:
            self.least = state["least"]
        queries = state.get("queries")
        self.recall = Recall(map(str, queries) if isinstance(queries, list) else ())
        if state.get("sort") in SORTS:
            self.set_reactive(PanesScreen.sort, state["sort"])
        self._welcome = welcome
        self._openers = {
            (name, tuple(re.findall(r"'(\w+)'", arguments)))
            for name, _, arguments in (a.partition("(") for a in typed_openers(self.keymap))
        }

    def on_mount(self) -> None:
        docid = self.remembered.get("docid")
        keep = docid if isinstance(docid, int) else None
        if self.query_text.strip():
            self.search_for(self.query_text, keep=keep)
        else:
            # Straight from the index: the first paint shows articles.
            self._show_first(self.desk.first("", self.sort), keep=keep)
        if self._welcome and self.list.count and not self.query_text:
            self.chip_bar.show((), self.say("welcome"))
        self.call_after_refresh(self._after_first_paint)

    async def _after_first_paint(self) -> None:
        """What may come late: text and entities, marks, names, the watch over the library."""
        spare()
        await self.query_one("#panes").mount(self.reader, self.pane)
        if self.remembered.get("folded"):
            self.reader.fold(True)
        self.read_article()
        if not gc.isenabled():
            gc.freeze()
            gc.enable()
        self.ask("rows", self.desk.marked, self._take_marks)
        self.ask("names", self.desk.names.load, self._names_loaded)
        self.feel_pulse()
        self.watch_library()
        self.renew_index()
        if not self._welcome:
            self.ask("write", self.desk.empty_trash, lambda _: None, fault=lambda _: None)

    def _names_loaded(self, _: None) -> None:
        """A query for a person or program asked before is asked again, now by any spelling."""
        if ":" in self.query_text:
            self.search_for(self.query_text, keep=self.list.docid, quiet=True)

    async def run_command(self, command: Command) -> None:
        """What the palette chose, as if its key had been pressed."""
        if self.focused is self.prompt:
            self.go("list")
        target = self.app if command.scope == "app" else self
        await self.app.run_action(command.action, target)

    # --- keys that belong to no floor -----------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """In the query line a letter is a letter; elsewhere Enter is not the line's."""
        if action in ("leave_line", "recall"):
            return self.focused is self.prompt
        if (action, parameters) in self._openers:
            return self.focused is not self.prompt
        return True

    async def action_find(self, kind: Kind) -> None:
        """Find ministers or programs; those chosen narrow the list."""
        from tui.screens.finder import Finder

        def answered(chosen: Sequence[Candidate] | None) -> None:
            for candidate in chosen or ():
                self.add_filter(self._clause(candidate, kind))

        def named(saved: OwnName) -> None:
            self.history.did(NameStep(saved.id, saved.before, saved.after))
            self.search_again()

        await self.open(Finder(self.desk, self.lang, self.config, kind, named=named), answered)

    def _clause(self, candidate: Candidate, kind: Kind) -> str:
        if candidate.kind == "minister" and candidate.id.startswith(MentionType.PERSON):
            return field_clause("person", candidate.name, self.lang)
        return field_clause(_FIELD_OF_KIND[candidate.kind], candidate.name, self.lang)

    async def action_help(self) -> None:
        from tui.screens.dialogs import Help

        await self.open(Help(self.lang, self.keymap), lambda _: None)

    def action_back(self) -> None:
        """One step back: passage, range, pane, drawer, only-marked, query."""
        if self.focused is self.prompt:
            self.go("list")
        elif self.reader.quoting:
            self.reader.stop_quote()
        elif self.list.ranging:
            self.list.stop_range()
        elif self.at == "entities":
            if self.mode == "medium":
                self.action_entities()
            else:
                self.go("reader")
        elif self.at == "reader":
            self.go("list")
        elif self.mode == "medium" and self.drawer:
            self.action_entities()
        elif self.only:
            self.leave_only()
        elif self.query_text:
            self.set_query("", keep=self.list.docid)
        self.refresh_bars()

    def leave(self) -> None:
        """Keep the state, then end; a library that can't be written to does not hold us."""
        leave = self.app.exit
        self.desk.leave()
        self.ask(
            "write",
            partial(self.desk.save_state, self.state_to_keep()),
            lambda _: leave(),
            fault=lambda _: leave(),
        )
