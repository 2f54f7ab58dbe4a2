"""PDF and DOCX, where the optional readers are installed."""

from __future__ import annotations

import io
import logging

from store.ingest.text import text_article
from store.ingest.unit import Part, Unit
from store.records import Article, Failure

_MISSING = 'Reading {0} needs an extra: install it with pip install "bilat-tui[documents]".'


def parse_pdf(unit: Unit, part: Part, ref: str) -> Article | Failure:
    """The text of all pages of a PDF."""
    try:
        import pypdf
    except ImportError:
        return Failure(unit.name, _MISSING.format("PDF"))
    # It reports each repaired fault of a file; what matters comes as an error.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = pypdf.PdfReader(io.BytesIO(part.data))
        text = "\n".join(page.extract_text() for page in reader.pages)
    except (
        pypdf.errors.PyPdfError,
        ValueError,
        KeyError,
        TypeError,
        RecursionError,
        OSError,
    ) as error:
        return Failure(
            unit.name, f"The PDF cannot be read ({error}): save it anew, or copy its text."
        )
    if not text.strip():
        return Failure(
            unit.name, "The PDF holds no text (a scan?): run text recognition on it first."
        )
    return text_article(unit, part, ref, text)


def parse_docx(unit: Unit, part: Part, ref: str) -> Article | Failure:
    """The paragraphs of a Word document."""
    try:
        import docx
    except ImportError:
        return Failure(unit.name, _MISSING.format("DOCX"))
    from zipfile import BadZipFile

    try:
        paragraphs = docx.Document(io.BytesIO(part.data)).paragraphs
    except (BadZipFile, ValueError, KeyError, OSError) as error:
        return Failure(unit.name, f"The document cannot be read ({error}): save it anew as DOCX.")
    text = "\n".join(paragraph.text for paragraph in paragraphs)
    if not text.strip():
        return Failure(unit.name, "The document holds no text: nothing to import, leave it out.")
    return text_article(unit, part, ref, text)
