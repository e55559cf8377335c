"""Runs the steps of the Containerfile in plain folders, where no base image can be had, and checks what they make.

    sudo python3 resources/packaging/container_steps.py FOLDER

It needs root, Linux, debootstrap and a mirror of Debian. Each stage is a folder; RUN is done with chroot. At the end
the service runs as the container would: as its own user, with a read-only root and one writable volume. Then it is
asked, and stopped.
"""

from __future__ import annotations

import json
import os
import secrets
import shlex
import shutil
import subprocess
import sys
import time
import urllib.request
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

CHECKOUT = Path(__file__).resolve().parents[2]
START_S, STOP_S = 120.0, 10.0
PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
MIRROR = "http://deb.debian.org/debian"


@dataclass
class Stage:
    """One stage of the Containerfile.

    Attributes:
        root: Its folder.
        env: Its environment.
        user: Who runs its command.
        volume: The folder that stays writable.
        health: The command that checks its health.
        command: What it runs.
    """

    root: Path
    env: dict[str, str] = field(default_factory=lambda: {"PATH": PATH})
    user: str = "root"
    volume: str = ""
    health: list[str] = field(default_factory=list)
    command: list[str] = field(default_factory=list)


def main() -> int:
    """Build the stages, run the last one, and ask it."""
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    stage = build(folder)
    check(stage, folder)
    return 0


def build(folder: Path) -> Stage:
    """Return the last stage."""
    base, stages = folder / "base", {}
    text = (CHECKOUT / "Containerfile").read_text(encoding="utf-8").replace("\\\n", " ")
    stage = None
    for line in (each.strip() for each in text.splitlines()):
        step, _, rest = line.partition(" ")
        if not line or line.startswith("#"):
            continue
        print(f"{step} {rest[:100]}", flush=True)
        if step == "FROM":
            image, _, name = rest.partition(" AS ")
            stage = stages[name or "last"] = Stage(folder / (name or "last"))
            make_base(base, image.rpartition(":")[2].removesuffix("-slim"))
            shutil.rmtree(stage.root, ignore_errors=True)
            subprocess.run(["cp", "-a", base, stage.root], check=True)
        elif stage:
            do(step, rest, stage, stages)
    assert stage is not None
    return stage


def do(step: str, rest: str, stage: Stage, stages: dict[str, Stage]) -> None:
    """Do one step."""
    if step == "RUN":
        inside(stage, ["sh", "-c", rest])
    elif step == "COPY":
        copy(shlex.split(rest), stage, stages)
    elif step in {"ARG", "ENV"}:  # an argument has its default here
        name, _, value = rest.partition("=")
        stage.env[name] = value
    elif step == "USER":
        stage.user = rest
    elif step == "VOLUME":
        stage.volume = rest
    elif step == "HEALTHCHECK":
        stage.health = json.loads(rest.partition(" CMD ")[2])
    elif step == "CMD":
        stage.command = json.loads(rest)
    elif step != "EXPOSE":
        raise ValueError(f"unknown step {step}")


def copy(words: list[str], stage: Stage, stages: dict[str, Stage]) -> None:
    """Copy files of the checkout, or of another stage."""
    origin = CHECKOUT
    if words[0].startswith("--from="):
        origin = stages[words.pop(0).removeprefix("--from=")].root
    *sources, target = words
    to = stage.root / target.lstrip("/")
    if target.endswith("/"):
        to.mkdir(parents=True, exist_ok=True)
    for source in sources:
        place = origin / source.lstrip("/")
        if place.is_dir():
            shutil.copytree(place, to, symlinks=True, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy2(place, to)


def make_base(base: Path, suite: str) -> None:
    """Make the root of a Debian, once."""
    if not (base / "etc/debian_version").exists():
        subprocess.run(["debootstrap", "--variant=minbase", suite, base, MIRROR], check=True, stdout=subprocess.DEVNULL)
    shutil.copy("/etc/resolv.conf", base / "etc/resolv.conf")  # as container programs do


def inside(stage: Stage, command: list[str]) -> None:
    """Run a step in a root, with this machine's network; its certificates too, where pip needs them."""
    certificates = os.environ.get("PIP_CERT")
    known = stage.root / "etc/ssl/certs/ca-certificates.crt"
    if certificates and known.exists():
        shutil.copy(certificates, known)
    env = {**stage.env, "DEBIAN_FRONTEND": "noninteractive"}
    if certificates:
        env["PIP_CERT"] = "/etc/ssl/certs/ca-certificates.crt"
    mounted = 'mount -t proc proc proc && mount --bind /dev dev && exec chroot . "$@"'
    subprocess.run(
        ["unshare", "--mount", "sh", "-c", mounted, "sh", *command],
        cwd=stage.root,
        env=env,
        check=True,
        stdout=subprocess.DEVNULL,
    )


def check(stage: Stage, folder: Path) -> None:
    """Run the service as a container would, ask it, and stop it.

    Raises:
        AssertionError: Something is not as it should be.
    """
    data, token = folder / "data", secrets.token_urlsafe(24)
    shutil.rmtree(data, ignore_errors=True)
    shutil.copytree(stage.root / stage.volume.lstrip("/"), data)
    owner = (stage.root / stage.volume.lstrip("/")).stat()
    os.chown(data, owner.st_uid, owner.st_gid)
    data.chmod(0o700)
    steps = (
        'mount --bind . . && cd . && mount -o remount,ro,bind "$PWD" && cd "$PWD"',
        "mount -t proc proc proc && mount --bind /dev dev && mount -t tmpfs tmpfs dev/shm",
        f"mount --bind {shlex.quote(str(data))} .{stage.volume}",
        f'exec chroot --userspec={owner.st_uid}:{owner.st_gid} . "$@"',
    )
    read_only = " && ".join(steps)

    def run(command: list[str]) -> subprocess.Popen[bytes]:
        env = {**stage.env, "SER_DESKTOP_TOKEN": token}
        return subprocess.Popen(["unshare", "--mount", "sh", "-c", read_only, "sh", *command], cwd=stage.root, env=env)

    service = run(stage.command)
    try:
        port = stage.command[stage.command.index("--port") + 1]
        wait_for(f"http://127.0.0.1:{port}/healthz", lambda: service.poll() is None)
        assert run(stage.health).wait() == 0, "the health check fails"
        limits = "test $(id -u) != 0 && ! touch /x /opt/x /etc/x 2>/dev/null && touch $HOME/x && rm $HOME/x"
        assert run(["sh", "-c", limits]).wait() == 0, "it is root, or may write where it should not"
        print("healthy; not root; its root is read only, its volume is not")
        told = ask(f"http://127.0.0.1:{port}/process_audio", token)
        print(f"answered: {told['audio']['seconds']:.1f} s, “{str(told['Transcription'])[:60]}”")
        left = [each.name for each in data.rglob("*") if each.is_file()]
        assert not left, left
    finally:
        service.terminate()
        began_s = time.monotonic()
        status = service.wait(STOP_S)
    print(f"stopped after {time.monotonic() - began_s:.1f} s with status {status}; nothing was left in the volume")


def wait_for(address: str, is_running: Callable[[], bool]) -> None:
    """Wait until the service answers."""
    began_s = time.monotonic()
    while True:
        try:
            with urllib.request.urlopen(address, timeout=2.0):
                print(f"answers after {time.monotonic() - began_s:.1f} s")
                return
        except OSError:
            assert is_running(), "the service has ended"
            assert time.monotonic() - began_s < START_S, "the service does not answer"
            time.sleep(0.3)


def ask(address: str, token: str) -> dict[str, Any]:
    """Return the answer to the demo recording."""
    boundary = uuid.uuid4().hex
    sound = (CHECKOUT / "resources" / "demo.flac").read_bytes()
    head = f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="demo.flac"\r\n\r\n'
    body = head.encode() + sound + f"\r\n--{boundary}--\r\n".encode()
    headers = {"Content-Type": f"multipart/form-data; boundary={boundary}", "Authorization": f"Bearer {token}"}
    with urllib.request.urlopen(urllib.request.Request(address, body, headers), timeout=120.0) as answer:
        told: dict[str, Any] = json.load(answer)
        return told


if __name__ == "__main__":
    sys.exit(main())
