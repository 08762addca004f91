"""Splits: stable, whole groups, none empty."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from parallaxe.dataset.splits import FEWEST_GROUPS, Membership, assign_splits

names = st.text(alphabet="abcdefgh", min_size=1, max_size=4)
corpora = st.dictionaries(names, st.builds(Membership, names, st.booleans()), max_size=40)


@given(corpora)
def test_groups_are_never_divided(articles: dict[str, Membership]) -> None:
    """Articles of one group are in one split."""
    splits = assign_splits(articles)

    assert set(splits) == set(articles)
    assert len({(articles[name].group, split) for name, split in splits.items()}) == len(
        {membership.group for membership in articles.values()}
    )


@given(corpora)
def test_restricted_articles_are_press(articles: dict[str, Membership]) -> None:
    """A restricted article is in `press`, with its whole group; an open group never is."""
    splits = assign_splits(articles)
    closed = {membership.group for membership in articles.values() if not membership.is_open}

    for name, membership in articles.items():
        assert (splits[name] == "press") == (membership.group in closed)


@given(st.sets(names, min_size=FEWEST_GROUPS, max_size=40))
def test_every_split_has_an_article(groups: set[str]) -> None:
    """From `FEWEST_GROUPS` on train, validation and test each have a group."""
    splits = assign_splits({name: Membership(name, is_open=True) for name in groups})

    assert set(splits.values()) == {"train", "validation", "test"}


@given(st.sets(names, max_size=FEWEST_GROUPS - 1))
def test_small_corpora_have_train_alone(groups: set[str]) -> None:
    """Fewer groups are all for training."""
    splits = assign_splits({name: Membership(name, is_open=True) for name in groups})

    assert set(splits.values()) <= {"train"}


@given(st.sets(names, min_size=30, max_size=60), names)
def test_a_newcomer_moves_hardly_anybody(groups: set[str], newcomer: str) -> None:
    """One more article changes the split of at most the two groups that stood in for an empty split."""
    before = assign_splits({name: Membership(name, is_open=True) for name in groups})
    after = assign_splits({name: Membership(name, is_open=True) for name in groups | {newcomer}})

    assert sum(before[name] != after[name] for name in groups) <= 2
