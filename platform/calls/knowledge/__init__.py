"""Which articles were told to callers, and whether that settled the matter.

An answer that spares a ticket is counted as such only once the caller has had a week
to call again.
"""

from __future__ import annotations

from calls.knowledge.figures import ArticleFigures, article_figures
from calls.knowledge.models import ArticleUse
from calls.knowledge.service import note_article, used_on

__all__ = [
    "ArticleFigures",
    "ArticleUse",
    "article_figures",
    "note_article",
    "used_on",
]
