"""What happens between a ticket's opening and the resident's last word about it.

``rules`` decides when and whom, ``service`` acts, ``watcher`` and ``jobs`` are the two
ways in: what happens to a ticket, and what falls due.
"""

from __future__ import annotations

from surveys.holders import HOLDERS, Holder
from surveys.jobs import tick
from surveys.models import Invitation, Response, Solved, Task
from surveys.queries import Answered, Owed, Result, answered, result, tasks
from surveys.rules import Estimate
from surveys.service.responses import (
    AlreadyAnswered,
    Answers,
    NoSuchSurvey,
    answer,
    invitation,
    refuse,
)
from surveys.service.tasks import TaskAlreadyDone, finish_task
from surveys.watcher import NewsListener, TicketWatcher

__all__ = [
    "HOLDERS",
    "AlreadyAnswered",
    "Answered",
    "Answers",
    "Estimate",
    "Holder",
    "Invitation",
    "NewsListener",
    "NoSuchSurvey",
    "Owed",
    "Response",
    "Result",
    "Solved",
    "Task",
    "TaskAlreadyDone",
    "TicketWatcher",
    "answer",
    "answered",
    "finish_task",
    "invitation",
    "refuse",
    "result",
    "tasks",
    "tick",
]
