"""From the text of an article to its mentions, people, and partner countries.

A pipeline over immutable text: every stage emits candidates with exact offsets, a score and the
name of the rule or model that produced them; a merge keeps what does not overlap. This room knows
neither SQLite nor the other rooms; links to the knowledge base come through ``records.Linker``.
Offsets are code points, scores run from 0 to 1.
"""

from store.extract.extractor import Extractor

__all__ = ["Extractor"]
