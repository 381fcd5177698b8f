"""The pages "write a verifier": their blocks run, agree with the vectors, and reject what is forged."""

import collections
import contextlib
import io
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import types
import unittest
from pathlib import Path

import pages
from pages import RECORDS, SOURCE, TUTORIALS

CORPUS = SOURCE / "spec/90-verification/corpus"
PAGES = (TUTORIALS / "write_a_verifier.md", TUTORIALS / "write_a_verifier_2.md")


def load(with_tries):
    """The program as a module, with or without the blocks that only try it on vectors."""
    module = types.ModuleType("tutorial_verifier")
    for page in PAGES:
        for language, text, line in pages.blocks(page):
            if language == "python" or (with_tries and language == "python try"):
                exec(compile("\n" * line + text, str(page), "exec"), module.__dict__)
    return module


verifier = load(with_tries=False)


def statuses(directory, *arguments):
    """check -> status as the program prints it, and its exit code."""
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        code = verifier.main(str(directory), *arguments)
    known = pages.checks()
    rows = [line.split() for line in said.getvalue().splitlines()]
    return {row[1]: row[0] for row in rows if len(row) > 1 and row[1] in known}, code


def flip(data, at):
    at %= len(data)
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1:]


class Pages(unittest.TestCase):
    def test_every_block_runs(self):
        here = os.getcwd()
        os.chdir(SOURCE)  # the blocks name files of spec/ from there
        try:
            load(with_tries=True)
        finally:
            os.chdir(here)

    def test_the_commands_of_the_page(self):
        """What a reader types, with another place for the program."""
        commands = [line[4:] for line in PAGES[0].read_text().splitlines() if line.startswith("    cd ") or line.startswith("    python3 ")]
        self.assertEqual(len(commands), 2)
        with tempfile.TemporaryDirectory() as folder:
            script = "\n".join(commands).replace("/tmp/", folder + "/").replace("python3", sys.executable)
            done = subprocess.run(["bash", "-euo", "pipefail", "-c", script], cwd=SOURCE, capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("\npass    result.counts       75.1\ncouncil candidate-01=2 candidate-02=3 candidate-03=3 candidate-04=0 blank=0\n",
                      done.stdout)

    def test_steps_and_what_is_left_are_all_checks(self):
        known = pages.checks()
        steps = {check: section for check, section, _, _ in verifier.STEPS}
        rows = re.findall(r"^\| `([a-z.]+)` \| ([\d.]+) \|", PAGES[1].read_text(), re.MULTILINE)
        self.assertEqual([check for check in known if check not in steps], [check for check, _ in rows])
        for check, section in [*steps.items(), *rows]:
            self.assertEqual(section, known[check], check)

    def test_the_line_under_a_heading_names_the_steps_below_it(self):
        found = 0
        for page in PAGES:
            for part in page.read_text().split("\n## ")[1:]:
                line = re.search(r"^\*Sections? .*\*$", part, re.MULTILINE)
                named = re.findall(r"`([a-z]+\.[a-z]+)`", line[0]) if line else []
                steps = re.findall(r'^@step\("([a-z.]+)"', part, re.MULTILINE)
                self.assertEqual(named, steps, part.splitlines()[0])
                found += len(steps)
        self.assertEqual(found, len(verifier.STEPS))


class Records(unittest.TestCase):
    def test_good_records(self):
        for name in ("town", "town-real", "nobody-voted"):
            expected = json.loads((RECORDS / f"{name}.json").read_text())
            found, code = statuses(RECORDS / name, expected["manifest"])
            self.assertEqual(code, 0)
            self.assertEqual(found.pop("manifest.pin"), "pass")  # the vectors pin nothing
            self.assertEqual(found, {check: expected["statuses"][check] for check in found}, name)
            self.assertEqual(set(found.values()), {"pass"})

    def test_what_it_cannot_decide_it_does_not_decide(self):
        for name in ("everything", "open-ties"):
            found, code = statuses(RECORDS / name)
            self.assertEqual((code, found["record.items"]), (1, "not-run"))
            self.assertNotIn("fail", found.values())


class Corpus(unittest.TestCase):
    """The must-reject corpus, as far as it is about checks that the pages decide: a vector of each, or with SANDOQ_EVERY=1 all."""

    def apply(self, vector, folder):
        record = Path(folder) / vector["name"]
        shutil.copytree(CORPUS / "bases" / vector["base"], record)
        for name in vector["files"]:
            shutil.copy(CORPUS / "vectors" / vector["name"] / name, record)
        for name in vector["removed"]:
            (record / name).unlink()
        return record

    def test_every_step_says_what_the_corpus_says(self):
        index = json.loads((CORPUS / "corpus.json").read_text(encoding="utf-8"))
        steps = [check for check, _, _, _ in verifier.STEPS]
        taken = collections.Counter()
        for vector in index["vectors"]:
            failing = tuple(vector["fails"])
            if vector["base"] != "small" or not set(failing) <= set(steps):
                continue
            taken[failing] += 1
            if taken[failing] > 1 and not os.environ.get("SANDOQ_EVERY"):
                continue
            pinned = vector["options"].get("manifest_hash")
            with self.subTest(vector["name"]), tempfile.TemporaryDirectory() as folder:
                found, _ = statuses(self.apply(vector, folder), *([pinned] if pinned else []))
                self.assertEqual(found, {check: vector["statuses"][check] for check in steps}, vector["what"])
        self.assertEqual(set(taken), {(), *((check,) for check in steps)})


class Forgeries(unittest.TestCase):
    """Changes of the record of a town. The head's list is mended after each, as a thief would do it."""

    def forged(self, name, change, mend=True):
        """change: of the list of (kind, bytes) of a file, in place."""
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        record = Path(folder.name) / "town"
        shutil.copytree(RECORDS / "town", record)
        items = verifier.segment((record / name).read_bytes())
        change(items)
        data = pages.segment(items)
        old = (record / name).read_bytes()
        (record / name).write_bytes(data)
        if mend and name != "head.pb":
            def listed(content):  # as the head lists a file
                count = len(verifier.segment(content))
                return verifier.u64(len(content)) + verifier.u32(count) + verifier.sha512(content)[:32]
            head = (record / "head.pb").read_bytes()
            self.assertEqual(head.count(listed(old)), 1)
            (record / "head.pb").write_bytes(head.replace(listed(old), listed(data)))
        return record

    def fails(self, *checks, name, change, mend=True):
        found, code = statuses(self.forged(name, change, mend))
        self.assertEqual(code, 1)
        self.assertEqual({check for check, status in found.items() if status == "fail"}, set(checks), found)
        return found

    def test_a_changed_file(self):
        def flipped(items):
            items[1] = items[1][0], flip(items[1][1], 100)
        found = self.fails("record.files", name="ballots-000001.pb", change=flipped, mend=False)
        self.assertEqual([found[check] for check in ("record.head", "record.items", "result.counts")], ["pass", "not-run", "not-run"])

    def test_votes_exchanged(self):
        def exchange(items):
            kind, data = items[1]
            at = 4 * 4 + 2 + 4 + 1 + 4  # of the first ciphertext
            items[1] = kind, data[:at] + data[at + 64:at + 128] + data[at:at + 64] + data[at + 128:]
        self.fails("record.signatures", "journal.chain", "ballot.proof", name="ballots-000001.pb", change=exchange)

    def test_a_cast_ballot_made_void(self):
        def void(items):
            items[2] = 24, items[2][1]
        self.fails("record.signatures", "journal.chain", "tally.branches", name="ballots-000001.pb", change=void)

    def test_counts(self):
        def moved(items):
            places = [i for i, (kind, _) in enumerate(items) if kind == 42]
            data = items[places[0]][1]
            at = 4 + 8 + 4
            votes = [int.from_bytes(data[at + 8 * i:at + 8 * i + 8], "little") for i in range(2)]
            changed = verifier.u64(votes[0] + 1) + verifier.u64(votes[1] - 1)
            items[places[0]] = 42, data[:at] + changed + data[at + 16:]
        self.fails("record.signatures", "result.counts", name="opening.pb", change=moved)


if __name__ == "__main__":
    unittest.main()
