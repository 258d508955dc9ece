"""The whole carrier: texts, calls and letters over one plant."""

from __future__ import annotations

from notify.carrier.config import CarrierConfig
from notify.carrier.mail.posting import PostOffice
from notify.carrier.plant import Plant
from notify.carrier.texts.receiving import Reception
from notify.carrier.texts.texting import Texting
from notify.carrier.voice.switchboard import Switchboard


class Exchange:
    def __init__(self, config: CarrierConfig) -> None:
        self.config = config
        self.plant = Plant(config)
        self.texting = Texting(self.plant)
        self.reception = Reception(self.plant, self.texting)
        self.switchboard = Switchboard(self.plant)
        self.post = PostOffice(self.plant)

    async def start(self) -> None:
        await self.plant.courier.open()

    async def stop(self) -> None:
        self.plant.courier.hush()
        await self.plant.stop()
        await self.plant.courier.close()

    async def reset(self) -> None:
        """Forget everything that happened, and every fault."""
        await self.plant.courier.fall_silent()
        await self.switchboard.clear()
        await self.plant.stop()
        self.plant.courier.speak_again()
        self.switchboard.script.recordings.clear()
        self.switchboard.script.conferences.clear()
        self.texting.clear()
        self.post.book.clear()
        self.plant.faults.clear()
        self.plant.phones.clear()
        self.plant.oracle.clear()
        self.plant.bell.ring("reset")
