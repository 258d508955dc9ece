"""Who may do what at the desk: a line for every address below ``/desk``."""

from __future__ import annotations

# The desk: agents, supervisors and administrators. Of which towns, each page asks.
DESK = """
GET /desk
GET /desk/announcements
POST /desk/announcements
POST /desk/announcements/{slug}/{id}/end
GET /desk/callbacks
GET /desk/callbacks/list
POST /desk/callbacks/{slug}/{id}/claim
POST /desk/callbacks/{slug}/{id}/release
POST /desk/callbacks/{slug}/{id}/result
POST /desk/callbacks/{slug}/{id}/ring
GET /desk/calls/{slug}/{call_id}
GET /desk/calls/{slug}/{call_id}/articles
POST /desk/calls/{slug}/{call_id}/articles/{key}/use
GET /desk/calls/{slug}/{call_id}/categories
POST /desk/calls/{slug}/{call_id}/claim
GET /desk/calls/{slug}/{call_id}/controls
POST /desk/calls/{slug}/{call_id}/departure
POST /desk/calls/{slug}/{call_id}/disposition
POST /desk/calls/{slug}/{call_id}/draft
GET /desk/calls/{slug}/{call_id}/elsewhere
POST /desk/calls/{slug}/{call_id}/end
POST /desk/calls/{slug}/{call_id}/flags
POST /desk/calls/{slug}/{call_id}/flags/{flag_id}/end
POST /desk/calls/{slug}/{call_id}/flags/{flag_id}/renewal
POST /desk/calls/{slug}/{call_id}/handover
GET /desk/calls/{slug}/{call_id}/history
POST /desk/calls/{slug}/{call_id}/hold
POST /desk/calls/{slug}/{call_id}/hold/end
GET /desk/calls/{slug}/{call_id}/instructions
POST /desk/calls/{slug}/{call_id}/instructions/{key}/receipt
POST /desk/calls/{slug}/{call_id}/known
POST /desk/calls/{slug}/{call_id}/known-event/{event_id}
POST /desk/calls/{slug}/{call_id}/known-ticket/{ticket_id}
POST /desk/calls/{slug}/{call_id}/legs
POST /desk/calls/{slug}/{call_id}/legs/{leg_id}/end
GET /desk/calls/{slug}/{call_id}/line
GET /desk/calls/{slug}/{call_id}/map
GET /desk/calls/{slug}/{call_id}/places
GET /desk/calls/{slug}/{call_id}/places/others
POST /desk/calls/{slug}/{call_id}/recording/pause
POST /desk/calls/{slug}/{call_id}/recording/resumption
POST /desk/calls/{slug}/{call_id}/redial
POST /desk/calls/{slug}/{call_id}/referral
POST /desk/calls/{slug}/{call_id}/services
GET /desk/calls/{slug}/{call_id}/targets
POST /desk/calls/{slug}/{call_id}/ticket
POST /desk/calls/{slug}/{call_id}/told
POST /desk/calls/{slug}/{call_id}/town
POST /desk/calls/{slug}/{call_id}/warnings
GET /desk/calls/{slug}/{call_id}/whose
GET /desk/calls/{slug}/{call_id}/wrap-up
GET /desk/dials
GET /desk/dials/{slug}/{id}
POST /desk/dials/{slug}/{id}/claim
GET /desk/dials/{slug}/{id}/news
POST /desk/dials/{slug}/{id}/release
POST /desk/dials/{slug}/{id}/result
GET /desk/events/{slug}
POST /desk/events/{slug}
GET /desk/events/{slug}/{event_id}
POST /desk/events/{slug}/{event_id}
POST /desk/events/{slug}/{event_id}/ending
GET /desk/handover
POST /desk/handover
POST /desk/handover/notes
GET /desk/handover/now
POST /desk/handover/{shift}/signature
POST /desk/here
GET /desk/instructions
POST /desk/instructions/{slug}/{key}/receipt
GET /desk/known-events
GET /desk/messages/{slug}/{id}
GET /desk/minders
POST /desk/minders
GET /desk/minders/{slug}/{id}
POST /desk/minders/{slug}/{id}/done
POST /desk/minders/{slug}/{id}/owner
POST /desk/minders/{slug}/{id}/snooze
GET /desk/news
POST /desk/news/{slug}/{number}/receipt
GET /desk/next
POST /desk/next
GET /desk/phone
POST /desk/phone
GET /desk/phone/sdk.js
GET /desk/phone/token
GET /desk/recordings/{slug}/{recording_id}
GET /desk/reviews
GET /desk/reviews/{slug}/{call_id}
POST /desk/reviews/{slug}/{call_id}/answer
GET /desk/runs
GET /desk/sheets
GET /desk/sheets/{slug}
POST /desk/sheets/{slug}/entries
POST /desk/sheets/{slug}/prints
POST /desk/sheets/{slug}/questions
POST /desk/state
GET /desk/stream
GET /desk/tasks
GET /desk/tasks/{slug}/{task_id}
POST /desk/tasks/{slug}/{task_id}/result
GET /desk/tickets
GET /desk/tickets/{slug}/{ticket_id}
POST /desk/tickets/{slug}/{ticket_id}/event
POST /desk/tickets/{slug}/{ticket_id}/level
GET /desk/tickets/{slug}/{ticket_id}/relay
POST /desk/tickets/{slug}/{ticket_id}/reporters/{reporter_id}/own-ticket
GET /desk/towns/{slug}/mark.svg
GET /desk/waiting
"""

# What of the desk is for supervisors and administrators alone.
FLOOR = """
GET /desk/flags
GET /desk/flags/everywhere/{flag_id}
POST /desk/flags/everywhere/{flag_id}/end
POST /desk/flags/everywhere/{flag_id}/renewal
GET /desk/flags/{slug}/{flag_id}
POST /desk/flags/{slug}/{flag_id}/end
POST /desk/flags/{slug}/{flag_id}/renewal
GET /desk/floor
GET /desk/floor/agents/{account_id}
POST /desk/floor/agents/{account_id}/languages
GET /desk/floor/now
GET /desk/measures
POST /desk/reviews/{slug}/{call_id}
POST /desk/reviews/{slug}/{call_id}/exclusion
"""

# The operator's own affairs, for administrators alone: new towns, and who answers.
ADMINISTRATORS = """
GET /desk/staff
POST /desk/staff/invitations
POST /desk/staff/invitations/{slug}/{invitation_id}/again
POST /desk/staff/invitations/{slug}/{invitation_id}/withdraw
POST /desk/staff/{account_id}/end
POST /desk/staff/{account_id}/role
GET /desk/towns/new
POST /desk/towns/new
GET /desk/towns/{slug}/start
POST /desk/towns/{slug}/start/drill
"""
