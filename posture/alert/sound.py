"""A short sound; the only module that imports miniaudio (the extra `posture[sound]`).

Not the notification's own sound: most notification services on Linux play none.
"""

from __future__ import annotations

import array
import logging
import math
import threading
from collections.abc import Generator
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from posture.alert.message import Prompt
from posture.errors import ConfigError

if TYPE_CHECKING:
    import miniaudio

_log = logging.getLogger(__name__)

_RATE_HZ = 44100
_NOTES_HZ = (523.25, 659.25)  # C5, E5: rising and consonant, a nudge rather than an alarm
_NOTE_S = 0.18


def tone(volume_percent: float) -> array.array[int]:
    """Make the program's own two notes.

    Args:
        volume_percent: Loudness, 0..100.

    Returns:
        Mono samples, int16, 44.1 kHz; each note swells and fades, so that it does not click.

    """
    samples = array.array("h")
    length = int(_RATE_HZ * _NOTE_S)
    for note_hz in _NOTES_HZ:
        for i in range(length):
            swell = math.sin(math.pi * i / length)
            wave = math.sin(2 * math.pi * note_hz * i / _RATE_HZ)
            samples.append(round(32767 * volume_percent / 100 * swell * wave))
    return samples


class SoundChannel:
    """Plays once per `show`, in a thread of its own.

    Args:
        file: A sound file, or "" for the own tone.
        volume_percent: Loudness, 0..100.
        backends: Audio systems to try; None for all there are.

    Raises:
        ConfigError: The extra is not installed, or the file cannot be played.

    """

    def __init__(
        self,
        file: str,
        volume_percent: float,
        backends: list[miniaudio.Backend] | None = None,
    ) -> None:
        if find_spec("miniaudio") is None:
            raise ConfigError(
                'alert.escalation names "sound", but the sound extra is not installed.',
                meaning="Alerts would be silent.",
                action='Install it (pip install "posture[sound]"), or take "sound" out.',
            )
        self._samples = _read(file, volume_percent) if file else tone(volume_percent)
        self._backends = backends
        self._stop = threading.Event()
        self._player: threading.Thread | None = None

    def show(self, prompt: Prompt) -> None:  # noqa: ARG002 - a sound says the same for all
        """Start the sound, unless it is still playing."""
        if self._player is None or not self._player.is_alive():
            self._player = threading.Thread(target=self._play, name="sound", daemon=True)
            self._player.start()

    def withdraw(self, prompt_id: str) -> None:
        """Do nothing: a second of sound ends by itself."""

    def close(self) -> None:
        """Stop the sound."""
        self._stop.set()
        if self._player is not None:
            self._player.join(timeout=2)

    def _play(self) -> None:
        import miniaudio

        ended = threading.Event()
        try:
            with miniaudio.PlaybackDevice(
                output_format=miniaudio.SampleFormat.SIGNED16,
                nchannels=1,
                sample_rate=_RATE_HZ,
                backends=self._backends,
            ) as device:
                stream = _stream(self._samples, ended)
                next(stream)
                device.start(stream)
                seconds = len(self._samples) / _RATE_HZ
                while not (ended.wait(0.05) or self._stop.is_set()):
                    pass
                self._stop.wait(min(0.3, seconds))  # what is still in the device's buffer
        except miniaudio.MiniaudioError as error:
            _log.warning("The alert's sound could not be played: %s", error)


def _read(file: str, volume_percent: float) -> array.array[int]:
    import miniaudio

    try:
        decoded = miniaudio.decode_file(
            str(Path(file).expanduser()),
            output_format=miniaudio.SampleFormat.SIGNED16,
            nchannels=1,
            sample_rate=_RATE_HZ,
        )
    except (miniaudio.MiniaudioError, OSError) as error:
        raise ConfigError(
            f"alert.sound.file, {file}, cannot be played ({error}).",
            meaning="Alerts would be silent.",
            action='Name a WAV, FLAC, MP3 or Ogg Vorbis file, or "" for the own tone.',
        ) from error
    return array.array("h", (round(s * volume_percent / 100) for s in decoded.samples))


def _stream(
    samples: array.array[int], ended: threading.Event
) -> Generator[array.array[int], int, None]:
    """Hand out as many samples as the device asks for, then silence."""
    wanted = yield array.array("h")
    at = 0
    while at < len(samples):
        chunk = samples[at : at + wanted]
        at += wanted
        chunk.extend([0] * (wanted - len(chunk)))
        wanted = yield chunk
    ended.set()
    while True:
        wanted = yield array.array("h", [0] * wanted)
