"""How a service outside is asked: briefly, and with a sentence when it fails."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

import aiohttp
import msgspec

from townline.errors import Problem

# An agent reads on long before; the town's own list has answered already.
PATIENCE = 4.0
AGENT = "Townline (municipal answering service)"

Answer = TypeVar("Answer")


class GeocoderSilent(Problem):
    """The address service does not answer; write down what the caller says."""

    status_code = 503


class GeocoderRefused(Problem):
    """The address service refuses us; its key or its limit needs a look."""

    status_code = 503


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """``url`` is where it lives, without the path of a search."""

    url: str
    key: str = ""
    patience: float = PATIENCE

    def ask(
        self, path: str, query: Mapping[str, str], expected: type[Answer]
    ) -> Answer:
        """What it answers, read as ``expected``."""
        address = f"{self.url.rstrip('/')}{path}"
        try:
            body = asyncio.run(self._body(address, query))
            return msgspec.json.decode(body, type=expected, strict=False)
        except (aiohttp.ClientError, TimeoutError, msgspec.MsgspecError) as failure:
            raise GeocoderSilent from failure

    async def _body(self, address: str, query: Mapping[str, str]) -> bytes:
        within = aiohttp.ClientTimeout(total=self.patience)
        named = {"user-agent": AGENT}
        async with (
            aiohttp.ClientSession(timeout=within, headers=named) as session,
            session.get(address, params=query) as answer,
        ):
            if answer.status in {401, 403, 429}:
                raise GeocoderRefused
            answer.raise_for_status()
            return await answer.read()
