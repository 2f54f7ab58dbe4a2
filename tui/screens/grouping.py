"""Copies of one release: going through them, and folding them in the list."""

from __future__ import annotations

from array import array
from functools import partial

from tui.copies import Listing
from tui.screens.reading import ReadingScreen


class GroupingScreen(ReadingScreen):
    """What the keys do with articles of nearly the same text."""

    def action_copies(self) -> None:
        """List the article with its copies only, and go to the next of them."""
        if self.only == "copies":
            self.list.move_to((self.list.cursor + 1) % max(1, self.list.count))
            return
        docid = self.list.docid
        if docid is None:
            return

        def found(docids: array[int]) -> None:
            if len(docids) < 2:
                self.tell(self.say("copies.none"))
            elif self.list.docid == docid:
                self.list_only("copies")
                at = docids.index(docid)
                self.show_only(docids, keep=docids[(at + 1) % len(docids)])

        self.ask("rows", partial(self.desk.copies_of, docid), found)

    def action_fold_copies(self) -> None:
        """Give of copies only the first a row, or each its own again."""
        self.copies_folded = not self.copies_folded
        if self.only:
            # These lists are never folded: what was asked for is shown.
            self.tell(self.say("copies.fold_on" if self.copies_folded else "copies.fold_off"))
        elif not self.finish_search():
            self.ask(
                "search",
                partial(self.desk.listing, self.list.listing.hits, fold=self.copies_folded),
                self._show_folded,
                newest_only=True,
            )

    def _show_folded(self, listing: Listing) -> None:
        self.list.show(listing, keep=self.list.docid)
        self.count_outside()
        self.refresh_bars()
        if not self.copies_folded:
            self.tell(self.say("copies.fold_off"))
        elif listing.folded:
            self.tell(self.say("copies.folded", n=listing.folded))
        else:
            self.tell(self.say("copies.nothing"))
