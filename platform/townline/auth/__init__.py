"""Who is at the keyboard, and which towns they may see in which role.

``rules`` says what a role may do, ``accounts`` keeps who signs in, ``access`` their
roles, ``sessions`` their browsers, and ``second_factor`` what follows the password.
"""

from __future__ import annotations

from townline.auth.access import grant, managers, revoke
from townline.auth.accounts import (
    WeakPassword,
    account_of,
    change_password,
    check_strength,
    open_account,
    replace_password,
)
from townline.auth.models import Account, Role
from townline.auth.rules import Person
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
    "Account",
    "Browser",
    "Enrolment",
    "Pending",
    "Person",
    "Role",
    "WeakPassword",
    "account_of",
    "ask_staff_to_enrol",
    "browsers",
    "change_password",
    "check_strength",
    "codes_left",
    "confirm",
    "enrol",
    "forget",
    "grant",
    "knows_password",
    "log_in",
    "log_out",
    "managers",
    "open_account",
    "open_up",
    "pass_with",
    "pending",
    "replace_password",
    "revoke",
    "sign_out_browser",
    "sign_out_others",
    "whoever_holds",
]
