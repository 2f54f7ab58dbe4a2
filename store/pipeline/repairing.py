"""Mending a library that does not agree with itself."""

from __future__ import annotations

from store.archive import Archive
from store.library import Tell
from store.pipeline.importing import OnProgress, Stop
from store.pipeline.reindexing import renew_index


def repair(
    archive: Archive,
    *,
    sample: int | None = None,
    jobs: int | None = None,
    tell: Tell | None = None,
    on_progress: OnProgress | None = None,
    stop: Stop | None = None,
) -> list[str]:
    """Check, make anew what is derived and wrong, and return what is wrong still.

    ``sample`` and ``tell`` as for ``Archive.check``; ``jobs``, ``on_progress`` and ``stop`` as for
    ``renew_index``, where the index has to be made anew.
    """
    found = archive.problems(sample, tell)
    if not found:
        return []
    wrong = {problem.part for problem in found}
    if "pages" not in wrong:
        if "findings" in wrong:
            archive.mend_findings()
        if "index" in wrong:
            renew_index(archive, jobs=jobs, on_progress=on_progress, stop=stop)
        found = archive.problems(sample, tell)
    return [problem.sentence for problem in found]
