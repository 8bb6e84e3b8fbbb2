"""Ways to group articles that digest is compared with, each from texts and a threshold to group numbers."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING

import numpy as np
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import squareform
from sklearn.cluster import HDBSCAN
from sklearn.feature_extraction.text import TfidfVectorizer

from digest.arabic.stems import stems
from digest.arabic.text import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from numpy.typing import NDArray

    Labels = list[int]
    Clustering = Callable[[float], Labels]

CUTS = [round(0.50 + 0.01 * step, 2) for step in range(49)]
"""Distances that every peer's threshold is looked for among."""
SIZES = [2.0, 3.0, 4.0, 5.0]
"""Smallest clusters that HDBSCAN's is looked for among."""


def peers(texts: Sequence[str]) -> dict[str, tuple[Clustering, Sequence[float]]]:
    """Return the peers by name, each ready on `texts` (title and body), with the thresholds to try."""
    by_stems = _cosines(TfidfVectorizer(analyzer=stems, sublinear_tf=True), texts)
    by_characters = _cosines(
        TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True, min_df=2), [fold(t) for t in texts]
    )
    return {
        "stems, average linkage": (_linkage(by_stems, "average"), CUTS),
        "characters 3-5, complete linkage": (_linkage(by_characters, "complete"), CUTS),
        "characters 3-5, average linkage": (_linkage(by_characters, "average"), CUTS),
        "stems, HDBSCAN": (_hdbscan(by_stems), SIZES),
        "stems, single-pass centroid": (_single_pass(by_stems), CUTS),
        "every article alone": (lambda _: list(range(len(texts))), [0.0]),
    }


def _cosines(vectorizer: TfidfVectorizer, texts: Sequence[str]) -> NDArray[np.float64]:
    vectors = vectorizer.fit_transform(texts)
    cosines: NDArray[np.float64] = (vectors @ vectors.T).toarray()
    return cosines


def _linkage(cosines: NDArray[np.float64], method: str) -> Clustering:
    distance = np.clip(1 - cosines, 0, 1)
    np.fill_diagonal(distance, 0)
    tree = linkage(squareform(distance, checks=False), method=method)
    return lambda cut: [int(label) for label in fcluster(tree, cut, criterion="distance")]


def _hdbscan(cosines: NDArray[np.float64]) -> Clustering:
    distance = np.clip(1 - cosines, 0, 1)

    def cluster(size: float) -> Labels:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", FutureWarning)
            found = HDBSCAN(min_cluster_size=int(size), metric="precomputed").fit_predict(distance.copy())
        # What it calls noise is a story of its own.
        return [int(label) if label >= 0 else -1 - at for at, label in enumerate(found)]

    return cluster


def _single_pass(cosines: NDArray[np.float64]) -> Clustering:
    """Each article joins the group with the closest centroid so far, or begins one. Only cosines are needed for that."""

    def cluster(cut: float) -> Labels:
        groups: list[list[int]] = []
        for at in range(len(cosines)):
            likeness = [float(cosines[at, g].mean() / np.sqrt(cosines[np.ix_(g, g)].mean())) for g in groups]
            best = int(np.argmax(likeness)) if likeness else -1
            if best >= 0 and likeness[best] >= 1 - cut:
                groups[best].append(at)
            else:
                groups.append([at])
        return _labels(groups, len(cosines))

    return cluster


def _labels(groups: Iterable[Iterable[int]], count: int) -> Labels:
    labels = [0] * count
    for number, members in enumerate(groups):
        for member in members:
            labels[member] = number
    return labels
