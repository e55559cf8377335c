"""Loads the service: 50 clients at once, uploads of a minute, broken and half-sent ones; then many short requests.

    PYTHONPATH=.:tests python -m tests.service.load --clients 50 --minutes 100 --requests 1000

It prints the times of short clips and the memory of the service. It fails if an answer is mixed up, or a file is left.
"""

from __future__ import annotations

import argparse
import concurrent.futures
import io
import tempfile
import time
from pathlib import Path

import numpy as np
import soundfile

from ser_desktop import paths

from .conftest import Service, form, start_service


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument("--minutes", type=int, default=100, help="uploads of a minute")
    parser.add_argument("--requests", type=int, default=1000, help="short requests")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        service = start_service(paths.default_model(), Path(folder), "--max-mb", "20")
        try:
            load(service, chosen)
        finally:
            service.end()
        assert service.left_over() == [], service.left_over()
        print("nothing left over after the end")


def load(service: Service, chosen: argparse.Namespace) -> None:
    """Send everything and print the figures."""
    sound, rate = soundfile.read(paths.demo_recording(), dtype="int16")
    service.send("/v1/analyze", wav(sound[: 3 * rate], rate))
    times_s = []
    for _ in range(20):
        begun_s = time.perf_counter()
        assert service.send("/process_audio", wav(sound[3 * rate : 6 * rate], rate), transcribe="false").status == 200
        times_s.append(time.perf_counter() - begun_s)
    print(f"3 s clip, one client: median {np.median(times_s):.3f} s, p95 {np.quantile(times_s, 0.95):.3f} s")
    minute = np.concatenate((sound, sound))[: 60 * rate]

    def upload(number: int) -> None:
        length = len(minute) - number * rate // 10
        told = service.send("/v1/analyze", wav(minute[:length], rate), name=f"{number}.wav").told
        assert told["file"] == f"{number}.wav", told
        assert abs(told["audio"]["seconds"] - length / rate) < 0.002, (number, told["audio"])

    def spoil(number: int) -> None:
        boundary, body = form(wav(minute, rate), f"{number}.wav", {})
        cut = (b"rubbish", body[: len(body) // 2], body[:-9], body * 10)[number % 4]
        answer = service.ask("POST", "/v1/analyze", cut, {"Content-Type": f"multipart/form-data; boundary={boundary}"})
        assert answer.status in (400, 413, 422), answer.status

    begun_s = time.perf_counter()
    with concurrent.futures.ThreadPoolExecutor(chosen.clients) as pool:
        waiting = [pool.submit(upload, number) for number in range(chosen.minutes)]
        waiting += [pool.submit(spoil, number) for number in range(chosen.minutes // 5)]
        for each in waiting:
            each.result()
    print(
        f"{chosen.minutes} uploads of a minute by {chosen.clients} clients, a fifth as many spoiled ones: "
        f"{time.perf_counter() - begun_s:.0f} s, none mixed up"
    )
    before = memory_mb(service)
    clip = wav(sound[3 * rate : 4 * rate], rate)
    for number in range(chosen.requests):
        assert service.send("/v1/analyze", clip).status == 200
        if number == chosen.requests // 10:
            before = memory_mb(service)
    after = memory_mb(service)
    print(f"{chosen.requests} short requests: {before:.1f} MB after a tenth of them, {after:.1f} MB at the end")
    assert service.left_over() == [], service.left_over()


def wav(samples: np.ndarray, rate: int) -> bytes:
    file = io.BytesIO()
    soundfile.write(file, samples, rate, format="WAV")
    return file.getvalue()


def memory_mb(service: Service) -> float:
    """Return the resident memory of the service and its processes."""
    numbers = [service.process.pid]
    for task in Path(f"/proc/{service.process.pid}/task").iterdir():
        numbers += [int(each) for each in (task / "children").read_text().split()]
    pages = sum(int(Path(f"/proc/{number}/statm").read_text().split()[1]) for number in numbers)
    return pages * 4096 / 1e6


if __name__ == "__main__":
    main()
