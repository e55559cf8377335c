"""Prints the size of each extra: ``python resources/packaging/extra_sizes.py [EXTRA…]``, or ``make extra-sizes``.

The size is that of all files of the packages that the extra brings and the program alone does not, on the disk, without
compiled Python. Packages that are not installed are named and not counted.
"""

from __future__ import annotations

import sys
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PROGRAM = "ser-desktop"


def main() -> int:
    """Print a line for each extra, and return 0."""
    program = distribution(PROGRAM)
    base = needed(program)
    for extra in sys.argv[1:] or sorted(program.metadata.get_all("Provides-Extra") or ()):
        added = needed(program, extra) - base
        sizes, missing = {}, []
        for name in sorted(added):
            try:
                sizes[name] = size(distribution(name))
            except PackageNotFoundError:
                missing.append(name)
        largest = sorted(sizes, key=lambda name: -sizes[name])[:3]
        parts = ", ".join(f"{name} {sizes[name] / 1e6:.0f}" for name in largest)
        absent = f"; not installed: {', '.join(missing)}" if missing else ""
        print(f"[{extra}] {sum(sizes.values()) / 1e6:.0f} MB in {len(sizes)} packages ({parts}{absent})")
    return 0


def needed(package: Distribution, extra: str = "") -> set[str]:
    """Return the names of all packages that one needs, with an extra, and of those that these need."""
    found: set[str] = set()
    waiting = [(package, extra)]
    seen: set[tuple[str, str]] = set()
    while waiting:
        each, of_extra = waiting.pop()
        for text in each.requires or ():
            wanted = Requirement(text)
            if wanted.marker and not wanted.marker.evaluate({"extra": of_extra}):
                continue
            name = canonicalize_name(wanted.name)
            found.add(name)
            for key in {(name, ""), *((name, inner) for inner in wanted.extras)} - seen:
                seen.add(key)
                try:
                    waiting.append((distribution(name), key[1]))
                except PackageNotFoundError:
                    continue
    return found - {PROGRAM}


def size(package: Distribution) -> int:
    """Return the bytes of all files of an installed package, without compiled Python."""
    paths = (Path(str(file.locate())) for file in package.files or () if "__pycache__" not in file.parts)
    return sum(path.stat().st_size for path in paths if path.is_file())


if __name__ == "__main__":
    raise SystemExit(main())
