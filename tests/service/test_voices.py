from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from ser_desktop.analysis.analyzer import AnalysisSpec
from ser_desktop.emotion.voice_profile import VoiceProfile
from ser_desktop.emotion.voice_store import VoiceStore
from ser_desktop.service.answers import spec_of
from ser_desktop.service.spec import ServiceSpec
from ser_desktop.service.uploads import UploadError


@pytest.fixture
def spec(tmp_path: Path) -> ServiceSpec:
    voices = VoiceStore(tmp_path / "voices")
    voices.write(VoiceProfile("Anna", "0" * 64, "tiny@12345678", 30.0, np.ones(4, np.float32)))
    return ServiceSpec(tmp_path / "tiny.json", spec=AnalysisSpec(hop_s=0.5), voices=voices)


def test_a_form_names_a_voice_or_says_that_several_people_speak(spec: ServiceSpec) -> None:
    known, several, plain = (
        spec_of(fields, spec) for fields in ({"voice": " Anna "}, {"several_speakers": "true"}, {"voice": ""})
    )
    assert known.voice is not None
    assert (known.voice.name, known.hop_s, known.one_speaker) == ("Anna", 0.5, True)
    assert (several.voice, several.one_speaker) == (None, False)
    assert plain == spec.spec


@pytest.mark.parametrize("name", ["Otto", "../../etc/passwd", "Anna\0"])
def test_only_voices_that_exist_can_be_named_and_the_others_stay_unsaid(spec: ServiceSpec, name: str) -> None:
    with pytest.raises(UploadError) as refused:
        spec_of({"voice": name}, spec)
    assert refused.value.status == 422
    assert "Anna”" not in refused.value.sentence.replace(f"“{name}”", "")


def test_a_request_with_an_unknown_voice_is_refused(service, clip) -> None:
    reply = service.send("/v1/analyze", clip, voice="Nobody at all")
    assert (reply.status, reply.told) == (422, {"error": "There is no voice “Nobody at all”."})
