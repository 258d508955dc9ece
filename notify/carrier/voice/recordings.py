"""What a person said after the beep."""

from __future__ import annotations

import io
import wave
from dataclasses import dataclass, field

from notify.carrier.config import CarrierConfig
from notify.carrier.identifiers import new_sid

WORDS_A_SECOND = 2.5
TELEPHONE_RATE = 8000
SILENCE = b"\x80"


@dataclass(slots=True, eq=False, kw_only=True)
class Recording:
    call_sid: str
    config: CarrierConfig
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
