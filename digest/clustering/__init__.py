"""Clustering: articles on one event become a story, ranked, and linked to what was printed of it before."""
