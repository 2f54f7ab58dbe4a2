"""Typed queries to ranked answers: parse, plan, ask the index, show why.

Reads a library through the archive's connection and never writes to it.
"""

from __future__ import annotations

from store.search.engine import Searcher
from store.search.plan import Plan
from store.search.query import FIELDS, Query, parse
from store.search.render import Chip, chips, render, without

__all__ = ["FIELDS", "Chip", "Plan", "Query", "Searcher", "chips", "parse", "render", "without"]
