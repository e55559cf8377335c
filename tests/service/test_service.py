from __future__ import annotations

import concurrent.futures
import csv
import io
import json
import socket
import time

import numpy as np
import pytest
import soundfile
from terminal import error_line

from .conftest import Service, form

ROUNDING = 2e-6  # of a probability, which is written with six digits
SAME = ("start", "end", "state", "label", "level_dbfs", "affect", "speaker", "voices")


def wait_until_empty(service: Service) -> list[str]:
    """Return what is left of the uploads, after at most 10 s."""
    give_up_at_s = time.monotonic() + 10.0
    while service.left_over() and time.monotonic() < give_up_at_s:
        time.sleep(0.05)
    return service.left_over()


def events(service: Service, number: str) -> list[dict]:
    answer = service.ask("GET", f"/v1/jobs/{number}", headers={"Accept": "text/event-stream"})
    assert answer.headers["content-type"].startswith("text/event-stream")
    return [json.loads(each.removeprefix("data: ")) for each in answer.content.decode().split("\n\n") if each]


def test_the_answer_has_the_keys_of_services_of_this_kind(service, clip):
    told = service.send("/process_audio", clip, transcribe="false").told
    assert set(told) >= {"Emotion Probabilities", "Transcription", "LLM Interpretation", "timeline", "model", "audio"}
    assert sum(told["Emotion Probabilities"].values()) == pytest.approx(1.0, abs=1e-3)
    assert told["Transcription"] is None
    assert told["LLM Interpretation"].startswith("There is speech in ")
    assert told["interpreted_by"] == "rules"
    german = service.send("/process_audio", clip, transcribe="false", language="de").told
    assert german["LLM Interpretation"].startswith("In ")
    assert service.left_over() == []


def test_words_are_in_the_answer(service, clip):
    pytest.importorskip("moonshine_voice", reason="needs the extra [words]")
    told = service.send("/process_audio", clip).told
    assert told["transcript"]["model"] == "tiny-en"
    assert told["Transcription"] == " ".join(line["text"] for line in told["transcript"]["lines"])


def test_the_json_is_that_of_the_terminal(service, clip, run, tmp_path):
    path = tmp_path / "talk.wav"
    path.write_bytes(clip)
    printed = json.loads(run("analyze", path, "--format", "json").out)
    told = service.send("/v1/analyze", clip).told
    assert {**printed, "file": "talk.wav", "summary": 0, "timeline": 0} == {**told, "summary": 0, "timeline": 0}
    assert printed["summary"]["scores"] == pytest.approx(told["summary"]["scores"], abs=ROUNDING)
    for here, there in zip(printed["timeline"], told["timeline"], strict=True):
        assert here["scores"] == (there["scores"] and pytest.approx(there["scores"], abs=ROUNDING))
        assert set(here) == set(there)
        assert [here[key] for key in SAME] == [there[key] for key in SAME]


def test_the_page_begins_with_the_sentence_of_the_terminal(service, clip, run, tmp_path):
    path = tmp_path / "talk.wav"
    path.write_bytes(clip)
    printed = run("analyze", path).out.splitlines()
    number = service.send("/v1/analyze", clip, wait="false").told["id"]
    events(service, number)  # until it is done
    headline = service.ask("GET", f"/v1/jobs/{number}/passages").told["headline"]
    assert headline
    assert printed[2] == f"  {headline}"


def test_a_job_tells_its_progress_and_gives_every_format(service, clip):
    begun = service.send("/v1/analyze", clip, wait="false")
    assert begun.status == 202
    number = begun.told["id"]
    assert begun.headers["location"] == f"/v1/jobs/{number}"
    told = events(service, number)
    assert (told[-1]["state"], told[-1]["progress"]) == ("done", 1.0)
    assert [each["progress"] for each in told] == sorted(each["progress"] for each in told)
    result = service.ask("GET", f"/v1/jobs/{number}/result").told
    seen = service.ask("GET", f"/v1/jobs/{number}/passages").told
    assert seen["passages"][-1]["end"] == result["audio"]["seconds"]
    assert {"csv", "segments", "json"} <= {each["name"] for each in seen["formats"]}
    for each in seen["formats"]:
        answer = service.ask("GET", f"/v1/jobs/{number}/export/{each['name']}")
        assert answer.status == 200
        assert answer.headers["content-disposition"].endswith(f'{each["suffix"]}"')
    rows = list(csv.DictReader(io.StringIO(service.ask("GET", f"/v1/jobs/{number}/export/csv").content.decode())))
    assert len(rows) == len(result["timeline"])
    assert service.ask("GET", f"/v1/jobs/{number}/export/audacity").status == 404
    assert service.ask("DELETE", f"/v1/jobs/{number}").status == 204
    assert service.ask("GET", f"/v1/jobs/{number}").status == 404


def test_a_channel_can_be_chosen_and_a_missing_one_is_told(service, clip):
    sound, rate = soundfile.read(io.BytesIO(clip), dtype="float32")
    file = io.BytesIO()
    soundfile.write(file, np.stack((sound, 0.5 * sound), axis=1), rate, format="WAV")
    assert service.send("/v1/analyze", file.getvalue(), channel="2").told["channel"] == 2
    refused = service.send("/v1/analyze", file.getvalue(), channel="3")
    assert (refused.status, refused.told["error"]) == (422, "“talk.wav” has no channel 3. Its channels are 1 to 2.")
    assert service.send("/v1/analyze", clip, channel="left").status == 422
    assert service.left_over() == []


@pytest.mark.parametrize("name", ["../../etc/passwd", "C:\\talks\\talk.wav", "", 'so "it" is.wav', "Füße.wav", "\x00a"])
def test_a_name_is_shown_and_never_a_path(service, clip, name):
    told = service.send("/v1/analyze", clip, name=name).told
    assert told["file"] in ("passwd", "talk.wav", "recording", 'so "it" is.wav', "Füße.wav", "a")


def test_what_is_no_recording_is_told_with_the_name_of_the_user(service):
    refused = service.send("/v1/analyze", b"no sound at all", name="letter.wav")
    assert refused.status == 422
    assert "“letter.wav”" in refused.told["error"]
    assert str(service.folder) not in refused.told["error"]
    assert service.left_over() == []


def test_too_large_an_upload_is_refused_declared_or_not(service):
    boundary, body = form(bytes(3_000_000), "long.wav", {})
    declared = service.ask("POST", "/v1/analyze", body, {"Content-Type": f"multipart/form-data; boundary={boundary}"})
    assert (declared.status, declared.told["error"]) == (413, "The recording is larger than 2 MB.")
    with socket.create_connection(("127.0.0.1", service.port), timeout=20.0) as connection:
        head = f"POST /v1/analyze HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data; boundary={boundary}"
        connection.sendall(f"{head}\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n".encode())
        try:
            for start in range(0, len(body), 65_536):
                piece = body[start : start + 65_536]
                connection.sendall(f"{len(piece):x}\r\n".encode() + piece + b"\r\n")
            connection.sendall(b"0\r\n\r\n")
        except OSError:
            pass  # the service has answered and closed the connection
        assert b" 413 " in connection.recv(4096).split(b"\r\n")[0]
    assert wait_until_empty(service) == []


@pytest.mark.parametrize(
    ("content_type", "body", "status"),
    [
        ("application/json", b"{}", 415),
        ("multipart/form-data", b"", 415),
        ("multipart/form-data; boundary=x", b"no form", 400),
        ("multipart/form-data; boundary=x", b'--x\r\nContent-Disposition: form-data; name="file"\r\n\r\nhalf', 400),
        ("multipart/form-data; boundary=x", b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\nb\r\n--x--', 422),
    ],
)
def test_a_form_that_is_none_is_told(service, content_type, body, status):
    refused = service.ask("POST", "/process_audio", body, {"Content-Type": content_type})
    assert (refused.status, list(refused.told)) == (status, ["error"])
    assert service.left_over() == []


def test_a_client_that_goes_away_leaves_nothing(service, clip):
    boundary, body = form(clip, "talk.wav", {})
    head = f"POST /v1/analyze HTTP/1.1\r\nHost: localhost\r\nContent-Length: {len(body)}\r\n"
    head += f"Content-Type: multipart/form-data; boundary={boundary}\r\n\r\n"
    for sent in (len(body) // 2, len(body)):
        with socket.create_connection(("127.0.0.1", service.port), timeout=20.0) as connection:
            connection.sendall(head.encode() + body[:sent])
    assert service.send("/v1/analyze", clip).status == 200
    assert wait_until_empty(service) == []


def test_answers_are_not_mixed_up(service, clip):
    sound, rate = soundfile.read(io.BytesIO(clip), dtype="int16")

    def ask(number: int) -> tuple[int, str, float]:
        file = io.BytesIO()
        soundfile.write(file, sound[: (1000 + 40 * number) * rate // 1000], rate, format="WAV")
        told = service.send("/v1/analyze", file.getvalue(), name=f"{number}.wav").told
        return number, told["file"], told["audio"]["seconds"]

    with concurrent.futures.ThreadPoolExecutor(20) as pool:
        for number, name, seconds in pool.map(ask, range(20)):
            assert (name, seconds) == (f"{number}.wav", pytest.approx(1.0 + 0.04 * number, abs=0.001))
    assert wait_until_empty(service) == []


def test_another_name_of_this_computer_is_refused(service):
    assert service.ask("GET", "/", headers={"Host": "evil.example"}).status == 400


def test_the_page_and_the_description_name_no_other_host(service):
    for path in ("/", "/docs", "/page/page.js", "/page/page.css", "/page/timeline.js", "/page/docs.js"):
        answer = service.ask("GET", path)
        assert answer.status == 200
        assert b"http://" not in answer.content
        assert b"https://" not in answer.content
        assert "default-src 'self'" in answer.headers["content-security-policy"]
    described = service.ask("GET", "/openapi.json").told
    assert {"/healthz", "/process_audio", "/v1/analyze", "/v1/jobs/{number}"} <= set(described["paths"])


def test_an_address_that_others_reach_needs_a_token(run):
    for options in ((), ("--token", "short")):
        ran = run("serve", "--host", "0.0.0.0", "--port", "0", *options)
        assert (ran.status, ran.out) == (1, "")
        assert error_line(ran).startswith("Others can reach this computer at 0.0.0.0, so the service needs a token")
