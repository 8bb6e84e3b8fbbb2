"""Clustering: articles on one event become a story."""

from digest.clustering.stories import ClusteringOptions, group

__all__ = ["ClusteringOptions", "group"]
