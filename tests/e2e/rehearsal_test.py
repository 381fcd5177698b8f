"""A drill by commands: every role in a folder of its own, every step a command; what people can read of it is what was run."""

import os
import re
import shlex
import signal
import stat
import subprocess
import tempfile
import time
import unittest

import programs as p

VOTERS = 12
ELECTORATE = ["--profile", "village", "--voters", str(VOTERS), "--seed", "19"]
# One challenges, one goes away; nobody had come to one of the lost devices; five tie for the alternates, one of them ahead by what
# the authority says, the others by lot.
WISHES = ["--lose", "upper-school:2", "--lose", "lower-mobile:1", "--exclude", "upper-mosque:1", "--subtotals", "district", "--floor", "2",
          "--attribute", "council-upper/111=9", "--beacon", "it's 4711"]

# Only a ceremony of many programs can wait for somebody in vain.
ABSENT = ["--absent", "executive-2"]

# Commands that are no part of holding an election. A dealer who cheats, so that a complaint is right, is in ceremony_test.py.
LEFT_OUT = {
    "drill": "is what holds it",
    "oracle": "counts the choices themselves, which an election does not have",
    "export": "for readers of a record",
    "inspect": "for readers of a record",
    "hint": "for those who verify a record after others",
    "size": "plans an election and holds none",
    "manifest plan": "for authors of a manifest",
    "trustee mix": "where ballots are mixed: mixed_test.py",
}


class Rehearsal(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        holder = tempfile.TemporaryDirectory(prefix="sandoq-rehearsal-")
        cls.addClassCleanup(holder.cleanup)
        cls.folder = holder.name
        cls.town = os.path.join(holder.name, "town")
        cls.record = os.path.join(cls.town, "record")
        code, out, cls.progress = p.run([p.SANDOQ, "drill", "--by-commands", *ELECTORATE, *WISHES, *ABSENT, "--out", cls.town, "--json"],
                                        seconds=400)
        assert code == 0, cls.progress
        cls.said = p.load(out)
        with open(os.path.join(cls.town, "commands.txt"), encoding="utf-8") as file:
            cls.text = file.read()
        cls.other = os.path.join(holder.name, "other")
        code, out, err = p.sandoq("drill", *ELECTORATE, *WISHES, "--out", cls.other, "--json")
        assert code == 0, err
        cls.drilled = p.load(out)
        cls.lines = [line for line in cls.text.splitlines() if line.startswith("(")]

    def count(self, command):
        return len(re.findall(rf"\bsandoq {command}\b", "\n".join(self.lines)))

    def test_both_verifiers_accept_and_the_counts_are_the_oracles(self):
        reports = []
        for verify in (p.verify_cpp, p.verify_py):
            code, out, err = verify(self.record, limited=True)
            self.assertEqual(code, 0, err + out)
            reports.append(p.agreed(p.load(out)))
        self.assertEqual(*reports)
        self.assertEqual(reports[0]["counts"], self.said["counts"])
        self.assertEqual((self.said["verdict"], self.said["oracle"], self.said["record"]), ("accept", "equal", self.record))
        self.assertTrue(os.path.isfile(self.record + ".html"))

    def test_it_comes_to_what_the_drill_in_one_program_comes_to(self):
        drilled = self.drilled
        self.assertEqual(list(self.said), list(drilled))
        self.assertEqual(list(self.said["seconds"]), list(drilled["seconds"]))
        for same in ("verdict", "checks", "counts", "ballots", "domain", "subtotals", "exclusions", "recoveries", "oracle"):
            self.assertEqual(self.said[same], drilled[same], same)
        self.assertNotEqual(self.said["manifest"], drilled["manifest"])  # other keys
        self.assertEqual((drilled["absences"], drilled["shut_out"]), ([], []))
        absent, = self.said["absences"]
        self.assertEqual((absent["trustee"], absent["remark"]), ("executive-2", "did not come, for practice"))
        self.assertEqual([one["trustee"] for one in self.said["shut_out"]], ["executive-2"])
        self.assertEqual((len(self.said["subtotals"]), len(self.said["exclusions"]), len(self.said["recoveries"])), (2, 1, 2))
        for report in (self.said, drilled):
            tie, = report["ties"]
            self.assertEqual((tie["state"], tie["options"][0], len(tie["options"])), ("resolved-with-lot", "111", 5))

    def test_the_counts_are_those_of_the_slips_that_were_typed(self):
        waiting, counts = {}, {contest: dict.fromkeys(options, 0) for contest, options in self.said["counts"].items()}
        for line in self.lines:
            folder = line[len("(cd "):line.index(" &&")]
            if "| sandoq booth ballot " in line:
                words = shlex.split(line[line.index("printf"):line.index(" | sandoq")])
                waiting[folder] = [slip.split(":") for slip in words[3:]]  # behind printf, its form and the style
            elif "sandoq booth cast " in line and folder != "booth-upper-mosque-1":  # which is excluded
                for contest, marks in waiting.pop(folder):
                    for option in marks.split():
                        counts[contest][option] += 1
        self.assertEqual(self.said["counts"], counts)

    def test_neither_is_taken_for_a_real_election(self):
        for record in (self.record, self.other):
            self.assertEqual(p.verify_cpp(record, "--domain", "drill")[0], 0)
            code, out, _ = p.verify_cpp(record, "--domain", "real")
            self.assertEqual((code, p.load(out)["verdict"]), (1, "reject"))
            failed = [check["id"] for check in p.load(out)["checks"] if check["status"] == "fail"]
            self.assertEqual(failed, ["manifest.domain"])

    def test_every_command_is_rehearsed_or_left_out_for_a_reason(self):
        known = p.all_commands()
        self.assertIn("trustee commit", known)
        self.assertIn("combine", known)
        self.assertEqual(set(LEFT_OUT) - known, set())
        rehearsed = {command for command in known if self.count(command)}
        self.assertEqual(sorted(known - rehearsed), sorted(LEFT_OUT))

    def test_the_list_names_what_was_run(self):
        stick = os.listdir(os.path.join(self.town, "stick"))
        for command, stem in (("commit", "dkg_commit-"), ("reveal", "dkg_reveal-"), ("deal", "dkg_deal-"),
                              ("confirm", "dkg_confirm-"), ("seed", "seed_root-")):
            self.assertEqual(self.count(f"trustee {command}"), sum(name.startswith(stem) for name in stick), command)
        self.assertEqual(self.count("booth enrol"), 5)
        self.assertEqual(self.count("booth close"), 2)
        self.assertEqual(self.count("booth cast"), VOTERS)
        self.assertEqual(self.count("booth ballot"), VOTERS + self.count("booth challenge") + self.count("booth void") + 1)  # one device repeats
        self.assertEqual(self.said["ballots"], VOTERS - self.said["exclusions"][0]["cast"])
        folders = {re.match(r"\(cd ([\w.-]+) &&", line)[1] for line in self.lines}
        there = {entry.name for entry in os.scandir(self.town) if entry.is_dir()} - {"stick", "record"}
        self.assertEqual(folders, there)
        self.assertIn("trustee runs trustee deal", self.progress)

    def test_files_go_by_carrying_and_by_hand_only(self):
        """Besides the commands there are copies of drafts, entries and dead devices' journals; seeds are handed over."""
        for line in self.lines:
            typed = line.split("&& ", 1)[1]
            if " | sandoq " not in typed and not typed.startswith("sandoq "):
                self.assertRegex(typed, r"^(cp |mv seed-\S+ \.\./booth-\S+/\)|mv device-copy device\)|rm -r device\)|shred -u |umask 077 && )")
            self.assertFalse(".." in typed and "carry" not in typed and not re.match(r"cp |mv |sandoq (combine|verify) ", typed), line)

    def test_the_lines_can_be_run(self):
        """The first of them, in another place; the shell at least reads the others."""
        first, rest = self.text.split("# == key ceremony: every trustee runs trustee commit", 1)
        other = os.path.join(self.folder, "again")
        programs = os.path.join(self.folder, "programs")
        os.mkdir(other)
        os.mkdir(programs)
        os.symlink(os.path.abspath(p.SANDOQ), os.path.join(programs, "sandoq"))
        p.write(os.path.join(other, "draft.json"), p.read(os.path.join(self.town, "clerk", "draft.json")))
        done = subprocess.run(["sh", "-e"], input=first.encode(), cwd=other, capture_output=True, check=False,
                              env={**os.environ, "PATH": programs + ":" + os.environ["PATH"]}, timeout=120)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(os.listdir(os.path.join(other, "stick")), ["manifest.pb"])
        subprocess.run(["sh", "-n"], input=rest.encode(), check=True)
        self.assertIn("--beacon 'it'\\''s 4711'", rest)

    def test_a_device_uses_its_randomness_twice(self):
        """That is what it is excluded for: of one serial there are two ballots, and the code of one is in no record."""
        booth = os.path.join(self.town, "booth-upper-mosque-1")
        first, kept = (p.read(os.path.join(booth, name)) for name in ("other-journal.pb", "device/journal.pb"))
        same = os.path.commonprefix([first, kept])
        self.assertTrue(0 < len(same) < len(first), (len(same), len(first)))
        for name in ("other-journal.pb", "device/journal.pb"):
            code, out, err = p.sandoq("inspect", os.path.join(booth, name))
            self.assertEqual(code, 0, err)
            ballot, = [line for line in out.splitlines() if line.endswith(", serial 1") and ": ballot " in line]
            self.assertTrue(ballot)

    def test_an_attempt_fails_before_the_good_one(self):
        said = self.count("ceremony absent"), self.count("trustee complain"), self.count("trustee commit"), self.count("trustee confirm")
        self.assertEqual(said, (2, 1, 5 + 5, 5))
        late = [line for line in self.lines if line.startswith("(cd trustee-executive-2 ")]
        self.assertFalse([line for line in late if " trustee commit " in line])
        suspects, = [line for line in self.lines if " trustee complain " in line]
        self.assertTrue(suspects.endswith(" || [ $? = 1 ]"), suspects)

    def test_no_secret_is_left(self):
        left, closed = [], 0
        for place, _, names in os.walk(self.town):
            for name in names:
                path = os.path.join(place, name)
                if name.endswith((".key", ".part")) or "passphrase" in name or name.startswith("seed-"):
                    left.append(path)
                if name == "state":
                    closed += 1
                    self.assertLess(os.path.getsize(path), 300)  # the close, and no memory
        self.assertEqual((left, closed), ([], 2))
        for person in os.listdir(self.town):
            if person.startswith(("trustee-", "booth-", "authority", "clerk")):
                self.assertEqual(stat.S_IMODE(os.stat(os.path.join(self.town, person)).st_mode), 0o700, person)
        self.assertEqual(self.count("trustee destroy"), 6 + 2 + 1)  # homes, backups, the authority's

    def test_what_is_too_much_or_in_the_way_is_said_at_once(self):
        for args, said in ((["--voters", "501"], "at most 500 voters"), (["--profile", "shorayari", "--voters", "1"], "20 devices"),
                           (["--out", self.folder], "new or empty directory"), (["--lose", "nowhere:1"], "nowhere:1"),
                           (["--absent", "nobody"], "no trustee has this id; there are executive-1, ")):
            code, out, err = p.sandoq("drill", "--by-commands", *args)
            self.assertEqual((code, out), (2, ""), args)
            self.assertIn(said, err)

    def test_who_stops_it_finds_no_secret_and_is_told_so(self):
        """Control-C reaches everybody at the terminal; a request to end reaches the drill alone."""
        for number, to_all in ((signal.SIGINT, True), (signal.SIGTERM, False)):
            town = os.path.join(self.folder, f"stopped-by-{number}")
            with subprocess.Popen([p.SANDOQ, "drill", "--by-commands", "--out", town], start_new_session=True,
                                  stdout=subprocess.PIPE, stderr=subprocess.PIPE) as drill:
                keys = os.path.join(town, "trustee-supervision-1", "home", "identity.key")
                until = time.monotonic() + 60
                while not os.path.exists(keys) and time.monotonic() < until:
                    time.sleep(0.01)
                self.assertTrue(os.path.exists(keys))
                (os.killpg if to_all else os.kill)(drill.pid, number)
                out, err = drill.communicate(timeout=60)
            self.assertEqual((drill.returncode, out), (-number, b""), err)
            self.assertRegex(err.decode(), rf"was stopped by signal {number:d}; \d+ files with keys, seeds, passphrases .* are destroyed; "
                             rf"what is left in {re.escape(town)} holds no secret")
            left = [name for _, _, names in os.walk(town) for name in names]
            self.assertIn("commands.txt", left)
            self.assertEqual([name for name in left if ".key" in name or "passphrase" in name or name.startswith(("seed-", "state"))], [])

    def test_a_program_that_is_missing_stops_it(self):
        town = os.path.join(self.folder, "stopped")
        done = subprocess.run([p.SANDOQ, "drill", "--by-commands", "--out", town], env={"PATH": self.folder}, capture_output=True,
                              check=False, timeout=60)
        self.assertEqual(done.returncode, 2)
        self.assertIn(b"cp: cannot be started in " + town.encode() + b"/trustee-executive-1", done.stderr)


if __name__ == "__main__":
    unittest.main()
