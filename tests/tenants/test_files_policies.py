"""What a file may not say of whom it tells, and when."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from tenants.files import write
from tenants.town import DutyDesk
from tests.tenants.edits import edited, findings
from tests.tenants.larkfield import LARKFIELD


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        pytest.param(
            'to = ["roster:water"]',
            'to = ["crew:nigth"]',
            'policies[1] "everyday".steps[1].to[1]: Name an entry of crews: there is '
            'no "nigth".',
            id="an unknown crew",
        ),
        pytest.param(
            'to = ["roster:water"]',
            'to = ["role:foreman"]',
            'policies[1] "everyday".steps[1].to[1]: Give a contact the role "foreman".',
            id="a role that nobody has",
        ),
        pytest.param(
            'to = ["roster:water"]',
            'to = ["number:+1312555014"]',
            'policies[1] "everyday".steps[1].to[1]: Check the digits: +1312555014 is '
            "no telephone number.",
            id="an outside number with a digit too few",
        ),
        pytest.param(
            'last_resort = ["contact:desk"]',
            'last_resort = ["duty-desk"]',
            'policies[1] "everyday".last_resort[1]: Say who the duty desk is: '
            '"duty-desk" means it.',
            id="a duty desk that there is not",
        ),
        pytest.param(
            "levels = [1, 2, 3, 4, 5]",
            "levels = [1, 2, 3, 4, 5]\nquiet = { starts = 22:00:00, ends = 06:00:00 }",
            'policies[1] "everyday".quiet: Take level 1 out of this policy, or these '
            "hours: nothing holds level 1.",
            id="quiet hours on level 1 (I17)",
        ),
        pytest.param(
            "levels = [1, 2, 3, 4, 5]",
            "levels = [1, 2, 3, 4, 5]\ndigest = [17:00:00]",
            'policies[1] "everyday".digest: Keep a digest for policies of level 5 '
            "alone: the others wait.",
            id="a digest of what cannot wait",
        ),
        pytest.param(
            "levels = [1, 2, 3, 4, 5]",
            'levels = [1, 2, 3, 4, 5]\ndays = ["mon", "tue"]',
            "policies: Add a policy for level 1 while the town hall is open, on any "
            'day: none fits "main-break", "pothole".',
            id="a policy for some days alone",
        ),
        pytest.param(
            "levels = [1, 2, 3, 4, 5]",
            'levels = [1, 2, 3, 4, 5]\nseasons = [{ first = "11-15", last = "13-31" }]',
            'policies[1] "everyday".seasons[1].last: Write a month and its day, as in '
            '"11-15" instead of "13-31".',
            id="a season that ends in no month",
        ),
        pytest.param(
            "levels = [1, 2, 3, 4, 5]",
            "levels = [1, 2, 3, 4, 5]\n"
            "dates = [{ first = 2026-12-26, last = 2026-12-24 }]",
            'policies[1] "everyday".dates[1].last: Let it not end before it begins.',
            id="dates that end before they begin",
        ),
        pytest.param(
            'members = ["ana", "dan"]',
            'members = ["ana", "dan"]\n\n[[rosters.temporary]]\n'
            "starts = 2026-01-06T00:00:00\nends = 2026-01-05T00:00:00\n"
            'days = 1\nmembers = ["al"]',
            'rosters[1] "water".temporary[1].ends: Let it end after it starts.',
            id="a temporary schedule that ends before it starts",
        ),
        pytest.param(
            'department = "streets"\nmobile',
            "vacations = [{ starts = 2026-01-06T00:00:00, "
            "ends = 2026-01-05T00:00:00 }]\n"
            'department = "streets"\nmobile',
            'contacts[3] "desk".vacations[1].ends: Let it end after it starts.',
            id="a vacation that ends before it starts",
        ),
    ],
)
def test_a_policy_that_could_not_hold_is_refused(old: str, new: str, said: str) -> None:
    found = findings(edited(old, new))

    assert any(each.startswith(said) for each in found), found


def test_no_contact_may_be_called_like_the_duty_desk() -> None:
    ana, *others = LARKFIELD.contacts
    desk = DutyDesk(name="Desk", phone="+13125550160")
    contacts = (replace(ana, key="duty-desk"), *others)
    text = write(replace(LARKFIELD, contacts=contacts, duty_desk=desk))

    assert (
        'contacts[1] "duty-desk".key: Choose another: "duty-desk" means the '
        "duty desk here."
    ) in findings(text)


def test_the_duty_desk_speaks_a_language_of_the_town() -> None:
    desk = DutyDesk(name="Desk", phone="+13125550160", language="fr")
    text = write(replace(LARKFIELD, languages=("en",), duty_desk=desk))

    assert (
        'duty_desk.language: Choose one of the town\'s languages, or add "fr" to them.'
    ) in findings(text)
