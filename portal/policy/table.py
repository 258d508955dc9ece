"""Who may do what: a line for every address there is, and none for any other.

``{names}`` stand for whatever is in that place of the address. What is not written
here is refused to everybody.
"""

from __future__ import annotations

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

# Hooks of the carrier, of letters and of other telephone systems.
HOOKS = "/hooks/"

SIGNED_IN = """
GET /account
POST /account/password
GET /account/second-factor
POST /account/second-factor
POST /account/second-factor/off
POST /account/browsers/end-others
POST /account/browsers/{session_id}/end
"""

# The desk's own, below /desk: supervisors and administrators alone.
FLOOR = """
GET /desk/floor
GET /desk/floor/now
GET /desk/floor/agents/{account_id}
POST /desk/floor/agents/{account_id}/languages
GET /desk/measures
"""

# Below /town/{slug}: who looks after the town, who works on tickets, who reads.
MANAGERS = """
POST /town/{slug}/tickets/{tracking}/level
GET /town/{slug}/people
POST /town/{slug}/people/invitations
POST /town/{slug}/people/invitations/{invitation_id}/again
POST /town/{slug}/people/invitations/{invitation_id}/withdraw
POST /town/{slug}/people/{account_id}/role
POST /town/{slug}/people/{account_id}/end
"""
WORKERS = """
GET /town/{slug}/events/new
POST /town/{slug}/events
POST /town/{slug}/events/{event_id}
POST /town/{slug}/events/{event_id}/ending
POST /town/{slug}/tickets/{tracking}/notes
POST /town/{slug}/tickets/{tracking}/closure
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
GET /town/{slug}/surveys
GET /town/{slug}/tickets
GET /town/{slug}/tickets.csv
GET /town/{slug}/tickets.geojson
GET /town/{slug}/tickets.xlsx
GET /town/{slug}/tickets/{tracking}
GET /town/{slug}/tickets/{tracking}/evidence.json
GET /town/{slug}/tickets/{tracking}/photos/{photo_id}
GET /town/{slug}/tickets/{tracking}/timeline
"""
