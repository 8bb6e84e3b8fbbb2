"""digest: an offline Arabic-to-English morning briefing.

The values that flow through it and the errors it raises; everything else is reached by its module's name.
"""

from digest.errors import DigestError
from digest.model import Article, Briefing, BriefSentence, BriefStory, Document, Doubt, Failure, Story, Translation

__all__ = [
    "Article",
    "BriefSentence",
    "BriefStory",
    "Briefing",
    "DigestError",
    "Document",
    "Doubt",
    "Failure",
    "Story",
    "Translation",
]
