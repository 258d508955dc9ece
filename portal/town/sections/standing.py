"""What is set for good: the town itself, its people, and what was agreed."""

from __future__ import annotations

from portal.town.fields.wholes import Basics, Closures, Opening
from portal.town.sections.section import Section
from tenants.town import (
    Contact,
    Crew,
    Department,
    DutyDesk,
    Neighbour,
    Publishing,
    Reviews,
    Sending,
    ServiceLevel,
    SignIn,
    Survey,
)

STANDING: tuple[Section, ...] = (
    Section(
        key="town",
        title="The town",
        lead="Its name, its colors, its languages and its clock.",
        part=Basics,
        shape="fields",
    ),
    Section(
        key="hours",
        title="Hours of the town hall",
        lead="When it is open; at all other times the words and rules for closed hours"
        " hold.",
        part=Opening,
        shape="fields",
    ),
    Section(
        key="closures",
        title="Days of your own",
        lead="Days on which it is closed or open in part, besides the public holidays.",
        part=Closures,
        shape="fields",
    ),
    Section(
        key="departments",
        title="Departments",
        lead="Who answers for each kind of request.",
        part=Department,
        add="Add a department",
    ),
    Section(
        key="contacts",
        title="People who can be told",
        lead="Their telephones and addresses; nothing is sent to one that is not"
        " confirmed.",
        part=Contact,
        add="Add a person",
    ),
    Section(
        key="crews",
        title="Crews",
        lead="People who go out together, and are told together.",
        part=Crew,
        add="Add a crew",
    ),
    Section(
        key="duty-desk",
        title="Duty desk",
        lead="Where somebody of the town is at every hour, and is told last of all.",
        part=DutyDesk,
        shape="table",
        may_be_none=True,
    ),
    Section(
        key="neighbours",
        title="Neighbors",
        lead="Who is responsible where the town is not, and how a caller gets there.",
        part=Neighbour,
        add="Add a neighbor",
    ),
    Section(
        key="survey",
        title="Surveys",
        lead="When and how often residents are asked how it went.",
        part=Survey,
        shape="table",
    ),
    Section(
        key="publishing",
        title="Publishing",
        lead="Whether one person may change the rules, or two have to agree.",
        part=Publishing,
        shape="table",
    ),
    Section(
        key="service-level",
        title="Service level",
        lead="How quickly your calls are to be answered, as your contract has it.",
        part=ServiceLevel,
        shape="table",
    ),
    Section(
        key="reviews",
        title="Reviews of calls",
        lead="How many answered calls a supervisor listens to again.",
        part=Reviews,
        shape="table",
    ),
    Section(
        key="sending",
        title="Texts, calls and letters",
        lead="By which of your numbers the town writes and calls.",
        part=Sending,
        shape="table",
    ),
    Section(
        key="sign-in",
        title="Signing in with your own accounts",
        lead="Your people come in with the accounts that the town gives them.",
        part=SignIn,
        shape="table",
        may_be_none=True,
    ),
)
