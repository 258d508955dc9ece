"""Who is at the keyboard, and which towns they may see in which role.

``rules`` says what a role may do, ``accounts`` keeps who signs in, ``access`` their
roles, ``sessions`` their browsers, ``second_factor`` what follows the password, and
``keys`` a town's programs.
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
from townline.auth.keys import (
    KeyWish,
    MadeKey,
    keys,
    make_key,
    revoke_key,
    whoever_shows,
)
from townline.auth.models import Account, ApiKey, Invitation, Role
from townline.auth.rules import (
    DESK,
    KEY_DAYS,
    SCOPED,
    SCOPES,
    TOWN,
    Person,
    may_grant,
)
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
    "KEY_DAYS",
    "SCOPED",
    "SCOPES",
    "TOWN",
    "Account",
    "ApiKey",
    "Browser",
    "Colleague",
    "Enrolment",
    "Invitation",
    "KeyWish",
    "LastManager",
    "MadeKey",
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
    "keys",
    "knows_password",
    "log_in",
    "log_out",
    "make_key",
    "managers",
    "may_grant",
    "open_account",
    "open_up",
    "pass_with",
    "pending",
    "people",
    "replace_password",
    "revoke",
    "revoke_key",
    "sign_out_browser",
    "sign_out_others",
    "single_sign_on",
    "whoever_holds",
    "whoever_shows",
    "withdraw",
]
