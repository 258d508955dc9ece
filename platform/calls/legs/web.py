"""The door for reports of rooms and of those in them; each address says whose."""

from __future__ import annotations

from types import MappingProxyType
from uuid import UUID

from litestar import Controller, Response, post
from litestar.di import NamedDependency, Provide
from litestar.params import FromPath
from litestar.status_codes import HTTP_200_OK, HTTP_204_NO_CONTENT

from calls.doors import spoken
from calls.legs import reports, rooms
from calls.legs.hands import Ear, ear
from calls.legs.turns import RoomTurn, room_turn
from calls.models import Call
from calls.moving import followed, followed_leg
from calls.recordings import service as recordings
from calls.rules import on_the_line
from calls.telephony import VOICE
from calls.telephony.documents import music
from townline.tenancy import town

HEARD = MappingProxyType(
    {"turn": Provide(room_turn), "ear": Provide(ear, sync_to_thread=False)}
)
FOLLOWING = MappingProxyType(
    {
        "participant-join": rooms.somebody_came,
        "participant-leave": rooms.somebody_went,
    }
)


class LegController(Controller):
    """Somebody we rang: an agent, a department, 911."""

    path = f"{VOICE}/legs/{{tenant_id:uuid}}/{{leg_id:uuid}}"
    dependencies = HEARD

    @post(status_code=HTTP_200_OK, sync_to_thread=True)
    def lifted(
        self,
        tenant_id: FromPath[UUID],
        leg_id: FromPath[UUID],
        turn: NamedDependency[RoomTurn],
        ear: NamedDependency[Ear],
    ) -> Response[str]:
        tenant_id = followed_leg(ear.database, tenant_id, leg_id)
        return spoken(reports.lifted(ear, tenant_id, leg_id, turn))

    @post("/status", status_code=HTTP_204_NO_CONTENT, sync_to_thread=True)
    def status(
        self,
        tenant_id: FromPath[UUID],
        leg_id: FromPath[UUID],
        turn: NamedDependency[RoomTurn],
        ear: NamedDependency[Ear],
    ) -> None:
        tenant_id = followed_leg(ear.database, tenant_id, leg_id)
        with town(ear.database, tenant_id) as db:
            reports.leg_status(db, leg_id, turn, at=ear.at)

    @post("/passed", status_code=HTTP_200_OK, sync_to_thread=True)
    def passed(
        self,
        tenant_id: FromPath[UUID],
        leg_id: FromPath[UUID],
        turn: NamedDependency[RoomTurn],
        ear: NamedDependency[Ear],
    ) -> Response[str]:
        url = ear.public_url
        tenant_id = followed_leg(ear.database, tenant_id, leg_id)
        with town(ear.database, tenant_id) as db:
            said = reports.passed(db, leg_id, turn, public_url=url, at=ear.at)
        return spoken(said)


class RoomController(Controller):
    """The room itself, and the caller in it."""

    path = f"{VOICE}/rooms/{{tenant_id:uuid}}/{{call_id:uuid}}"
    dependencies = HEARD

    @post(status_code=HTTP_204_NO_CONTENT, sync_to_thread=True)
    def happened(
        self,
        tenant_id: FromPath[UUID],
        call_id: FromPath[UUID],
        turn: NamedDependency[RoomTurn],
        ear: NamedDependency[Ear],
    ) -> None:
        tenant_id = followed(ear.database, tenant_id, call_id)
        with town(ear.database, tenant_id) as db:
            reports.in_room(db, call_id, turn, at=ear.at)
        follow = FOLLOWING.get(turn.event)
        if follow:
            follow(ear.database, tenant_id, call_id, telephony=ear.telephony)

    @post("/caller", status_code=HTTP_204_NO_CONTENT, sync_to_thread=True)
    def caller(
        self,
        tenant_id: FromPath[UUID],
        call_id: FromPath[UUID],
        turn: NamedDependency[RoomTurn],
        ear: NamedDependency[Ear],
    ) -> None:
        tenant_id = followed(ear.database, tenant_id, call_id)
        with town(ear.database, tenant_id) as db:
            reports.caller_status(db, call_id, turn, at=ear.at)
        if turn.call_status in reports.GONE:
            rooms.somebody_went(
                ear.database, tenant_id, call_id, telephony=ear.telephony
            )

    @post("/over", status_code=HTTP_200_OK, sync_to_thread=True)
    def over(
        self,
        tenant_id: FromPath[UUID],
        call_id: FromPath[UUID],
        turn: NamedDependency[RoomTurn],
        ear: NamedDependency[Ear],
    ) -> Response[str]:
        url = ear.public_url
        tenant_id = followed(ear.database, tenant_id, call_id)
        with town(ear.database, tenant_id) as db:
            said = reports.room_over(db, call_id, turn, public_url=url, at=ear.at)
        return spoken(said)

    @post("/again", status_code=HTTP_200_OK, sync_to_thread=True)
    def again(
        self,
        tenant_id: FromPath[UUID],
        call_id: FromPath[UUID],
        turn: NamedDependency[RoomTurn],
        ear: NamedDependency[Ear],
    ) -> Response[str]:
        url = ear.public_url
        tenant_id = followed(ear.database, tenant_id, call_id)
        with town(ear.database, tenant_id) as db:
            return spoken(reports.again(db, call_id, public_url=url, at=ear.at))

    @post("/music", status_code=HTTP_200_OK, sync_to_thread=True)
    def music(
        self,
        tenant_id: FromPath[UUID],
        call_id: FromPath[UUID],
        turn: NamedDependency[RoomTurn],
        ear: NamedDependency[Ear],
    ) -> Response[str]:
        tenant_id = followed(ear.database, tenant_id, call_id)
        with town(ear.database, tenant_id) as db:
            language = db.get(Call, call_id).language
        return spoken(music(on_the_line.on_hold(language), ear.hold_music))

    @post("/recording", status_code=HTTP_204_NO_CONTENT, sync_to_thread=True)
    def recording(
        self,
        tenant_id: FromPath[UUID],
        call_id: FromPath[UUID],
        turn: NamedDependency[RoomTurn],
        ear: NamedDependency[Ear],
    ) -> None:
        sid, at = turn.recording_sid, ear.at
        with town(ear.database, tenant_id) as db:
            if turn.recording_status == "in-progress":
                recordings.begun(db, call_id, sid, at=at)
            elif turn.recording_status == "completed":
                seconds = int(turn.recording_seconds or 0)
                recordings.completed(db, call_id, sid, seconds=seconds, at=at)


ROUTES = (LegController, RoomController)
