"""What must not last among promises, attempts and reports, and the figures of both.

Each selection is of one town, ``t.id``, and leads with the index named beside it.
"""

from __future__ import annotations

from notify.service import mending
from townline.watch import Check, Reading

CHECKS = (
    # ix_notification_unsettled. Whoever is alive takes a claim over at 30 seconds.
    Check(
        name="stuck_in_sending",
        broken="""
select n.id from notification n
where n.tenant_id = t.id and n.state = 'sending'
and (n.look_at is null or n.look_at < :at - interval '30 seconds')
""",
        mend=mending.doubt_stuck,
    ),
    # ix_notification_due. An emergency leaves within milliseconds.
    Check(
        name="emergency_overdue",
        broken="""
select n.id from notification n
where n.tenant_id = t.id and n.state in ('pending', 'held') and n.lane = 1
and n.due_at < :at - interval '60 seconds'
order by n.due_at
""",
        mend=mending.release_overdue,
    ),
    # A storm may well take a quarter of an hour to send; see the lag of lane 2.
    Check(
        name="overdue",
        broken="""
select n.id from notification n
where n.tenant_id = t.id and n.state in ('pending', 'held') and n.lane = 2
and n.due_at < :at - interval '60 seconds'
order by n.due_at
""",
        mend=mending.release_overdue,
        grave=False,
    ),
    # ix_notification_due. An agent has not taken what waits to be dialled by hand.
    Check(
        name="dialling_untaken",
        broken="""
select n.id from notification n
where n.tenant_id = t.id and n.state in ('pending', 'held') and n.lane = 3
and n.due_at < :at - interval '120 seconds'
order by n.due_at
""",
        grave=False,
    ),
    # ix_notification_unsettled. A look is due every few seconds.
    Check(
        name="ambiguous_unwatched",
        broken="""
select n.id from notification n
where n.tenant_id = t.id and n.state = 'ambiguous'
and (n.look_at is null or n.look_at < :at - interval '60 seconds')
""",
        mend=mending.look_again,
    ),
    # The same. Texts and calls settle in 15 seconds, letters in two minutes: past ten
    # minutes the carrier's own list has not been readable all the while.
    Check(
        name="ambiguous_too_long",
        broken="""
select n.id from notification n
join attempt a on a.tenant_id = t.id and a.notification_id = n.id
and a.number = n.tries
where n.tenant_id = t.id and n.state = 'ambiguous'
and a.status_at < :at - interval '10 minutes'
""",
    ),
    # ix_notification_merged. What becomes of a message becomes of all that it lists.
    Check(
        name="merged_in_vain",
        broken="""
select n.id from notification n
left join notification c on c.tenant_id = t.id and c.id = n.carried_by
where n.tenant_id = t.id and n.state = 'merged'
and n.promised_at > :at - interval '24 hours'
and n.promised_at < :at - interval '60 seconds'
and (c.id is null or c.state in (
  'pending', 'held', 'failed', 'cancelled', 'suppressed', 'expired'
))
""",
        mend=mending.send_alone,
    ),
    # ix_provider_event_unapplied. A worker joins them every second.
    Check(
        name="event_unapplied",
        broken="""
select e.id from provider_event e
where e.tenant_id = t.id and e.applied_at is null
and e.received_at < :at - interval '60 seconds'
and e.received_at > :at - interval '24 hours'
and exists (
  select from attempt a where a.tenant_id = t.id and a.id = e.attempt_id
)
""",
        mend=mending.join_events,
    ),
    # ix_hang_up_waiting. Somebody is being rung for what another has already.
    Check(
        name="call_not_hung_up",
        broken="""
select h.id from hang_up h
join attempt a on a.tenant_id = t.id and a.id = h.attempt_id
and a.sid is not null
where h.tenant_id = t.id and h.done_at is null
and h.asked_at < :at - interval '60 seconds'
""",
    ),
)

_OLDEST_DUE = """
select extract(epoch from :at - n.due_at) as value from notification n
where n.tenant_id = t.id and n.state in ('pending', 'held') and n.lane = {lane}
and n.due_at <= :at
and n.why = ''
order by n.due_at
"""
PROVIDERS = ("twilio", "sendgrid", "smtp")
LANES = {"emergency": 1, "common": 2, "desk": 3}
READINGS = (
    *(
        Reading(
            name="townline_message_lag_seconds",
            meaning="How long the oldest message that is due has waited, by lane.",
            rows=f"{_OLDEST_DUE.format(lane=number)} limit 1",
            labels={"lane": lane},
        )
        for lane, number in LANES.items()
    ),
    *(
        Reading(
            name="townline_ways_out_of_order",
            meaning="Senders of towns whose breaker is open, by provider.",
            rows=f"""
select 1 as value from circuit c
where c.tenant_id = t.id and c.provider = '{provider}' and c.open_until > :at
""",  # noqa: S608 - one of three words above
            value="count(value)",
            labels={"provider": provider},
        )
        for provider in PROVIDERS
    ),
    Reading(
        name="townline_lease_age_seconds",
        meaning="How long ago the oldest claim that is still being sent was made.",
        rows="""
select extract(epoch from :at - n.look_at) + 30 as value from notification n
where n.tenant_id = t.id and n.state = 'sending'
order by n.look_at limit 1
""",
    ),
    Reading(
        name="townline_messages_ambiguous",
        meaning="Messages of which nobody knows yet whether a carrier took them.",
        rows="""
select 1 as value from notification n
where n.tenant_id = t.id and n.state = 'ambiguous'
""",
        value="count(value)",
    ),
    Reading(
        name="townline_events_unapplied",
        meaning="Reports of the last day that name nothing known, or are not applied.",
        rows="""
select 1 as value from provider_event e
where e.tenant_id = t.id and e.applied_at is null
and e.received_at > :at - interval '24 hours'
""",
        value="count(value)",
    ),
)
