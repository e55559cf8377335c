"""Writes the reference results of the demo recording for ``ser-desktop --self-test``.

Run it after a change of the model, of the demo recording or of the analysis: make figures
"""

from __future__ import annotations

import json

from ser_desktop import paths
from ser_desktop.cli.self_test import demo_figures


def main() -> None:
    """Write the reference results, one entry on each line."""
    figures = demo_figures()
    entries = ",\n".join(json.dumps(entry) for entry in figures.pop("entries"))
    head = json.dumps(figures)[:-1]
    paths.self_test_figures().write_text(f'{head}, "entries": [\n{entries}\n]}}\n', "utf-8")
    print(f"{paths.self_test_figures()}: {entries.count(chr(10)) + 1} entries of {figures['model']}")


if __name__ == "__main__":
    main()
