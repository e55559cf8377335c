"""Names and prose in the code keep to the glossary."""

import io
import re
import tokenize
from pathlib import Path

ROOT = Path(__file__).parents[1]
BANNED_NAMES = re.compile(r"(?:^|_)(?:utils?|helpers?|manager|handler|claims_from)(?:_|$)|^UnbrokenSound$")
BANNED_PROSE = re.compile(r"\b(?:inner speakers?|companions?|claims_from|UnbrokenSound)\b", re.IGNORECASE)


def test_code_keeps_to_the_glossary():
    found = []
    for folder in ("ser_desktop", "training", "resources"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            for token in tokenize.generate_tokens(io.StringIO(path.read_text(encoding="utf-8")).readline):
                prose = token.type == tokenize.COMMENT or token.string.startswith(('"""', 'r"""'))
                banned = BANNED_PROSE if prose else BANNED_NAMES if token.type == tokenize.NAME else None
                if banned and (match := banned.search(token.string)):
                    found.append(f"{path.relative_to(ROOT)}:{token.start[0]}: {match.group()}")
    assert not found, "Words that the glossary replaces:\n" + "\n".join(found)
