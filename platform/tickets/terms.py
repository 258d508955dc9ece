"""The words a ticket is described with, as they are stored."""

from __future__ import annotations

from typing import Literal

Channel = Literal["phone", "web", "text", "email", "walk_in"]
Identity = Literal["identified", "confidential", "anonymous"]
TellBy = Literal["sms", "email", "none"]
# Who may read a note or see a photo. Dispatch is for agents and crews: gate codes,
# dogs, a minor's name; it never reaches the public, the town's export or Open311.
Audience = Literal["public", "town", "dispatch"]
# Who is looking at a reporter.
Viewer = Literal["desk", "town", "crew", "public"]
# How a place was named, and how far to trust it: told in words alone, near, or exact.
PlaceKind = Literal[
    "described", "address", "intersection", "landmark", "asset", "point"
]
Confidence = Literal["described", "near", "exact"]
Step = Literal["on_the_way", "on_site", "done"]
Reason = Literal[
    "done", "not_found", "other_owner", "duplicate", "scheduled", "no_action_policy"
]
