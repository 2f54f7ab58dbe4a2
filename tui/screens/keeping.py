"""The library as a whole: deleting, imports, facets, and what other programs change in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from store.library import Facet, ImportRecord
from store.text import visible
from tui.answers import Pulse
from tui.display import fit
from tui.filters import facet_clause
from tui.history import DeleteStep
from tui.lang import number
from tui.screens.lending import LendingScreen

if TYPE_CHECKING:
    from tui.screens.dialogs import Choose
    from tui.widgets.choices import Choice

MANY_ARTICLES = 100
"""Deleting or bringing back so many takes long enough to say so."""

PULSE_SECONDS = 2.0
"""How often the library is asked whether another program has written to it."""


class KeepingScreen(LendingScreen):
    """What changes the library, and what follows its changes."""

    pulse: Pulse | None = None

    @property
    def library_empty(self) -> bool:
        return self.pulse is not None and not self.pulse.count

    # --- deleting -------------------------------------------------------------------------------

    def action_delete(self) -> None:
        """Delete the current article, or the chosen range, after a question."""
        docids = self.list.range_docids()
        if not docids:
            return
        self.ask("rows", partial(self.desk.ids, docids), self._confirm_delete)

    def _confirm_delete(self, ids: list[int]) -> None:
        from tui.screens.dialogs import Confirm

        if not ids:
            return
        row = self.list.row
        title = fit(row.title, 80) if row and len(ids) == 1 else ""
        key = "delete.one" if title else "delete.many"
        question = self.say(key, title=title, n=len(ids))

        def answered(sure: bool | None) -> None:
            if sure:
                self.change_many(
                    self._begins("delete.begins", len(ids)),
                    partial(self.desk.delete, ids),
                    partial(self._deleted, len(ids)),
                )

        self.begin(Confirm(question, self.lang), answered)

    def _deleted(self, count: int, batch: int) -> None:
        self.list.stop_range()
        self.history.did(DeleteStep(batch, count))
        self._expect(-count)
        self.tell(self.say("delete.done", n=count))
        self.reload()

    def bring_back(self, step: DeleteStep) -> None:
        """Undo a deletion or the undoing of an import."""

        def back(ids: list[int]) -> None:
            self._expect(len(ids))
            self.tell(self.say("delete.undone", n=len(ids)))
            self.reload()

        begins = self._begins("delete.undoing", step.count)
        self.change_many(begins, partial(self.desk.undelete, step.batch), back)

    def _begins(self, key: str, count: int) -> str:
        """What is said while many articles are changed; empty for few."""
        return self.say(key, n=count) if count >= MANY_ARTICLES else ""

    def reload(self) -> None:
        """Read list, marks and article again, the cursor staying where it can."""
        at = self.list.cursor
        docids = self.list.docids
        keep = self.list.docid
        after = docids[at + 1] if at + 1 < len(docids) else None
        self.ask("rows", self.desk.marked, self._take_marks)
        self.list.forget_rows()
        if self.only == "marked":
            self.show_marked()
        else:
            self.search_for(self.query_text, keep=after if keep is None else keep)
        self.detail = None
        self.read_article()

    def _take_marks(self, ids: list[int]) -> None:
        self.marks = set(ids)
        self.patch_marks()
        self.refresh_bars()

    # --- imports --------------------------------------------------------------------------------

    def action_imports(self) -> None:
        """The imports of this library; one of them can be taken back."""
        self.ask("rows", self.desk.imports, self._list_imports)

    def _list_imports(self, imports: Sequence[ImportRecord]) -> None:
        from tui.screens.dialogs import Choose

        if not imports:
            self.tell(self.say("imports.none"))
            return
        choices = [self._import_choice(item) for item in imports]

        def answered(key: str | None) -> None:
            if key is not None:
                item = next(item for item in imports if str(item.id) == key)
                self._confirm_undo_import(item)

        title = self.say("imports.title")
        self.begin(Choose(title, choices, self.say("imports.keys")), answered)

    def _import_choice(self, item: ImportRecord) -> Choice:
        from tui.widgets.choices import Choice

        sources = visible(", ".join(item.sources), line_breaks=False)
        report = item.report
        aside = self.say(
            "imports.counts", added=report.added, updated=report.updated, failed=len(report.failed)
        )
        if item.undone_at:
            aside = self.say("imports.undone_mark")
        started = item.started_at[:16].replace("T", " ")
        return Choice(str(item.id), f"{started}  {sources}", aside=aside)

    def _confirm_undo_import(self, item: ImportRecord) -> None:
        from tui.screens.dialogs import Confirm

        if item.undone_at:
            self.tell(self.say("imports.undone_already"), warning=True)
            return
        count = item.report.added + item.report.updated
        question = self.say("imports.undo", n=count, id=item.id)

        def done(batch: int) -> None:
            self.history.did(DeleteStep(batch, count))
            self._expect(-item.report.added)
            self.tell(self.say("imports.undone"))
            self.reload()

        def answered(sure: bool | None) -> None:
            if sure:
                self.change_many(
                    self._begins("delete.begins", count),
                    partial(self.desk.undo_import, item.id),
                    done,
                )

        self.begin(Confirm(question, self.lang), answered)

    # --- facets ---------------------------------------------------------------------------------

    async def action_facets(self) -> None:
        """Countries, outlets, years and more among the hits; choosing one narrows the list."""
        from tui.screens.dialogs import Choose

        def answered(clause: str | None) -> None:
            if clause is not None:
                self.add_filter(clause)
            else:
                self.finish_search()

        dialog = Choose(
            self.say("facets.title"), (), self.say("facets.keys"), hint=self.say("facets.counting")
        )
        await self.open(dialog, answered)
        self.desk.search_lane.interrupt()
        self.ask(
            "facets",
            partial(self.desk.facets, self.query_text, self.sort),
            partial(self._show_facets, dialog),
            newest_only=True,
        )

    def _show_facets(self, dialog: Choose, answer: tuple[dict[str, list[Facet]], int]) -> None:
        """The counts, and what they are counts of where that is not every hit."""
        facets, counted = answer
        if counted != self.total:
            dialog.retitle(self.say("facets.newest", n=counted))
        dialog.fill(self._facet_choices(facets), self.say("facets.none"))

    def _facet_choices(self, facets: dict[str, list[Facet]]) -> list[Choice]:
        """The facets under their headings."""
        from tui.lang import keys
        from tui.widgets.choices import Choice

        choices: list[Choice] = []
        for name, values in facets.items():
            if not values:
                continue
            if choices:
                choices.append(Choice("", ""))
            title = self.say(f"facet.{name}") if f"facet.{name}" in keys() else name
            choices.append(Choice("", title))
            for facet in values[:12]:
                named = f"type.{facet.label}" if name == "type" else ""
                label = self.say(named) if named in keys() else facet.label or facet.value
                label = visible(label, line_breaks=False)
                aside = number(facet.count, self.lang)
                clause = facet_clause(name, facet, self.lang)
                choices.append(Choice(clause or "", label, aside=aside))
        return choices

    # --- state and other programs ---------------------------------------------------------------

    def state_to_keep(self) -> dict[str, Any]:
        return {
            **super().state_to_keep(),
            "theme": self.app.theme,
        }

    def watch_library(self) -> None:
        """Look for changes by other programs from now on."""
        self.set_interval(PULSE_SECONDS, self.feel_pulse)

    def feel_pulse(self) -> None:
        self.ask("rows", self.desk.pulse, self._felt, fault=lambda _: None)

    def _felt(self, pulse: Pulse) -> None:
        before, self.pulse = self.pulse, pulse
        self.in_library = pulse.count
        if before is None or pulse.version == before.version:
            return
        if pulse.count > before.count:
            added = pulse.count - before.count
            self.tell(self.say("library.grew", n=added), beside=True)
        if pulse.count != before.count:
            self.search_again()
        self.ask("rows", self.desk.marked, self._take_marks)
        self.ask("names", self.desk.names.own_changed, self._names_changed)

    def _expect(self, more: int) -> None:
        """So many articles more, by this screen's own doing: no news when the library is asked."""
        if self.pulse is not None:
            self.pulse = replace(self.pulse, count=self.pulse.count + more)

    def _names_changed(self, changed: bool) -> None:
        if changed and self.query_text.strip():
            self.search_again()

    def search_again(self) -> None:
        """The same query over the changed library; the cursor keeps its article."""
        if self.only == "marked":
            self.show_marked()
        elif not self.only:
            self.search_for(self.query_text, keep=self.list.docid, quiet=True)
