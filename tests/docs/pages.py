"""What the tests of the pages share: the blocks of a page, and segments written and read."""

import os
import re
import tomllib
from pathlib import Path

SOURCE = Path(os.environ.get("SANDOQ_SOURCE_DIR") or Path(__file__).resolve().parents[2])
TUTORIALS = SOURCE / "docs" / "tutorials"
RECORDS = SOURCE / "spec/80-record/vectors/records"
BLOCK = re.compile(r"^```([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks(page):
    """(language, text, line before it) of every fenced block, in order."""
    text = page.read_text(encoding="utf-8")
    return [(found[1], found[2], text.count("\n", 0, found.start(2))) for found in BLOCK.finditer(text)]


def checks():
    """id -> section, in the order of checks.toml."""
    with open(SOURCE / "spec/90-verification/checks.toml", "rb") as stream:
        return {entry["id"]: entry["spec"] for entry in tomllib.load(stream)["check"]}


def varint(value):
    out = b""
    while value > 127:
        out += bytes([value & 127 | 128])
        value >>= 7
    return out + bytes([value])


def segment(items):
    """The bytes of a file (80.2)."""
    out = b""
    for kind, data in items:
        message = b"\x08" + varint(kind) + b"\x12" + varint(len(data)) + data
        out += varint(len(message)) + message
    return out
