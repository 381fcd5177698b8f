"""The page "a booth in 40 lines": it quotes the example, and what the example writes holds before another verifier."""

import os
import re
import subprocess
import tempfile
import types
import unittest
from pathlib import Path

import pages
from pages import RECORDS, SOURCE, TUTORIALS
from verifier_test import verifier

PAGE = TUTORIALS / "booth_in_40_lines.md"
EXAMPLE = SOURCE / "examples" / "booth.cpp"
KEYS = SOURCE / "examples" / "town_keys.txt"
PROGRAM = os.environ["SANDOQ_BOOTH"]


def booth(*arguments):
    return subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, text=True, check=False, timeout=60)


def serve():
    """The text of the function that is the booth."""
    text = EXAMPLE.read_text()
    begin = text.index("close_item serve(")
    return text[begin:text.index("\n}\n", begin) + 3]


def town():
    """The election of the town, as far as the second verifier needs it for a journal."""
    r = types.SimpleNamespace(directory=str(RECORDS / "town"), pinned=None)
    for step in (verifier.read_head, verifier.read_files, verifier.read_items, verifier.check_key):
        step(r)
    return r


class Page(unittest.TestCase):
    def test_it_quotes_the_whole_function_in_order(self):
        quoted = "".join(text for language, text, _ in pages.blocks(PAGE) if language == "cpp")
        self.assertEqual([line for line in quoted.splitlines() if line], [line for line in serve().splitlines() if line])

    def test_it_is_as_short_as_it_says(self):
        lines = len(serve().splitlines())
        self.assertLessEqual(lines, 40)
        self.assertIn(f"The part that does it is {lines} lines", PAGE.read_text())


class Booth(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.journal = self.folder / "journal.pb"

    def test_what_it_writes_holds(self):
        done = booth(RECORDS / "town", KEYS, self.journal)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        r = town()
        items = verifier.segment(self.journal.read_bytes())
        self.assertEqual([kind for kind, _ in items], [20, 21, 23, 21, 22, 25])
        r.items["ballots"] = [(kind, verifier.decode(verifier.LAYOUTS[kind], data)) for kind, data in items]
        for step in (verifier.split_journals, verifier.check_chain, verifier.check_ballots):
            step(r)
        opening, close = r.items["ballots"][0][1], r.items["ballots"][-1][1]
        for item, purpose in ((opening, b"opening"), (close, b"close")):
            verifier.check_quorum(r, item.signatures, purpose, verifier.H(purpose, item.before("signatures")))
            own = purpose + b"/device"
            verifier.check_signature(opening.key, own, r.head.domain, r.e1, verifier.H(own, item.before("signature")), item.signature, "device")
        self.assertEqual((close.committed, close.cast, close.challenged, close.voided), (2, 1, 1, 0))
        ballots = r.journals[0].ballots
        self.assertEqual([list(part.bits) for part in ballots[0].resolution.choices], [[0, 1, 0, 0, 0]])  # the second candidate, and no blank
        codes = [f"{entry.ballot.device}-{entry.ballot.serial} {verifier.readable(entry.ballot.code)}" for entry in ballots]
        self.assertEqual(done.stdout.splitlines(), [*codes, "1 cast, 1 challenged"])
        shown = [line[4:] for line in PAGE.read_text().splitlines() if re.match(r"    1-\d ", line)]
        self.assertEqual([re.sub(r"[^ -]", "x", line) for line in shown], [re.sub(r"[^ -]", "x", code) for code in codes])

    def test_a_journal_is_never_overwritten(self):
        self.journal.write_bytes(b"votes")
        self.assertEqual(booth(RECORDS / "town", KEYS, self.journal).returncode, 2)
        self.assertEqual(self.journal.read_bytes(), b"votes")

    def test_it_opens_with_the_boards_keys_only(self):
        others = self.folder / "keys.txt"
        others.write_text(KEYS.read_text().replace("1 1 6", "1 1 7"))
        for record, keys in ((RECORDS / "town", others), (RECORDS / "open-ties", KEYS), (RECORDS / "town-real", KEYS)):
            done = booth(record, keys, self.folder / "none.pb")
            self.assertEqual((done.returncode, done.stdout), (2, ""), record)
            self.assertIn("signature", done.stderr)
            (self.folder / "none.pb").unlink()

    def test_the_keys_are_those_of_the_town(self):
        found = {}
        for board, number, key in (line.split() for line in KEYS.read_text().splitlines()):
            secret = verifier.scalar(bytes.fromhex(key))
            found[int(board), int(number)] = verifier.encode(verifier.combination((secret, verifier.G)))
        boards = town().manifest.boards
        self.assertEqual(found, {(b, i): trustee.signing_key for b, board in enumerate(boards)
                                 for i, trustee in enumerate(board.trustees, 1)})


if __name__ == "__main__":
    unittest.main()
