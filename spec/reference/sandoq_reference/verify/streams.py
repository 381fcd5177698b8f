"""Standard output and standard error of a verifier whose exit code is a verdict."""

import os
import sys

# Whoever made the record chose these; on a terminal they could erase, reorder or draw a verdict.
_HOSTILE = {*range(0x20), *range(0x7F, 0xA0), 0x61C, 0x200E, 0x200F, 0x2028, 0x2029, *range(0x202A, 0x202F),
            *range(0x2066, 0x206A)}
_ESCAPES = {code: f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" for code in _HOSTILE}
_ESCAPES |= {0xDC00 + byte: f"\\x{byte:02x}" for byte in range(0x80, 0x100)}  # os.fsdecode of what is not UTF-8


def printable(text):
    """The text in one line, with controls of the terminal and of the direction of writing as \\xNN or \\uNNNN."""
    return text.translate(_ESCAPES)


def message(text):
    """A line on standard error. If nobody can read it the verdict still stands."""
    try:
        _write_all(2, printable(text).encode("utf-8", "replace") + b"\n")
    except OSError:
        pass


def occupy_closed():
    """Keeps the numbers 0 to 2 for the standard streams: else a file opened later would get what is written there."""
    while (number := os.open(os.devnull, os.O_RDWR)) <= 2:
        pass
    os.close(number)
    if sys.stderr is None:
        sys.stderr = open(2, "w", encoding="utf-8", closefd=False)


def output(text):
    """Writes all of it and a line's end to standard output; raises OSError if that is not possible.

    Without Python's buffer, which would be flushed a second time, and in vain, at the end of the process.
    """
    _write_all(1, text.encode("utf-8", "replace") + b"\n")


def _write_all(number, data):
    while data:
        data = data[os.write(number, data):]
