"""Cleaning: a document as scraped becomes its articles; every line is judged and nothing is dropped unseen."""

from digest.cleaning.articles import clean, judge_document
from digest.cleaning.furniture import find_furniture
from digest.cleaning.judge import judge
from digest.cleaning.ruleset import RuleSet, bundled_rules, load_rules

__all__ = ["RuleSet", "bundled_rules", "clean", "find_furniture", "judge", "judge_document", "load_rules"]
