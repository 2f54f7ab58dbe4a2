"""The frame of the browser: three panes, the query above, the keys below, at any size.

Knows where the user is and what is shown at which width; the floors above it (searching, reading,
marking, taking, keeping) say what the keys do.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.reactive import var
from textual.widgets import Static

from store.library import Sort
from tui.commands import Place, footer
from tui.lang import number
from tui.screens.asking import AskingScreen
from tui.widgets.article_list import ArticleList
from tui.widgets.bars import ChipBar, Crumbs, KeyBar, Status
from tui.widgets.entity_pane import EntityPane
from tui.widgets.line import Line
from tui.widgets.lines import Lines
from tui.widgets.reader import Reader

if TYPE_CHECKING:
    from textual import events

    from tui.config import Config
    from tui.desk import Desk
    from tui.lang import Lang

Pane = Literal["list", "reader", "entities"]
Mode = Literal["wide", "medium", "narrow", "tiny", "none"]
Only = Literal["", "marked", "copies"]
"""What is listed: the answer to the query, the marked articles, one article with its copies."""

PANES: tuple[Pane, ...] = ("list", "reader", "entities")
MODES: tuple[Mode, ...] = ("wide", "medium", "narrow", "tiny", "none")


def mode_for(width: int, height: int) -> Mode:
    """How much fits: three panes, two, one, the list alone, or only a sentence."""
    if width < 24 or height < 6:
        return "none"
    if width < 60 or height < 15:
        return "tiny"
    if width < 100:
        return "narrow"
    return "medium" if width < 160 else "wide"


class PanesScreen(AskingScreen[None]):
    """The widgets, their arrangement, and what the bars say."""

    query_text: var[str] = var("", init=False)
    """The query whose answer is shown, or on its way."""
    sort: var[Sort] = var[Sort]("relevance", init=False)
    only: var[Only] = var[Only]("", init=False)
    """Whether the list shows something else than the query's answer."""
    copies_folded: var[bool] = var(False, init=False)
    """Whether of copies only the first has a row."""
    at: var[Pane] = var[Pane]("list", init=False)
    """The pane that has, or had last, the focus."""
    mode: var[Mode] = var[Mode]("medium", init=False)
    drawer: var[bool] = var(False, init=False)
    """Whether the entities stand beside the text on a medium screen."""

    def __init__(
        self,
        desk: Desk,
        lang: Lang,
        config: Config,
        state: dict[str, Any],
        *,
        query: str | None = None,
    ) -> None:
        """``query`` None: the one of the last time."""
        super().__init__(desk, lang, config)
        self.remembered = state
        asked = str(state.get("query", "")) if query is None else query
        self.set_reactive(PanesScreen.query_text, asked)
        self.prompt = Line(id="query", placeholder=self.say("query.placeholder"))
        self.status = Status(id="status")
        self.chip_bar = ChipBar(id="chips")
        self.chip_bar.display = False
        self.crumbs = Crumbs(id="crumbs")
        self.list = ArticleList(id="list")
        self.reader = Reader(id="reader", lang=lang)
        self.pane = EntityPane(id="entities", lang=lang)
        self.key_bar = KeyBar(id="keys")
        self.marks: set[int] = set()
        self.marks_outside: int | None = None
        self.total: int | None = None
        """Hits; None while only the first are known."""
        self.rest_due = False
        """Whether the first hits wait to be painted before the rest is asked for."""
        self.in_library = 0
        self.list_wider = int(state.get("list_wider", 0))
        self.entities_wider = int(state.get("entities_wider", 0))
        self._arranged = (0, 0)
        self.set_reactive(PanesScreen.drawer, bool(state.get("drawer", False)))
        self.set_reactive(PanesScreen.copies_folded, bool(state.get("copies_folded", False)))

    def compose(self) -> ComposeResult:
        # Arranged before the first layout, so that there is only one.
        self._arrange_for(*self.app.size)
        with Horizontal(id="top"):
            yield Static(" / ", id="slash", markup=False)
            yield self.prompt
            yield self.status
        yield self.chip_bar
        yield self.crumbs
        with Horizontal(id="panes"):
            yield self.list  # text and entities come after the first paint
        yield self.key_bar
        yield Static(self.say("screen.small"), id="small", markup=False)

    def on_mount(self) -> None:
        self.prompt.value = self.query_text
        self.list.border_title = self.say("pane.list")
        self.reader.border_title = self.say("pane.reader")
        self.pane.border_title = self.say("pane.entities")
        self.pane.border_subtitle = self.say("pane.counts")
        self.list.gone = self.say("list.gone")

    # --- arrangement ----------------------------------------------------------------------------

    def widget_of(self, pane: Pane) -> Lines:
        """The widget of a pane."""
        return {"list": self.list, "reader": self.reader, "entities": self.pane}[pane]

    def on_resize(self, event: events.Resize) -> None:
        if event.size != self._arranged:
            self._arrange_for(*event.size)

    def _arrange_for(self, width: int, height: int) -> None:
        self._arranged = (width, height)
        self.mode = mode_for(width, height)
        if self.mode == "medium" and self.at == "entities":
            # Who is among the entities stays there, whatever the size was.
            self.set_reactive(PanesScreen.drawer, True)
        self.lay_out()

    def lay_out(self) -> None:
        """Show the panes that fit, as wide as they should be."""
        mode, width = self.mode, self.app.size.width
        for name in MODES:
            self.set_class(name == mode, f"-{name}")
        if mode == "tiny" and self.at != "list":
            self.set_reactive(PanesScreen.at, "list")
            self.set_focus(self.list)
        for pane in PANES:
            self.widget_of(pane).display = self.is_shown(pane)
        self.crumbs.display = mode == "narrow"
        self.status.styles.width = {"narrow": 36, "tiny": 14}.get(mode, 52)
        if mode in ("wide", "medium"):
            share = 0.33 if mode == "wide" else 0.3 if self.drawer else 0.45
            room = width - 30 - (self._entities_width() if self.is_shown("entities") else 0)
            self.list.styles.width = max(20, min(int(width * share) + self.list_wider, room))
            self.pane.styles.width = self._entities_width()
        else:
            self.list.styles.width = self.pane.styles.width = "1fr"
        self.refresh_bars()

    def _entities_width(self) -> int:
        width = self.app.size.width
        wanted = int(width * 0.22) if self.mode == "wide" else 34
        return max(20, min(wanted + self.entities_wider, width // 2))

    def is_shown(self, pane: Pane) -> bool:
        """Whether there is room for that pane now."""
        if self.mode in ("narrow", "none"):
            return pane == self.at
        if self.mode == "tiny":
            return pane == "list"
        return pane != "entities" or self.mode == "wide" or self.drawer

    def go(self, pane: Pane) -> None:
        """Put the focus on a pane, and the pane on the screen."""
        if self.mode == "tiny" and pane != "list":
            self.tell(self.say("screen.list_only"), warning=True)
            return
        if pane == "entities" and self.mode == "medium":
            self.set_reactive(PanesScreen.drawer, True)
        self.at = pane
        self.lay_out()
        # At once: Widget.focus waits its turn, and the next key would go to the old place.
        self.set_focus(self.widget_of(pane))

    def on_lines_focused(self, message: Lines.Focused) -> None:
        for pane in PANES:
            if self.widget_of(pane) is message.pane:
                self.at = pane
        self.refresh_bars()

    def on_input_focus(self) -> None:
        self.refresh_bars()

    # --- bars -----------------------------------------------------------------------------------

    @property
    def place(self) -> Place:
        """Where the user is, for the footer."""
        if self.focused is self.prompt:
            return "search"
        if self.at == "reader" and self.reader.quoting:
            return "quote"
        if self.at == "list" and self.list.ranging:
            return "range"
        return self.at

    def refresh_bars(self) -> None:
        """Keys, breadcrumb, counts and positions for the state of now."""
        if not self.is_mounted:
            return
        place = self.place
        if place == "search":
            pairs = [("Enter", self.say("foot.search.enter")), ("Esc", self.say("foot.search.esc"))]
        else:
            pairs = footer(place, self.lang, self.keymap)
        self.key_bar.show(pairs)
        names = [self.pane_name(pane) for pane in PANES]
        self.crumbs.show(names, PANES.index(self.at))
        self.refresh_status()

    def pane_name(self, pane: Pane) -> str:
        """What the breadcrumb calls a pane."""
        return self.say(f"pane.{pane}")

    def refresh_status(self) -> None:
        """Hits, place, marks and order; a line is all it costs."""
        self.status.show(self._status_parts())

    def _status_parts(self) -> list[str]:
        """Hits, marks, order: shorter the narrower."""
        n = number(self.list.count, self.lang) + ("+" if self.total is None else "")
        at = self.list.cursor + 1 if self.list.count else 0
        if self.only:
            parts = [self.say(f"status.{self.only}_only", at=at, n=n)]
        elif self.query_text.strip():
            parts = [self.say("status.hits", at=at, n=n)]
        else:
            parts = [self.say("status.all", at=at, n=n)]
        if self.marks:
            marked = self.say("status.marked", n=len(self.marks))
            if self.marks_outside and self.mode in ("wide", "medium"):
                marked += " " + self.say("status.outside", n=self.marks_outside)
            parts.append(marked)
        if folded := self.list.listing.folded:
            parts.append(self.say("status.folded", n=folded))
        if self.mode == "narrow":
            # No border to say it.
            subtitle = "" if self.at == "list" else self.widget_of(self.at).border_subtitle
            if subtitle:
                parts.insert(0, str(subtitle))
        if self.mode != "tiny":
            parts.append(self.say(f"sort.{self.effective_sort}"))
        return parts

    @property
    def effective_sort(self) -> Sort:
        """The order of what is listed."""
        raise NotImplementedError

    # --- actions --------------------------------------------------------------------------------

    def action_pane(self, pane: Pane) -> None:
        self.go(pane)

    def action_next_pane(self) -> None:
        self._turn(1)

    def action_previous_pane(self) -> None:
        self._turn(-1)

    def _turn(self, way: int) -> None:
        """The pane beside, around the ends; from the query line to the list."""
        if self.focused is self.prompt:
            self.go("list")
            return
        panes = [pane for pane in PANES if self.mode == "narrow" or self.is_shown(pane)]
        self.go(panes[(panes.index(self.at) + way) % len(panes)] if self.at in panes else "list")

    def action_entities(self) -> None:
        """Open or close the drawer; where panes stand alone, go there and back."""
        if self.mode == "medium":
            self.drawer = not self.drawer
            if not self.drawer and self.at == "entities":
                self.go("reader")
            self.lay_out()
        else:
            self.go("reader" if self.at == "entities" else "entities")

    def action_widen(self, cells: int) -> None:
        if self.mode not in ("wide", "medium"):
            self.tell(self.say("screen.one_pane"))
            return
        if self.at == "entities":
            self.entities_wider += cells
        else:
            self.list_wider += cells
        self.lay_out()

    def action_even(self) -> None:
        self.list_wider = self.entities_wider = 0
        self.lay_out()

    def state_to_keep(self) -> dict[str, Any]:
        """What is remembered in the library for the next time."""
        return {
            "query": self.query_text,
            "sort": self.sort,
            "docid": self.list.docid,
            "drawer": self.drawer,
            "folded": self.reader.folded,
            "copies_folded": self.copies_folded,
            "list_wider": self.list_wider,
            "entities_wider": self.entities_wider,
        }
