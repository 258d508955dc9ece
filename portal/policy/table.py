"""Who may do what: a line for every address there is, and none for any other.

``{names}`` stand for whatever is in that place of the address. What is not written
here is refused to everybody.
"""

from __future__ import annotations

from portal.policy.desk import ADMINISTRATORS, DESK, FLOOR

__all__ = [
    "ADMINISTRATORS",
    "ANYBODY",
    "DESK",
    "FLOOR",
    "KEYS",
    "MANAGERS",
    "OPEN",
    "PROVEN",
    "READERS",
    "SIGNED_IN",
    "WORKERS",
]

# Signing in, and what a resident or a machine that watches may ask without it.
ANYBODY = """
GET /
GET /login
POST /login
GET /login/code
POST /login/code
GET /login/enrol
POST /login/enrol
GET /login/with
GET /login/with/town
GET /login/with/{slug}
GET /login/with/{slug}/back
POST /logout
GET /style/mine.css
GET /style/{sheet}
GET /t
GET /t/{prefix}/{tracking}
GET /health/live
GET /health/ready
GET /metrics
"""

# The address has a secret in it, or the request a signature: who asks is checked there.
PROVEN = """
GET /calendar/{prefix}/{token}/on-call.ics
GET /swap/{prefix}/{token}
POST /swap/{prefix}/{token}
GET /join/{prefix}/{token}
POST /join/{prefix}/{token}
GET /r/{prefix}/{token}
POST /r/{prefix}/{token}/answer
GET /r/{prefix}/{token}/photos/{photo_id}
POST /r/{prefix}/{token}/progress
GET /s/{prefix}/{token}
POST /s/{prefix}/{token}
POST /s/{prefix}/{token}/refusal
"""

# Hooks of the carrier, of letters and of other telephone systems, which are signed;
# and files that are the same for everybody.
OPEN = ("/hooks/", "/static")

SIGNED_IN = """
GET /account
POST /account/password
GET /account/second-factor
POST /account/second-factor
POST /account/second-factor/off
POST /account/browsers/end-others
POST /account/browsers/{session_id}/end
"""

# Below /town/{slug}: who looks after the town, who works on tickets, who reads.
MANAGERS = """
GET /town/{slug}/rules/changes
GET /town/{slug}/rules/changes.toml
GET /town/{slug}/rules/changes/effects
POST /town/{slug}/rules/changes/approval
POST /town/{slug}/rules/changes/base
POST /town/{slug}/rules/changes/clashes
POST /town/{slug}/rules/changes/end
POST /town/{slug}/rules/changes/publication
POST /town/{slug}/rules/changes/publication/withdrawal
POST /town/{slug}/rules/changes/request
POST /town/{slug}/rules/changes/{change_id}/undo
GET /town/{slug}/rules/file
POST /town/{slug}/rules/file
POST /town/{slug}/rules/file/draft
POST /town/{slug}/rules/versions/{number}/return
POST /town/{slug}/rules/rosters
GET /town/{slug}/rules/rosters/new
POST /town/{slug}/rules/rosters/{key}
GET /town/{slug}/rules/rosters/{key}/removal
POST /town/{slug}/rules/rosters/{key}/removal
GET /town/{slug}/audit
GET /town/{slug}/start
POST /town/{slug}/start/drill
GET /town/{slug}/start/catalogue
POST /town/{slug}/start/catalogue
GET /town/{slug}/keys
POST /town/{slug}/keys
POST /town/{slug}/keys/{key_id}/revocation
POST /town/{slug}/tickets/{tracking}/level
GET /town/{slug}/people
POST /town/{slug}/people/invitations
POST /town/{slug}/tickets/views/shared
POST /town/{slug}/tickets/views/shared/{view_id}/end
POST /town/{slug}/people/invitations/{invitation_id}/again
POST /town/{slug}/people/invitations/{invitation_id}/withdraw
POST /town/{slug}/people/{account_id}/role
POST /town/{slug}/people/{account_id}/end
GET /town/{slug}/rules/categories
POST /town/{slug}/rules/categories
GET /town/{slug}/rules/categories/{category}
POST /town/{slug}/rules/categories/{category}
POST /town/{slug}/rules/categories/{category}/place
POST /town/{slug}/rules/categories/{category}/removal
POST /town/{slug}/rules/category-preview
POST /town/{slug}/rules/contacts/{key}/codes
POST /town/{slug}/rules/contacts/{key}/confirmations
POST /town/{slug}/rules/contacts/{key}/doubts
POST /town/{slug}/rules/contacts/{key}/vouchings
GET /town/{slug}/rules/edit
GET /town/{slug}/rules/edit/{name}
POST /town/{slug}/rules/edit/{name}
GET /town/{slug}/rules/edit/{name}/{key}
POST /town/{slug}/rules/edit/{name}/{key}
POST /town/{slug}/rules/edit/{name}/{key}/place
POST /town/{slug}/rules/edit/{name}/{key}/removal
GET /town/{slug}/rules/new-category
GET /town/{slug}/rules/policies
POST /town/{slug}/rules/policies
GET /town/{slug}/rules/policies/{policy}
POST /town/{slug}/rules/policies/{policy}
POST /town/{slug}/rules/policies/{policy}/place
POST /town/{slug}/rules/policies/{policy}/removal
GET /town/{slug}/rules/articles
POST /town/{slug}/rules/articles
GET /town/{slug}/rules/articles/{article}
POST /town/{slug}/rules/articles/{article}
POST /town/{slug}/rules/articles/{article}/removal
POST /town/{slug}/rules/article-preview
GET /town/{slug}/rules/new-article
POST /town/{slug}/rules/instructions/{instruction}/removal
GET /town/{slug}/rules/messages
GET /town/{slug}/rules/messages/{message}
POST /town/{slug}/rules/messages/{message}
POST /town/{slug}/rules/messages/{message}/preview
POST /town/{slug}/rules/messages/{message}/removal
GET /town/{slug}/rules/boundary
POST /town/{slug}/rules/boundary
GET /town/{slug}/rules/boundary/map
"""
WORKERS = """
GET /town/{slug}/events/new
POST /town/{slug}/events
POST /town/{slug}/events/{event_id}
POST /town/{slug}/events/{event_id}/ending
GET /town/{slug}/rules/rosters/{key}/exceptions/new
GET /town/{slug}/rules/rosters/{key}/import
POST /town/{slug}/rules/rosters/{key}/import
POST /town/{slug}/rules/rosters/{key}/import/acceptance
POST /town/{slug}/rules/vacations
POST /town/{slug}/rules/vacations/{contact}/{name}/removal
POST /town/{slug}/rules/rosters/{key}/exceptions
GET /town/{slug}/rules/rosters/{key}/exceptions/{kind}/{name}
POST /town/{slug}/rules/rosters/{key}/exceptions/{kind}/{name}
POST /town/{slug}/rules/rosters/{key}/exceptions/{kind}/{name}/removal
GET /town/{slug}/tickets/bulk
POST /town/{slug}/tickets/bulk
GET /town/{slug}/tickets/bulk/{bulk_id}
POST /town/{slug}/tickets/bulk/{bulk_id}/stop
POST /town/{slug}/tickets/{tracking}/notes
GET /town/{slug}/tickets/{tracking}/merging
GET /town/{slug}/tickets/{tracking}/parts
POST /town/{slug}/tickets/{tracking}/assignment
POST /town/{slug}/tickets/{tracking}/closure
POST /town/{slug}/tickets/{tracking}/merging
POST /town/{slug}/tickets/{tracking}/parts
POST /town/{slug}/tickets/{tracking}/photos
POST /town/{slug}/tickets/{tracking}/reopening
POST /town/{slug}/tickets/{tracking}/reporters
GET /town/{slug}/rules/instructions
POST /town/{slug}/rules/instructions
GET /town/{slug}/rules/instructions/{instruction}
POST /town/{slug}/rules/instructions/{instruction}
POST /town/{slug}/rules/instructions/{instruction}/ending
POST /town/{slug}/rules/instruction-preview
GET /town/{slug}/rules/new-instruction
"""
READERS = """
GET /town/{slug}
GET /town/{slug}/articles
GET /town/{slug}/chain
GET /town/{slug}/events
GET /town/{slug}/events/{event_id}
GET /town/{slug}/rules
GET /town/{slug}/rules.toml
GET /town/{slug}/rules/checkup
GET /town/{slug}/rules/rehearsal
GET /town/{slug}/rules/versions
GET /town/{slug}/rules/versions/{number}
GET /town/{slug}/rules/versions/{number}/town.toml
GET /town/{slug}/rules/rosters
GET /town/{slug}/rules/rosters/{key}
GET /town/{slug}/rules/rosters/{key}/shift
GET /town/{slug}/rules/rosters/{key}/swaps/new
POST /town/{slug}/rules/rosters/{key}/swaps
POST /town/{slug}/rules/rosters/{key}/swaps/{swap_id}/withdrawal
GET /town/{slug}/rules/vacations
GET /town/{slug}/rules/calendars
POST /town/{slug}/rules/calendars
POST /town/{slug}/rules/calendars/{feed_id}/revocation
GET /town/{slug}/surveys
GET /town/{slug}/tickets
GET /town/{slug}/tickets.csv
GET /town/{slug}/tickets/map
GET /town/{slug}/tickets/map.json
POST /town/{slug}/tickets/views
POST /town/{slug}/tickets/views/{view_id}/end
GET /town/{slug}/tickets.json
GET /town/{slug}/tickets.geojson
GET /town/{slug}/tickets.xlsx
GET /town/{slug}/tickets/{tracking}
GET /town/{slug}/tickets/{tracking}/evidence.json
GET /town/{slug}/tickets/{tracking}/evidence.pdf
GET /town/{slug}/tickets/{tracking}/photos/{photo_id}
GET /town/{slug}/tickets/{tracking}/ticket.json
GET /town/{slug}/tickets/{tracking}/timeline
"""

# What a town's programs may open with a key, scope by scope, beside the people above.
# ``identity`` opens no address: it adds who reported to a ticket of ``tickets``.
KEYS = {
    "tickets": """
GET /town/{slug}/tickets.json
GET /town/{slug}/tickets/{tracking}/ticket.json
""",
    "files": """
GET /town/{slug}/tickets.csv
GET /town/{slug}/tickets.geojson
GET /town/{slug}/tickets.xlsx
""",
    "identity": "",
    "evidence": """
GET /town/{slug}/tickets/{tracking}/evidence.json
GET /town/{slug}/tickets/{tracking}/evidence.pdf
""",
    "rules": """
GET /town/{slug}/rules.toml
""",
}
