"""The knowledge base that ships: ministers, programs, organisations and countries, as data files.

Rows are records; this room reads, writes, joins and checks them, and knows nothing of matching.
"""

from store.kb.base import KnowledgeBase
from store.kb.check import check
from store.kb.rows import read_rows, row_to_json, rows_to_csv

__all__ = ["KnowledgeBase", "check", "read_rows", "row_to_json", "rows_to_csv"]
