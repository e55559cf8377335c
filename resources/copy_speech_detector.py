"""Makes the network of the speech detector in ``models/`` from that of the package that publishes it.

The package silero-vad depends on torch, which the detector does not use; so the program carries the one file that it
needs, in a faster form (``detector_graph.py``). The package is a development dependency:

    make detector                                       writes network, licence and description
    python resources/copy_speech_detector.py --verify   compares what is in models/ with the installed package
"""

from __future__ import annotations

import hashlib
import json
import shutil
import sys
from importlib import metadata
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
from detector_graph import BLOCK, with_matrix_products

PACKAGE = "silero-vad"
NETWORK = "silero_vad/data/silero_vad_16k_sequence.onnx"
MODELS = Path(__file__).resolve().parents[1] / "models"
TARGET = MODELS / "speech_detector.onnx"
LICENCE = MODELS / "speech_detector.LICENSE.txt"
DESCRIPTION = MODELS / "speech_detector.json"


TOLERANCE = 1e-5  # of a speech probability; 1e-6 is usual
CHECKED_BLOCKS = 300


def made() -> tuple[bytes, Path, dict[str, str]]:
    """Return network, licence and description, from the installed package.

    Raises:
        PackageNotFoundError: The package is not installed.
        ValueError: The network differs from the published one.
    """
    package = metadata.distribution(PACKAGE)
    network = Path(str(package.locate_file(NETWORK)))
    (licence,) = (Path(str(package.locate_file(each))) for each in package.files or () if each.name == "LICENSE")
    content = with_matrix_products(onnx.load(network)).SerializeToString(deterministic=True)
    if (difference := _largest_difference(network.read_bytes(), content)) > TOLERANCE:
        raise ValueError(f"a speech probability differs from that of the published network by {difference:.2g}")
    description = {
        "name": "Silero VAD, the network for whole sequences at 16 kHz, with matrix products instead of convolutions",
        "package": PACKAGE,
        "version": package.version,
        "source": "https://github.com/snakers4/silero-vad",
        "licence": "MIT",
        "licence_file": LICENCE.name,
        "published_sha256": hashlib.sha256(network.read_bytes()).hexdigest(),
        "sha256": hashlib.sha256(content).hexdigest(),
    }
    return content, licence, description


def _largest_difference(published: bytes, content: bytes) -> float:
    """Return the largest difference of a probability or of the state, on noise that grows loud, in two calls."""
    random = np.random.default_rng(0)
    loudness = np.geomspace(1e-4, 1.0, CHECKED_BLOCKS)[:, None]
    blocks = (loudness * random.standard_normal((CHECKED_BLOCKS, BLOCK))).astype(np.float32)
    outputs = []
    for network in (published, content):
        session = onnxruntime.InferenceSession(network, providers=["CPUExecutionProvider"])
        state, found = [np.zeros((1, 1, 128), np.float32)] * 2, []
        for part in np.split(blocks, [CHECKED_BLOCKS // 3]):
            probabilities, *state = session.run(
                ["speech_probs", "hn", "cn"], {"input": part, "h": state[0], "c": state[1]}
            )
            found.append(probabilities)
        outputs.append(np.concatenate([*found, state[0].ravel()]))
    return float(np.abs(outputs[0] - outputs[1]).max())


def differences() -> list[str]:
    """Return the names of the files in ``models/`` that differ from the installed package."""
    content, licence, description = made()
    pairs = ((TARGET, content), (LICENCE, licence.read_bytes()), (DESCRIPTION, _text(description)))
    return [target.name for target, content in pairs if not target.is_file() or target.read_bytes() != content]


def main() -> int:
    """Write the files, or compare them with ``--verify``; return the exit status."""
    if sys.argv[1:] == ["--verify"]:
        found = differences()
        print(f"differs from the package: {', '.join(found)}" if found else "the same as in the package")
        return 1 if found else 0
    content, licence, description = made()
    TARGET.write_bytes(content)
    shutil.copyfile(licence, LICENCE)
    DESCRIPTION.write_bytes(_text(description))
    print(f"{TARGET}: {description['name']} {description['version']}")
    return 0


def _text(description: dict[str, str]) -> bytes:
    return (json.dumps(description, indent=2) + "\n").encode("utf-8")


if __name__ == "__main__":
    sys.exit(main())
