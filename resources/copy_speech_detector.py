"""Copies the network of the speech detector from the package that publishes it to ``models/``.

The package silero-vad depends on torch, which the detector does not use; so the program carries the one file that it
needs. The package is a development dependency:

    make detector                                       copies network and licence, and writes the description
    python resources/copy_speech_detector.py --verify   compares what is in models/ with the installed package
"""

from __future__ import annotations

import hashlib
import json
import shutil
import sys
from importlib import metadata
from pathlib import Path

PACKAGE = "silero-vad"
NETWORK = "silero_vad/data/silero_vad_16k_sequence.onnx"
MODELS = Path(__file__).resolve().parents[1] / "models"
TARGET = MODELS / "speech_detector.onnx"
LICENCE = MODELS / "speech_detector.LICENSE.txt"
DESCRIPTION = MODELS / "speech_detector.json"


def published() -> tuple[Path, Path, dict[str, str]]:
    """Return network, licence and description of the installed package.

    Raises:
        PackageNotFoundError: The package is not installed.
    """
    package = metadata.distribution(PACKAGE)
    network = Path(str(package.locate_file(NETWORK)))
    (licence,) = (Path(str(package.locate_file(each))) for each in package.files or () if each.name == "LICENSE")
    description = {
        "name": "Silero VAD, the network for whole sequences at 16 kHz",
        "package": PACKAGE,
        "version": package.version,
        "source": "https://github.com/snakers4/silero-vad",
        "licence": "MIT",
        "licence_file": LICENCE.name,
        "sha256": hashlib.sha256(network.read_bytes()).hexdigest(),
    }
    return network, licence, description


def differences() -> list[str]:
    """Return the names of the files in ``models/`` that differ from the installed package."""
    network, licence, description = published()
    pairs = ((TARGET, network.read_bytes()), (LICENCE, licence.read_bytes()), (DESCRIPTION, _text(description)))
    return [target.name for target, content in pairs if not target.is_file() or target.read_bytes() != content]


def main() -> int:
    """Copy, or compare with ``--verify``; return the exit status."""
    if sys.argv[1:] == ["--verify"]:
        found = differences()
        print(f"differs from the package: {', '.join(found)}" if found else "the same as in the package")
        return 1 if found else 0
    network, licence, description = published()
    shutil.copyfile(network, TARGET)
    shutil.copyfile(licence, LICENCE)
    DESCRIPTION.write_bytes(_text(description))
    print(f"{TARGET}: {description['name']} {description['version']}")
    return 0


def _text(description: dict[str, str]) -> bytes:
    return (json.dumps(description, indent=2) + "\n").encode("utf-8")


if __name__ == "__main__":
    sys.exit(main())
