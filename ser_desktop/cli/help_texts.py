"""The help of the commands beyond their options: what each does, examples, formats and exit status."""

from __future__ import annotations

import argparse
import re
from typing import Any, NoReturn

WRONG_USAGE = 2
ABOUT = {
    "analyze": "Turn recordings into emotion timelines: a report of each, and tables where they are wanted.",
    "batch": "Analyse all recordings of folders on several cores. The same command continues after a stop.",
    "measure": "Measure pitch, intensity and voice quality of each passage, as a table.",
    "record": "Listen to the microphone and show the emotion live, until Ctrl-C or the end of the time.",
    "voice": "Make a voice known, so that it is understood better. A profile holds averages and no sound.",
    "voice add": "Make a voice known, from recordings or from the microphone.",
    "export": "Write an exported timeline in another format, without analysing the recording again.",
    "project": "List, check or export a project that the window saved.",
    "agreement": "Tell how well people agree with each other and with the model, from the corrections in a project.",
    "report": "Write recordings or a project as one page to send, as HTML, PDF or both.",
    "recover": "Make recordings whole that a crash or a power cut has left. Without options, all are recovered.",
    "serve": "Offer the analysis over HTTP, with a page to try it, until Ctrl-C.",
    "devices": "List the microphones. “record --input” takes their names.",
    "model": "Tell what the model is, what was measured of it, and what it must not be used for.",
}
EXAMPLES = {
    "": (("", "open the window"), ("talk.m4a", "open it with a recording"), ("analyze talk.m4a", "in the terminal")),
    "analyze": (
        ("talk.m4a", "a report in the terminal"),
        ("*.wav --csv all.csv", "one table of many recordings"),
        ("call.wav --channel all", "each side of a call by itself"),
        ("talk.m4a --export textgrid=out/", "a file for Praat, in out"),
    ),
    "batch": (
        ("interviews/ --out results/", "a table of each recording, and a summary"),
        ("interviews/ --out results/ --retry", "again those that failed"),
    ),
    "measure": (("talk.wav --csv voice.csv", "a row for each passage"),),
    "record": (
        ("", "live, until Ctrl-C; nothing is kept"),
        ("--seconds 60 --wav me.wav --csv me.csv", "a minute; keep sound and table"),
    ),
    "voice add": (("Anna anna.wav", "from a recording"), ("Anna --record 30", "from the microphone")),
    "export": (("talk.csv --to textgrid", "writes talk.TextGrid"),),
    "report": (("talk.m4a --html talk.html", "a page that holds everything"),),
    "recover": (("--list", "only list them"),),
    "serve": (("", "at http://127.0.0.1:8765"),),
    "project export": (("interviews/ --export csv=all.csv", "one table of all its recordings"),),
}
EXIT_STATUS = """exit status:
  0    done
  1    something failed, or sound is missing; stderr says what
  2    wrong usage
  130  stopped by Ctrl-C"""


class CommandParser(argparse.ArgumentParser):
    """The parser of one command, with a help that a newcomer can use."""

    def format_help(self) -> str:
        """Return the help. The formats are imported only here: they would slow every start."""
        self.formatter_class = _Formatter
        command = self.prog.partition(" ")[2]
        self.description = self.description or ABOUT.get(command)
        own = self.epilog
        parts = [own or "", _examples(self.prog, EXAMPLES.get(command, ()))]
        if self.get_default("lists_formats"):
            parts.append(_formats())
        self.epilog = "\n\n".join(filter(None, (*parts, EXIT_STATUS)))
        try:
            return super().format_help()
        finally:
            self.epilog = own

    def error(self, message: str) -> NoReturn:
        """Print the error as one line, as all errors, and exit."""
        end = "" if message.endswith("?") else "."
        self.exit(WRONG_USAGE, f"ser-desktop: error: {message}{end} “{self.prog} --help” tells more.\n")

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        """Parse the arguments of this command; unlike argparse, a command itself tells of its unknown options."""
        found, unknown = super().parse_known_args(args, namespace)
        if unknown and " " in self.prog:
            import difflib  # here, because it would slow every start

            options = re.findall(r"--[a-z-]+", self.format_usage())
            near = difflib.get_close_matches(unknown[0].partition("=")[0], options, n=1)
            self.error(f"there is no option {unknown[0]}" + (f"; did you mean {near[0]}?" if near else ""))
        return found, unknown


class _Formatter(argparse.HelpFormatter):
    """Wraps lines, but not those that are indented, which are tables."""

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        import textwrap  # here, because it would slow every start

        lines = (line if line.startswith("  ") else textwrap.fill(line, width) for line in text.splitlines())
        return textwrap.indent("\n".join(lines), indent)


def _examples(program: str, examples: tuple[tuple[str, str], ...]) -> str:
    commands = [f"{program} {arguments}".rstrip() for arguments, _ in examples]
    width = max(map(len, commands), default=0)
    lines = [f"  {command:<{width}}  {what}" for command, (_, what) in zip(commands, examples, strict=True)]
    return "\n".join(("examples:", *lines)) if lines else ""


def _formats() -> str:
    from ser_desktop.export.registry import FORMATS

    names = max(len(each.name) for each in FORMATS)
    suffixes = max(len(each.suffix) for each in FORMATS)
    lines = [f"  {each.name:<{names}}  {each.suffix:<{suffixes}}  {each.description}" for each in FORMATS]
    return "\n".join(("formats:", *lines))
