"""Cleaning: a document as scraped becomes its articles; every line is judged and nothing is dropped unseen."""

from digest.cleaning.articles import clean
from digest.cleaning.judge import judge
from digest.cleaning.ruleset import RuleSet, bundled_rules

__all__ = ["RuleSet", "bundled_rules", "clean", "judge"]
