"""Builds the image of the Containerfile without a registry, runs it, and checks what it does: ``make container``.

    sudo python3 resources/packaging/container.py FOLDER

It needs root, Linux, debootstrap, buildah, podman, runc and a mirror of Debian. The base image is made from scratch:
debootstrap writes a Debian, which gets the name that the Containerfile begins with. The container runs as SERVER.md
says, but in the network of this machine: as its own user, with a read-only root and one volume.
"""

from __future__ import annotations

import os
import resource
import secrets
import subprocess
import sys
import time
from pathlib import Path

from container_steps import CHECKOUT, ask, make_base, wait_for

NAME, IMAGE = "ser-desktop-check", "localhost/ser-desktop"
PORT = 8765
CERTIFICATES = "/usr/local/share/certificates.crt"  # in the base, where pip of this machine needs its own
MOST_FILES, MOST_PROCESSES = 4096, 4096  # podman would ask for a million, which not every machine gives
LIMITS = "test $(id -u) != 0 && ! touch /x /opt/x /etc/x 2>/dev/null && touch $HOME/x && rm $HOME/x"
LEFT = "find $HOME -type f"


class Tools:
    """buildah and podman with a storage of their own.

    Args:
        folder: Where it lies.
    """

    def __init__(self, folder: Path) -> None:
        self._storage = ["--root", str(folder / "storage"), "--runroot", str(folder / "running")]

    def buildah(self, command: str, *arguments: str | Path) -> str:
        """Run a command of buildah and return what it prints."""
        return _run("buildah", *self._storage, command, *arguments)

    def podman(self, *arguments: str | Path) -> str:
        """Run a command of podman, likewise."""
        return _run("podman", *self._storage, "--cgroup-manager", "cgroupfs", "--runtime", "runc", *arguments)


def main() -> int:
    """Build the image, run it, and ask it."""
    folder = Path(sys.argv[1]).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    tools = Tools(folder)
    build(tools, folder)
    check(tools)
    return 0


def build(tools: Tools, folder: Path) -> None:
    """Build the image of the Containerfile on a base from scratch."""
    steps = (CHECKOUT / "Containerfile").read_text(encoding="utf-8").splitlines()
    base = next(line.split()[1] for line in steps if line.startswith("FROM "))
    make_base(folder / "base", base.rpartition(":")[2].removesuffix("-slim"))
    container = tools.buildah("from", "scratch")
    tools.buildah("add", container, folder / "base", "/")
    if certificates := os.environ.get("PIP_CERT"):
        tools.buildah("copy", container, certificates, CERTIFICATES)
        tools.buildah("config", "--env", f"PIP_CERT={CERTIFICATES}", container)
    tools.buildah("commit", "--rm", container, base)
    print(f"{base} from scratch", flush=True)
    began_s = time.monotonic()
    options = ("--format", "docker", "--pull-never", "--isolation", "chroot", "--network", "host")
    tools.buildah("bud", *options, "--tag", IMAGE, CHECKOUT)
    size = tools.buildah("images", "--format", "{{.Size}}", IMAGE)
    print(f"{IMAGE}: {size}, built in {time.monotonic() - began_s:.0f} s", flush=True)


def check(tools: Tools) -> None:
    """Run the image, ask it, and stop it.

    Raises:
        AssertionError: Something is not as it should be.
        CalledProcessError: Likewise.
    """
    token, address = secrets.token_urlsafe(24), f"http://127.0.0.1:{PORT}"
    limits = [
        *("--ulimit", f"nofile={_at_most(resource.RLIMIT_NOFILE, MOST_FILES)}"),
        *("--ulimit", f"nproc={_at_most(resource.RLIMIT_NPROC, MOST_PROCESSES)}"),
    ]
    how = ("--read-only", "--volume", f"{NAME}:/data", "--network", "host", "--env", f"SER_DESKTOP_TOKEN={token}")
    tools.podman("run", "--detach", "--name", NAME, *how, *limits, IMAGE)
    try:
        wait_for(
            f"{address}/healthz", lambda: tools.podman("inspect", "--format", "{{.State.Status}}", NAME) == "running"
        )
        tools.podman("healthcheck", "run", NAME)
        tools.podman("exec", NAME, "sh", "-c", LIMITS)
        print("healthy; not root; its root is read only, its volume is not")
        told = ask(f"{address}/process_audio", token)
        print(f"answered: {told['audio']['seconds']:.1f} s, “{str(told['Transcription'])[:60]}”")
        left = tools.podman("exec", NAME, "sh", "-c", LEFT)
        assert not left, left
        began_s = time.monotonic()
        tools.podman("stop", NAME)
        status = tools.podman("inspect", "--format", "{{.State.ExitCode}}", NAME)
        print(f"stopped after {time.monotonic() - began_s:.1f} s with status {status}; nothing was left in the volume")
    finally:
        tools.podman("rm", "--force", NAME)
        tools.podman("volume", "rm", "--force", NAME)


def _at_most(kind: int, most: int) -> str:
    hard = resource.getrlimit(kind)[1]
    count = most if hard == resource.RLIM_INFINITY else min(most, hard)
    return f"{count}:{count}"


def _run(*command: str | Path) -> str:
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout.strip()


if __name__ == "__main__":
    sys.exit(main())
