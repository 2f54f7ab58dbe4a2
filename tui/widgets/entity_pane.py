"""The entity pane: who and what an article names, grouped by type.

Each entity takes a line with its counts, people a second one for the role. The cursor stands on
entities only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.segment import Segment
from rich.style import Style
from textual.message import Message

from store.records import MentionType
from tui.display import fit, pad, wrap
from tui.entities import Counts, PaneEntity
from tui.lang import Lang, number, text
from tui.render import entity_line, type_heading
from tui.widgets.lines import Lines

ROLE_LINES = 3
"""A role takes at most that many lines."""


@dataclass(frozen=True, slots=True)
class PaneLine:
    """One line: the heading of a type, an entity, or more about the entity above it."""

    type: MentionType
    entity: PaneEntity | None = None
    more: str | None = None
    count: int = 0


class EntityPane(Lines):
    """The entities of the article that is read."""

    class Chosen(Message):
        """The cursor came to another entity (by the user's hand)."""

        def __init__(self, entity: PaneEntity) -> None:
            super().__init__()
            self.entity = entity

    def __init__(self, *, id: str, lang: Lang) -> None:
        super().__init__(id=id)
        self.lang: Lang = lang
        self._entities: tuple[PaneEntity, ...] = ()
        self._counts: Counts = {}
        self._pane_lines: list[PaneLine] = []
        self._laid_out = 0
        self._count_cells = (1, 1)

    @property
    def entities(self) -> tuple[PaneEntity, ...]:
        return self._entities

    @property
    def entity(self) -> PaneEntity | None:
        """The entity of the cursor."""
        if not self._pane_lines:
            return None
        return self._pane_lines[min(self.cursor, len(self._pane_lines) - 1)].entity

    def show(self, entities: Sequence[PaneEntity], counts: Counts) -> None:
        """List these entities; the cursor goes to the first."""
        self._entities = tuple(entities)
        self._counts = counts
        here = [len(str(len(entity.spans))) for entity in entities]
        library = [len(number(articles, self.lang)) for articles, _ in counts.values()]
        self._count_cells = max(here, default=1), max(library, default=1)
        self._cursor = 0
        self._lay_out()
        self._cursor = self._nearest(0, 1) if self._pane_lines else 0
        self.scroll_to_line(0)

    def select(self, key: str | None) -> None:
        """Put the cursor on the entity with that key, without telling anyone."""
        for at, line in enumerate(self._pane_lines):
            if line.entity is not None and line.more is None and line.entity.key == key:
                before, self._cursor = self._cursor, at
                if before != at:
                    self.reveal(at)
                    self.refresh()
                return

    # --- lines ----------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        """Entities as lines for the width of now."""
        self._laid_out = self.scrollable_content_region.width
        lines: list[PaneLine] = []
        width = max(8, self._laid_out - 6)
        seen: set[MentionType] = set()
        for entity in self._entities:
            if entity.type not in seen:
                count = sum(1 for other in self._entities if other.type is entity.type)
                lines.append(PaneLine(entity.type, count=count))
                seen.add(entity.type)
            lines.append(PaneLine(entity.type, entity))
            lines.extend(PaneLine(entity.type, entity, more) for more in self._more(entity, width))
        self._pane_lines = lines
        self.set_count(len(lines))

    def _more(self, entity: PaneEntity, width: int) -> list[str]:
        """What stands below an entity: role, value, or the candidates of a doubtful link."""
        parts: list[str] = []
        if entity.role:
            role = text("pane.known", self.lang) + entity.role if entity.role_known else entity.role
            parts.append(role)
        if entity.value:
            parts.append(f"= {entity.value}")
        if entity.entity is None and entity.candidates:
            names = ", ".join(candidate.name for candidate in entity.candidates[:3])
            parts.append(text("pane.candidates", self.lang, names=names))
        lines: list[str] = []
        for part in parts:
            shown = fit(part, width * ROLE_LINES)
            lines += [shown[start:end] for start, end in wrap(shown, width)][:ROLE_LINES]
        return lines

    def on_resize(self) -> None:
        if self.scrollable_content_region.width != self._laid_out:
            key = self.entity.key if self.entity else None
            self._lay_out()
            self.select(key)

    # --- painting and moving --------------------------------------------------------------------

    def paint(self, line: int, width: int, base: Style) -> list[Segment]:
        look = self.look
        item = self._pane_lines[line]
        entity = item.entity
        if entity is None:
            return type_heading(item.type, item.count, base, look, self.lang)
        if entity is self.entity:
            base += look.cursor if self.has_focus else look.cursor_away
        if item.more is not None:
            style = base + look.quiet + Style(italic=entity.role_known)
            return [Segment("    ", base), Segment(pad(item.more, width - 4), style)]
        return entity_line(
            entity.name,
            entity.type,
            f"{entity.country}?" if entity.country_guessed else entity.country,
            self._count_of(entity),
            width,
            base,
            look,
            linked=not (entity.entity is None and entity.candidates),
        )

    def _count_of(self, entity: PaneEntity) -> str:
        """Mentions here and articles in the library, in columns as wide as this article needs."""
        here_cells, library_cells = self._count_cells
        counts = self._counts.get(entity.key)
        library = number(counts[0], self.lang) if counts else ""
        return f"{len(entity.spans):>{here_cells}}  {library:>{library_cells}}"

    def stops_at(self, line: int) -> bool:
        item = self._pane_lines[line]
        return item.entity is not None and item.more is None

    def cursor_moved(self) -> None:
        self.refresh()  # the line below belongs to the entity too
        if self.entity is not None:
            self.post_message(self.Chosen(self.entity))

    def action_up(self) -> None:
        super().action_up()
        if self._pane_lines and self.cursor == self._nearest(0, 1):
            self.scroll_to_line(0)  # the first heading comes into view too
