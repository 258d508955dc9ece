"""Whether what was done is what the rules decide: every finished run, replayed.

``keeping`` writes down each event that was decided about, in the transaction that
decided; ``replaying`` decides anew from those rows alone and compares.
"""

from __future__ import annotations

from escalation.conformance.keeping import keep
from escalation.conformance.models import Replayed, RunEvent
from escalation.conformance.replaying import conform, deviations, replay

__all__ = ["Replayed", "RunEvent", "conform", "deviations", "keep", "replay"]
