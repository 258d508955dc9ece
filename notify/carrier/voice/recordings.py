"""What was recorded: after the beep, or of a whole conference."""

from __future__ import annotations

import io
import wave
from dataclasses import dataclass, field
from datetime import datetime

from notify.carrier import clock
from notify.carrier.config import CarrierConfig
from notify.carrier.identifiers import new_sid

WORDS_A_SECOND = 2.5
TELEPHONE_RATE = 8000
SILENCE = b"\x80"


@dataclass(slots=True, eq=False, kw_only=True)
class Recording:
    call_sid: str
    config: CarrierConfig
    conference_sid: str = ""
    status: str = "in-progress"
    started: datetime = field(default_factory=clock.now)
    sid: str = field(default_factory=lambda: new_sid("RE"))
    words: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return " ".join(self.words)

    @property
    def seconds(self) -> int:
        return max(1, round(len(self.text.split()) / WORDS_A_SECOND))

    @property
    def url(self) -> str:
        config = self.config
        account = f"{config.base_url}/2010-04-01/Accounts/{config.account_sid}"
        return f"{account}/Recordings/{self.sid}"

    def hear(self, words: str) -> None:
        if words:
            self.words.append(words)

    def overhear(self, words: str) -> None:
        """What is said while it is paused is not kept."""
        if self.status == "in-progress":
            self.hear(words)

    def stop(self) -> None:
        self.status = "completed"

    def conference_fields(self, status: str) -> dict[str, str]:
        return {
            "ConferenceSid": self.conference_sid,
            "RecordingSid": self.sid,
            "RecordingUrl": self.url,
            "RecordingStatus": status,
            "RecordingDuration": str(self.seconds) if status == "completed" else "",
            "RecordingChannels": "1",
            "RecordingStartTime": clock.rfc2822(self.started) or "",
            "RecordingSource": "Conference",
        }

    def fields(self, *, digits: str) -> dict[str, str]:
        return {
            "RecordingUrl": self.url,
            "RecordingSid": self.sid,
            "RecordingDuration": str(self.seconds),
            "Digits": digits,
        }

    def status_fields(self) -> dict[str, str]:
        return {**self.fields(digits=""), "RecordingStatus": "completed"}

    def transcript_fields(self) -> dict[str, str]:
        return {
            "TranscriptionText": self.text,
            "TranscriptionStatus": "completed",
            "RecordingSid": self.sid,
            "RecordingUrl": self.url,
        }

    def sound(self) -> bytes:
        """Return a wave file of the right length; nobody really spoke."""
        sound = io.BytesIO()
        with wave.open(sound, "wb") as track:
            track.setnchannels(1)
            track.setsampwidth(1)
            track.setframerate(TELEPHONE_RATE)
            track.writeframes(SILENCE * TELEPHONE_RATE * self.seconds)
        return sound.getvalue()
