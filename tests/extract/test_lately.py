"""A memory that forgets what was not asked for lately, and never more than it must."""

from hypothesis import given
from hypothesis import strategies as st

from store.extract.lately import Lately


@given(st.lists(st.integers(0, 12)), st.integers(2, 8))
def test_remembers_the_latest_half_and_stays_small(keys: list[int], most: int) -> None:
    kept: Lately[int, str] = Lately(most)
    latest: list[int] = []
    for key in keys:
        value = kept.get(key)
        assert value in (None, str(key))
        if key in latest[: most // 2]:
            assert value is not None
        if value is None:
            kept.keep(key, str(key))
        latest = [key, *(other for other in latest if other != key)]
        assert len(kept.young) <= most // 2


def test_what_is_asked_for_again_and_again_stays() -> None:
    kept: Lately[int, int] = Lately(4)
    kept.keep(0, 7)
    for other in range(1, 100):
        kept.keep(other, other)
        assert kept.get(0) == 7
    assert kept.get(1) is None
