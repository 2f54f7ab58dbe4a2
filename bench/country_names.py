"""Rewrite the CLDR rows of ``store/kb/countries.csv`` (needs Babel; run once per CLDR release).

    python -m bench.country_names

Rows whose source is not CLDR are kept as they are: they are written by hand.
"""

from __future__ import annotations

import csv
from pathlib import Path

from babel import Locale, __version__
from babel.core import get_global

TABLE = Path(__file__).resolve().parent.parent / "store" / "kb" / "countries.csv"
FIELDS = ("code", "form", "kind", "source")

# CLDR regions that are no country: outlying groups, pseudo locales, unknown.
NOT_REGIONS = {"AC", "CP", "DG", "EA", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"}

# ISO 3166-1 codes of territories that are not states: they can be looked up by name, but a mention
# of one is a place. Source: United Nations member and observer states; Kosovo and Taiwan are
# treated as partner economies by the Indonesian press and stay.
TERRITORIES = frozenset(
    "AI AQ AS AW AX BL BM BQ BV CC CK CW CX EH FK FO GF GG GI GL GP GS GU HK HM IM IO JE KY MF MO "  # noqa: SIM905
    "MP MQ MS NC NF NU PF PM PN PR RE SH SJ SX TC TF TK UM VG VI WF YT".split()
)


def cldr_rows() -> list[dict[str, str]]:
    """One name row and one English row per region."""
    source = f"CLDR (Babel {__version__})"
    indonesian, english = Locale("id").territories, Locale("en").territories
    rows = []
    for code in sorted(indonesian):
        if len(code) != 2 or not code.isalpha() or code in NOT_REGIONS:
            continue
        state = code not in TERRITORIES
        rows.append((code, indonesian[code], "name" if state else "territory", source))
        if english[code] != indonesian[code]:
            rows.append((code, english[code], "english" if state else "territory", source))
    return [dict(zip(FIELDS, row, strict=True)) for row in rows]


def main() -> None:
    assert get_global("territory_aliases"), "Babel without its data"
    with TABLE.open(encoding="utf-8", newline="") as file:
        by_hand = [row for row in csv.DictReader(file) if not row["source"].startswith("CLDR")]
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, FIELDS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(cldr_rows())
        writer.writerows(by_hand)


if __name__ == "__main__":
    main()
