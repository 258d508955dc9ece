"""Counts what became of every promise, from plain SQL and the carrier's own log.

Shares no code with the product: what the carrier took is matched to attempts by the
addresses it called back, by the marks of letters, and by the tokens in the words.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from urllib.parse import quote

from tests.chaos.census import CENSUS
from tests.chaos.rest import Row, Scene, ask

CALLED_BACK = re.compile(r"/hooks/twilio/(?:[a-z-]+)/[A-Z]{3}/([0-9a-f-]{36})")
LINK = re.compile(r"/r/([A-Z]{3})/([a-z0-9]{12})")

# States that say: the carrier has it. Its own log must agree.
WITH_THE_CARRIER = frozenset({"accepted", "sent", "delivered", "undelivered"})
# Ended, in sight of whoever looks at the ticket.
ENDED = frozenset({"answered", "failed", "suppressed", "cancelled", "expired"})


@dataclass(frozen=True, slots=True)
class Count:
    """Each list names what was found, so that a red run can be looked into."""

    promises: int
    due: int
    attempts: int
    accepted: int
    still_ambiguous: list[str]
    lost: list[str]
    doubled: list[str]
    doubled_unlogged: list[str]
    after_acceptance: list[str]
    wrong_town: list[str]
    unexplained: list[str]
    unlogged: list[str]
    stranded: list[str]
    tickets_missing: list[str]
    tickets_doubled: list[str]

    @property
    def faults(self) -> dict[str, list[str]]:
        """What must be empty."""
        return {
            "lost": self.lost,
            "doubled without a logged ambiguity": self.doubled_unlogged,
            "sent after acceptance": self.after_acceptance,
            "told to the wrong town": self.wrong_town,
            "accepted by the carrier, and nobody's": self.unexplained,
            "attempts the log does not know": self.unlogged,
            "tickets without timer or end": self.stranded,
            "tickets acknowledged and gone": self.tickets_missing,
            "tickets made twice of one key": self.tickets_doubled,
        }


@dataclass(slots=True)
class Taken:
    """What the carrier accepted, by the attempt that asked for it."""

    sids: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    unexplained: list[str] = field(default_factory=list)
    wrong_town: list[str] = field(default_factory=list)


def count(scene: Scene, carrier_url: str, *, kept: Iterable[str]) -> Count:
    """``kept`` are the keys of the tickets that the desk was told are saved."""
    attempts, promises, history = scene.attempts, scene.promises, scene.history
    made = scene.tickets
    taken = _taken(carrier_url, scene)
    of_each = _by_notification(attempts, taken)
    doubled = [id for id, sids in of_each.items() if len(sids) > 1]
    logged = {str(each["facts"].get("attempt")) for each in history}
    return Count(
        promises=len(promises),
        due=sum(each["is_due"] for each in promises),
        attempts=len(attempts),
        accepted=sum(map(len, of_each.values())),
        still_ambiguous=[p["key"] for p in promises if p["state"] == "ambiguous"],
        lost=[
            f"{each['key']} ({each['state']})"
            for each in promises
            if _is_lost(each, of_each)
        ],
        doubled=doubled,
        doubled_unlogged=sorted(set(doubled) - _doubted(attempts, history)),
        after_acceptance=list(_after_acceptance(history)),
        wrong_town=taken.wrong_town,
        unexplained=taken.unexplained,
        unlogged=[a["id"] for a in attempts if a["run"] and a["id"] not in logged],
        stranded=scene.stranded,
        tickets_missing=sorted(set(kept) - set(made)),
        tickets_doubled=sorted({key for key in made if made.count(key) > 1}),
    )


def _is_lost(promise: Row, accepted: dict[str, set[str]]) -> bool:
    """It was due, and has neither ended nor been handed over, as the carrier says too.

    What was merged is with the carrier, or ended, as the message that lists it is.
    """
    if not promise["is_due"]:
        return False
    merged = promise["state"] == "merged"
    state = promise["carriers_state"] if merged else promise["state"]
    if state in ENDED:
        return False
    return state not in WITH_THE_CARRIER or not accepted.get(promise["carrier"])


def _taken(carrier_url: str, scene: Scene) -> Taken:
    log = ask(carrier_url, "/oracle/log")
    by_id = {each["id"]: each for each in scene.attempts}
    by_token = {each["token"]: each for each in scene.attempts}
    by_sid = {each["sid"]: each for each in scene.attempts if each["sid"]}
    called = {
        entry["sid"]: found[1]
        for entry in log
        if entry["what"] == "webhook" and (found := CALLED_BACK.search(entry["detail"]))
    }
    called |= _marks(carrier_url, log)
    # Replies to a person's text are accepted too, but nobody asked the API for them.
    asked_for = {entry["sid"] for entry in log if entry["what"] == "told"}
    taken = Taken()
    for entry in log:
        if entry["what"] != "accepted" or entry["sid"] not in asked_for:
            continue
        link = LINK.search(entry["body"])
        attempt = (
            by_id.get(called.get(entry["sid"], ""))
            or (by_token.get(link[2]) if link else None)
            or by_sid.get(entry["sid"])
        )
        if attempt is None and entry["seq"] > scene.known:
            continue
        if attempt is None:
            taken.unexplained.append(f"{entry['sid']} to {entry['to']}")
            continue
        taken.sids[attempt["id"]].add(entry["sid"])
        if _is_astray(entry, attempt["slug"], link):
            taken.wrong_town.append(f"{entry['sid']} to {entry['to']}")
    return taken


def _is_astray(entry: Row, slug: str, link: re.Match[str] | None) -> bool:
    """Said to somebody, by a line, or with a link, that is not that town's."""
    home = next(each for each in CENSUS if each.slug == slug)
    by_its_line = entry["channel"] == "mail" or entry["from"] in home.lines
    of_its_own = link is None or link[1] == home.prefix
    return not (entry["to"] in home.reachable and by_its_line and of_its_own)


def _marks(carrier_url: str, log: Sequence[Row]) -> dict[str, str]:
    """A letter carries its attempt in its custom arguments."""
    boxes = {entry["to"] for entry in log if entry["channel"] == "mail"}
    return {
        letter["sid"]: letter["marks"].get("attempt", "")
        for box in boxes
        for letter in ask(carrier_url, f"/mail/{quote(box)}")
    }


def _by_notification(attempts: Sequence[Row], taken: Taken) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for each in attempts:
        found[each["notification"]] |= taken.sids.get(each["id"], set())
    return found


def _doubted(attempts: Sequence[Row], history: Sequence[Row]) -> set[str]:
    """The notifications of which the log says that nobody knew."""
    doubts = {
        each["facts"]["attempt"]
        for each in history
        if each["event"] == "relay.ambiguous"
    }
    return {each["notification"] for each in attempts if each["id"] in doubts}


def _after_acceptance(history: Sequence[Row]) -> Iterator[str]:
    """Walk each ticket's log: between acceptance and reopening no intent may stand."""
    at_rest: set[str] = set()
    for each in history:
        subject, event = each["subject"], each["event"]
        in_hand = event == "relay.accepted" and "still_needed" not in each["facts"]
        if in_hand or event == "relay.closed":
            at_rest.add(subject)
        elif event in {"relay.reopened", "relay.started"}:
            at_rest.discard(subject)
        elif event == "relay.attempted" and subject in at_rest:
            yield str(each["facts"]["attempt"])
