"""Who is at the keyboard, and which towns they may see in which role.

``rules`` says what a role may do, ``accounts`` keeps who signs in, ``access`` their
roles, ``sessions`` their browsers, and ``second_factor`` what follows the password.
"""

from __future__ import annotations

from townline.auth import single_sign_on
from townline.auth.access import (
    Colleague,
    LastManager,
    change_role,
    end_access,
    grant,
    managers,
    people,
    revoke,
)
from townline.auth.accounts import (
    WeakPassword,
    account_of,
    change_password,
    check_strength,
    find_account,
    open_account,
    replace_password,
)
from townline.auth.invitations import (
    Sent,
    Wish,
    invitation_of,
    invitations,
    invite,
    invite_again,
    join,
    withdraw,
)
from townline.auth.models import Account, Invitation, Role
from townline.auth.rules import DESK, SCOPED, TOWN, Person, may_grant
from townline.auth.second_factor import (
    Enrolment,
    codes_left,
    confirm,
    enrol,
    forget,
    pass_with,
)
from townline.auth.sessions import (
    Browser,
    Pending,
    ask_staff_to_enrol,
    browsers,
    come_in_by_town,
    knows_password,
    log_in,
    log_out,
    open_up,
    pending,
    sign_out_browser,
    sign_out_others,
    whoever_holds,
)

__all__ = [
    "DESK",
    "SCOPED",
    "TOWN",
    "Account",
    "Browser",
    "Colleague",
    "Enrolment",
    "Invitation",
    "LastManager",
    "Pending",
    "Person",
    "Role",
    "Sent",
    "WeakPassword",
    "Wish",
    "account_of",
    "ask_staff_to_enrol",
    "browsers",
    "change_password",
    "change_role",
    "check_strength",
    "codes_left",
    "come_in_by_town",
    "confirm",
    "end_access",
    "enrol",
    "find_account",
    "forget",
    "grant",
    "invitation_of",
    "invitations",
    "invite",
    "invite_again",
    "join",
    "knows_password",
    "log_in",
    "log_out",
    "managers",
    "may_grant",
    "open_account",
    "open_up",
    "pass_with",
    "pending",
    "people",
    "replace_password",
    "revoke",
    "sign_out_browser",
    "sign_out_others",
    "single_sign_on",
    "whoever_holds",
    "withdraw",
]
