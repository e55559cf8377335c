"""``python -m training``: the commands from a corpus to a model."""

from __future__ import annotations

import sys

from ser_desktop.errors import SerError
from training.arguments import build_parser


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return the exit status."""
    parsed = build_parser().parse_args(arguments)
    try:
        parsed.function(parsed)
    except SerError as error:
        print(f"training: error: {error}", file=sys.stderr)
        return 1
    except ModuleNotFoundError as error:
        print(f"training: error: {error.name} is not installed. Use: pip install -e '.[training]'", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        again = {"baselines": "the same command continues", "finetune": "nothing was written"}.get(
            parsed.command, "“--resume” continues from the last epoch"
        )
        print(f"training: stopped; {again}", file=sys.stderr)
        return 130
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
