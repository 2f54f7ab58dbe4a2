"""Site clutter inside an article, as spans: what a site put between the sentences of its authors.

Advertising markers, "Baca juga" links, video teasers, embeds, share bars, credits, initials, tag
lists, the outlet in a dateline. The text itself is never touched; the spans are dimmed on screen and
left out of the index. Precision comes first: a sentence of the article must never be covered.
"""

from store.boilerplate.find import Clutter, explain, find

__all__ = ["Clutter", "explain", "find"]
