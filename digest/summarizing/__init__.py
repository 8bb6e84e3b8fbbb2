"""Summarizing: the sentences that tell a story or an article, word for word as they stand there."""

from digest.summarizing.lead import summarize_article, summarize_to_length
from digest.summarizing.selection import summarize_story

__all__ = ["summarize_article", "summarize_story", "summarize_to_length"]
