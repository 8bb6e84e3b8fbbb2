"""Group articles into stories: average linkage over the cosine of TF-IDF vectors, within a window of time.

Near copies of one text are one article while stories are formed, and join the story of their original afterwards.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from digest.arabic.names import NAMED, bundled_names
from digest.arabic.vectors import Vector, vector
from digest.clustering.copies import find_copies
from digest.clustering.linkage import average_linkage
from digest.clustering.neighbours import neighbours
from digest.model import Article, Story

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from digest.arabic.names import Name

TITLE_WEIGHT = 2.0
LEAD_WEIGHT = 1.0
LEAD_WORDS = 60
BODY_WORDS = 400
NAME_WEIGHT = 0.5
"""How much of an article is looked at, and how much more the title and the first words count than the rest. Set on the
development set of 203 labelled articles (best pair-F1 0.92; 0.91 without the extra weights)."""

NAMED_WORDS = 200
ELSEWHERE = 0.7
"""How much of the likeness of two articles counts whose titles and first `NAMED_WORDS` words have not one name in common:
two attacks, floods or matches in the same words are two events. It widens the range of good cuts on the development set."""


@dataclass(frozen=True, slots=True)
class ClusteringOptions:
    """When articles are of one story.

    `cut` is the mean cosine distance (0 to 1) up to which two groups of articles are one: from 0.68 to 0.74 the
    development set's pair-F1 stays between 0.91 and 0.93. Articles published further apart than `window` never are.
    """

    cut: float = 0.71
    window: timedelta = timedelta(days=7)


def article_vector(article: Article) -> Vector:
    """Return the vector that stands for an article when stories are formed."""
    text = " ".join(sentence.text for sentence in article.sentences)
    return text_vector("" if article.title_made else article.title, text)


def text_vector(title: str, text: str) -> Vector:
    """Return the vector of a title and a text; names count in their usual spelling as well, so that variants meet."""
    tokens = text.split()
    body = " ".join(tokens[:BODY_WORDS])
    named = dict.fromkeys(m.name for m in bundled_names().find(f"{title}\n{body}") if m.name.kind in NAMED)
    usual = " ".join(name.full.spellings[0] for name in named)
    lead = " ".join(tokens[:LEAD_WORDS])
    return vector([(title, TITLE_WEIGHT), (lead, LEAD_WEIGHT), (body, 1.0), (usual, NAME_WEIGHT)])


def _named_first(article: Article) -> frozenset[Name]:
    """Return the people, places and organisations in an article's title and first words."""
    start = " ".join(" ".join(sentence.text for sentence in article.sentences).split()[:NAMED_WORDS])
    return frozenset(m.name for m in bundled_names().find(f"{article.title}\n{start}") if m.name.kind in NAMED)


def group(articles: Iterable[Article], options: ClusteringOptions) -> tuple[Story, ...]:
    """Return the stories of `articles`, in the order of their ids; every article is in exactly one.

    The result does not depend on the order of `articles`. A story's first article is the one closest to all the others,
    near copies come last. Its id is that of its earliest article, so that it stays when later ones join.
    """
    ordered = sorted(articles, key=lambda article: (article.id, article.origin))
    if not ordered:
        return ()
    vectors = [article_vector(article) for article in ordered]
    pairs = neighbours(vectors, [article.published for article in ordered], options.window)
    copies = find_copies(ordered, pairs)
    about = [_named_first(article) for article in ordered]
    edges = [
        (
            one,
            other,
            likeness if not about[one] or not about[other] or about[one] & about[other] else ELSEWHERE * likeness,
        )
        for one, other, likeness in zip(pairs.first.tolist(), pairs.second.tolist(), pairs.cosine.tolist(), strict=True)
        if one not in copies and other not in copies
    ]
    grouped = average_linkage(len(ordered), edges, 1 - options.cut)
    copies_of: dict[int, list[int]] = {}
    for copy, original in copies.items():
        copies_of.setdefault(original, []).append(copy)
    closeness = _closeness(edges, grouped)
    stories = []
    for members in grouped:
        if members[0] in copies:  # alone, since it has no edges
            continue
        members.sort(key=lambda at: (-closeness.get(at, 0.0), -len(ordered[at].sentences), at))
        own = [(copy, original) for original in members for copy in copies_of.get(original, ())]
        stories.append(
            Story(
                id=min((ordered[at] for at in members), key=_earliest).id,
                articles=tuple(ordered[at] for at in (*members, *(copy for copy, _ in own))),
                copies=tuple((ordered[copy].id, ordered[original].id) for copy, original in own),
            )
        )
    return tuple(sorted(stories, key=lambda story: story.id))


def _earliest(article: Article) -> tuple[int, str]:
    return (article.published.toordinal() if article.published else 10**7, article.id)


def _closeness(edges: Iterable[tuple[int, int, float]], groups: Sequence[Sequence[int]]) -> dict[int, float]:
    """Return for each article the sum of its likenesses to the others of its group."""
    group_of = {member: place for place, members in enumerate(groups) for member in members}
    sums: dict[int, float] = {}
    for one, other, likeness in edges:
        if group_of[one] == group_of[other]:
            sums[one] = sums.get(one, 0.0) + likeness
            sums[other] = sums.get(other, 0.0) + likeness
    return sums
