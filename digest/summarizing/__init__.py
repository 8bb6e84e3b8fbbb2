"""Summarizing: the sentences that tell a story or an article, word for word as they stand there."""

from digest.summarizing.selection import summarize_article, summarize_story

__all__ = ["summarize_article", "summarize_story"]
