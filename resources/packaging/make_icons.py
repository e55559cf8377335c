"""Draws the program's icon in the sizes and formats of the three systems, into build/icons.

Linux gets a folder of the theme “hicolor”, Windows an .ico, macOS an .icns.
"""

from __future__ import annotations

import os
import shutil
import struct
import sys
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

ROOT = Path(__file__).resolve().parents[2]
DRAWING = ROOT / "resources" / "icons" / "ser-desktop.svg"
NAME = DRAWING.stem
HICOLOR_PX = (16, 22, 24, 32, 48, 64, 128, 256, 512)
ICO_PX = (16, 24, 32, 48, 64, 128, 256)
# Source: Apple's Icon Composer types; those that hold PNG, each with the side of its picture in pixels.
ICNS_PX = {
    b"icp4": 16, b"icp5": 32, b"ic11": 32, b"ic12": 64, b"ic07": 128, b"ic13": 256, b"ic08": 256, b"ic14": 512,
    b"ic09": 512, b"ic10": 1024,
}  # fmt: skip


def main() -> int:
    """Write all icons and return 0."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QGuiApplication(sys.argv[:1])
    folder = ROOT / "build" / "icons"
    folder.mkdir(parents=True, exist_ok=True)
    pictures = {side: png(side) for side in {*HICOLOR_PX, *ICO_PX, *ICNS_PX.values()}}
    for side in HICOLOR_PX:
        place = folder / "hicolor" / f"{side}x{side}" / "apps" / f"{NAME}.png"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(pictures[side])
    scalable = folder / "hicolor" / "scalable" / "apps"
    scalable.mkdir(parents=True, exist_ok=True)
    shutil.copy(DRAWING, scalable / DRAWING.name)
    (folder / f"{NAME}.ico").write_bytes(ico({side: pictures[side] for side in ICO_PX}))
    (folder / f"{NAME}.icns").write_bytes(icns({kind: pictures[side] for kind, side in ICNS_PX.items()}))
    del app
    return 0


def png(side: int) -> bytes:
    """Return the drawing as PNG, so many pixels wide and high."""
    image = QImage(side, side, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(str(DRAWING)).render(painter)
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())


def ico(pictures: dict[int, bytes]) -> bytes:
    """Return a Windows icon that holds PNGs, by their side in pixels."""
    head = struct.pack("<HHH", 0, 1, len(pictures))
    offset, entries = len(head) + 16 * len(pictures), b""
    for side, picture in pictures.items():
        edge = side % 256  # 0 stands for 256
        entries += struct.pack("<BBBBHHII", edge, edge, 0, 0, 1, 32, len(picture), offset)
        offset += len(picture)
    return head + entries + b"".join(pictures.values())


def icns(pictures: dict[bytes, bytes]) -> bytes:
    """Return a macOS icon that holds PNGs, by their type."""
    body = b"".join(kind + struct.pack(">I", 8 + len(picture)) + picture for kind, picture in pictures.items())
    return b"icns" + struct.pack(">I", 8 + len(body)) + body


if __name__ == "__main__":
    raise SystemExit(main())
