"""What the command line promises: exit codes, streams, messages, manifests, inspection."""

import ctypes
import json
import os
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import unittest

import programs as p


def too_little_to_begin(done):
    """The loader, or the runtime library before the program's first line, had not enough memory."""
    return (done.returncode == 127 or (done.returncode == -signal.SIGSEGV and not done.stderr) or
            (done.returncode == -signal.SIGABRT and done.stderr == b"terminate called without an active exception\n"))


class Interface(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.holder = tempfile.TemporaryDirectory(prefix="sandoq-e2e-")
        cls.addClassCleanup(cls.holder.cleanup)
        cls.folder = cls.holder.name
        cls.record = os.path.join(cls.folder, "record")
        code, _, err = p.sandoq("drill", "--voters", "4", "--out", cls.record, "--json")
        assert code == 0, err

    def test_version(self):
        code, out, _ = p.sandoq("--version")
        self.assertEqual(code, 0)
        self.assertIn("sandoq-1", out)
        self.assertRegex(out, r"(?m)^kernel +[\w-]+$")

    def test_wrong_arguments_leave_with_2(self):
        for args in ([], ["drill", "--no-such-option"], ["verify"], ["verify", "/nonexistent"],
                     ["verify", self.record, "--manifest-hash", "xyz"], ["verify", self.record, "--manifest", "/nonexistent"],
                     ["drill", "--ballots", "/nonexistent.csv"], ["oracle", "--ballots", self.folder],
                     ["drill", "--profile", "atlantis"], ["drill", "--limit", "3"], ["inspect", "/nonexistent"],
                     ["manifest", "check", "/nonexistent"], ["verify", os.path.join(self.record, "head.pb")]):
            code, out, err = p.sandoq(*args)
            self.assertEqual(code, 2, args)
            self.assertEqual(out, "", args)
            self.assertNotEqual(err.strip(), "", args)

    def test_little_memory_leaves_with_2_and_a_sentence(self):
        with open(p.SANDOQ, "rb") as program:
            if program.read(2) == b"#!":
                self.skipTest("an emulator has a memory of its own")
        record = os.path.join(self.folder, "larger")
        code, _, err = p.sandoq("drill", "--voters", "300", "--out", record, "--json")
        self.assertEqual(code, 0, err)
        said = []
        for megabytes in range(8, 400):
            size = megabytes * 1_000_000
            done = subprocess.run([p.SANDOQ, "verify", record, "--threads", "2"], capture_output=True, check=False,
                                  preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (size, size)))
            if done.returncode == 0:
                break
            if too_little_to_begin(done):
                continue
            self.assertEqual(done.returncode, 2, (megabytes, done.stderr))
            self.assertRegex(done.stderr.decode(), r"^sandoq: .+\n$")
            said.append(done.stderr)
        self.assertIn(b"sandoq: not enough memory\n", said)
        self.assertEqual(done.returncode, 0, "enough is enough")

    def test_little_memory_leaves_no_scratch_directory_unnamed(self):
        with open(p.SANDOQ, "rb") as program:
            if p.SANITIZED or program.read(2) == b"#!":
                self.skipTest("a sanitizer or an emulator has a memory of its own")
        scratch = os.path.join(self.folder, "scratch")
        os.mkdir(scratch)
        said = set()
        for megabytes in range(8, 400):
            size = megabytes * 1_000_000
            done = subprocess.run([p.SANDOQ, "drill", "--voters", "60", "--threads", "2"], capture_output=True, check=False,
                                  env={**os.environ, "TMPDIR": scratch}, timeout=60,
                                  preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (size, size)))
            left = [os.path.join(scratch, name) for name in os.listdir(scratch)]
            told = re.findall(r"^sandoq: a directory of its own is left; delete (.+)$", done.stderr.decode(), re.MULTILINE)
            self.assertLessEqual(set(left), set(told), (megabytes, done.stderr))
            for folder in left:
                shutil.rmtree(folder)
            if done.returncode == 0:
                break
            if not too_little_to_begin(done):
                self.assertEqual(done.returncode, 2, (megabytes, done.stderr))
                said.add(done.stderr.decode().splitlines()[0])
        self.assertIn("sandoq: not enough memory", said)
        self.assertEqual(done.returncode, 0, "enough is enough")

    def test_what_cannot_be_read_leaves_every_command_with_2(self):
        """A bulletin, folder, record or file that is not there, is empty, or holds something else; no command is left out."""
        room = os.path.join(self.folder, "unreadable")
        os.mkdir(room)
        os.mkdir(os.path.join(room, "empty"), mode=0o700)
        os.mkdir(os.path.join(room, "garbage"), mode=0o700)
        for name in ("garbage/manifest.pb", "garbage/state", "garbage/election.pb", "garbage/identity.key", "junk"):
            with open(os.open(os.path.join(room, name), os.O_WRONLY | os.O_CREAT, 0o600), "wb") as file:
                file.write(b"no segment")
        keys = ["--home", "empty", "--passphrase-file", "junk"]
        by_bulletin = {
            "bulletin show": [], "bulletin carry": ["to"], "ceremony check": [], "ceremony absent": ["--trustee", "x", "--remark", "ill"],
            "booth enrol": ["new", "--branch", "b", "--device", "1", "--capacity", "3"], "booth prepare": ["empty", "junk"],
            "booth open": ["empty"], "booth close": ["empty"], "journal recover": ["junk", "--remark", "lost"],
            "journal exclude": ["junk", "--reason", "other", "--remark", "why"], "close": [], "combine": ["--out", "made"],
            "authority attributes": [*keys, "c/o=1"], "trustee seed": [*keys, "--device", "b:1", "--out", "made"],
            **{f"trustee {word}": keys for word in ("commit", "reveal", "deal", "confirm", "complain", "finish", "sign", "mix", "open", "lot")}}
        by_folder = {
            **{f"booth {word}": ["{}"] for word in ("ballot", "cast", "challenge", "void", "show")},
            "trustee passphrase": ["--home", "{}", "--passphrase-file", "junk", "--new-passphrase-file", "junk"],
            "trustee backup": ["--home", "{}", "--passphrase-file", "junk", "--to", "made"]}
        by_file = {
            "manifest check": ["{}"], "manifest plan": ["{}"], "manifest enrol": ["{}", "junk", "--write", "made"],
            "bulletin new": ["made", "{}"], "trustee new": ["{}", "--trustee", "x", "--home", "new", "--passphrase-file", "junk"],
            "authority new": ["{}", "--home", "new", "--passphrase-file", "junk"], "inspect": ["{}"],
            "size": ["--profile", "{}"], "drill": ["--ballots", "{}"], "oracle": ["--ballots", "{}"]}
        by_path = {"trustee destroy": ["--home", "{}", "--only", "all", "--yes"], "verify": ["{}"], "hint": ["{}"], "export": ["{}", "--csv", "made"]}
        table = [(f"{command} {place}".split() + words, place) for command, words in by_bulletin.items()
                 for place in ("nowhere", "empty", "garbage", "junk")]
        for commands, places in ((by_folder, ("nowhere", "empty", "garbage", "junk")), (by_file, ("nowhere", "junk")),
                                 (by_path, ("nowhere", "junk"))):
            table += [(command.split() + [word.format(place) for word in words], place)
                      for command, words in commands.items() for place in places]
        self.assertEqual({*by_bulletin, *by_folder, *by_file, *by_path}, p.all_commands())
        before = sorted(os.listdir(room))
        for args, place in table:
            code, _, err = p.sandoq(*args, cwd=room)
            self.assertEqual(code, 2, (args, err))
            self.assertIn("sandoq", err, args)
        left = set(os.listdir(room)) - set(before)
        self.assertEqual(left, set())

    def test_a_command_that_there_is_not_is_named(self):
        for args, told in (([], "sandoq: a command must follow; there are: drill, "), (["foo"], "sandoq: there is no command foo; there are: drill, "),
                           (["booth", "--foo"], "sandoq booth: there is no option --foo before a command; there are: enrol, "),
                           (["booth", "foo"], "sandoq booth: there is no command foo; there are: enrol, prepare"),
                           (["foo\x1b[2J"], "sandoq: there is no command foo"), (["booth"], "sandoq booth: a command must follow; there are: enrol, ")):
            code, out, err = p.sandoq(*args)
            self.assertEqual((code, out), (2, ""), args)
            self.assertTrue(err.startswith(told), (args, err))
            self.assertNotIn("\x1b", err)

    def test_a_pipe_is_no_file_of_ballots(self):
        pipe = os.path.join(self.folder, "ballots.csv")
        os.mkfifo(pipe)
        for command in ("drill", "oracle"):
            code, out, err = p.sandoq(command, "--ballots", pipe)
            self.assertEqual((code, out), (2, ""))
            self.assertIn(f"{pipe}: is no plain file", err)

    def test_the_rule_of_exit_codes_stands_where_users_look(self):
        for words in ([], ["verify"], ["trustee", "deal"]):
            code, out, _ = p.sandoq(*words, "--help")
            self.assertEqual(code, 0)
            self.assertIn("Exit codes: 0 done or accepted; 1 refused", out, words)

    def test_numbers_are_those_that_were_typed(self):
        ballots = ["oracle", "--ballots", p.REAL_BALLOTS, "--json", "--limit"]
        for bad in ("010", "0x10", "-1", "", " 3", "3 ", "1e2", "99999999999999999999"):
            self.assertEqual(p.sandoq(*ballots, bad)[0], 2, bad)
        for bad in ("-1", "07", "99999999999999999999"):
            self.assertEqual(p.sandoq("oracle", "--seed", bad)[0], 2, bad)
            self.assertEqual(p.sandoq("oracle", "--voters", bad)[0], 2, bad)
            self.assertEqual(p.sandoq("verify", self.record, "--threads", bad)[0], 2, bad)
        self.assertEqual(p.load(p.sandoq(*ballots, "10")[1])["ballots"], 10)

    def test_both_verifiers_report_alike(self):
        # SPEC(90.5)
        records = os.path.join(p.SOURCE, "spec", "80-record", "vectors", "records")
        with tempfile.TemporaryDirectory(prefix="sandoq-e2e-") as folder:
            broken = os.path.join(folder, "broken")
            shutil.copytree(os.path.join(records, "everything"), broken)
            with open(os.path.join(broken, "opening.pb"), "ab") as file:
                file.write(b"\0")
            good = [os.path.join(records, name) for name in sorted(os.listdir(records)) if not name.endswith(".json")]
            for record in [*good, broken]:
                reports = []
                for verify in (p.verify_cpp, p.verify_py):
                    report = p.load(verify(record)[1])
                    for member in ("seconds", "record", "sampled"):
                        report.pop(member, None)
                    report["checks"] = [(check["id"], check["status"]) for check in report["checks"]]
                    reports.append(report)
                self.assertEqual(*reports, record)
                self.assertEqual(reports[0]["verdict"], "reject" if record == broken else "accept")

    def test_an_empty_argument_switches_nothing_off(self):
        for args in (["verify", self.record, "--manifest-hash", ""], ["verify", self.record, "--manifest", ""],
                     ["oracle", "--ballots", ""], ["drill", "--voters", "1", "--out", ""]):
            self.assertEqual(p.sandoq(*args)[0], 2, args)
        self.assertEqual(p.verify_py(self.record, "--manifest-hash", "")[0], 2)

    def test_lost_output_is_no_success(self):
        for args in (["verify", self.record], ["verify", self.record, "--json"], ["oracle", "--json"],
                     ["inspect", self.record], ["drill", "--voters", "1", "--json"]):
            with open("/dev/full", "wb") as full:
                done = p.subprocess.run([p.SANDOQ, *args], stdout=full, stderr=p.subprocess.PIPE, check=False)
            self.assertEqual(done.returncode, 2, args)
            self.assertNotEqual(done.stderr, b"", args)

    def test_a_record_is_not_made_where_it_cannot_be_put(self):
        code, _, err = p.sandoq("drill", "--voters", "1", "--out", ".", cwd=self.folder)
        self.assertEqual(code, 2, err)
        link = os.path.join(self.folder, "link")
        os.mkdir(os.path.join(self.folder, "empty"))
        os.symlink("empty", link)
        self.assertEqual(p.sandoq("drill", "--voters", "1", "--out", link)[0], 0)
        self.assertEqual(p.sandoq("verify", os.path.join(self.folder, "empty"))[0], 0)

    def test_a_hostile_name_draws_nothing(self):
        bad = os.path.join(self.folder, "hostile")
        os.mkdir(bad)
        with open(os.path.join(bad, "x\nverdict: accept\x1b[31m.pb"), "wb"):
            pass
        code, out, _ = p.sandoq("verify", bad)
        self.assertEqual(code, 1)
        self.assertNotIn("\x1b", out)
        self.assertEqual([line for line in out.splitlines() if line.startswith("verdict")], ["verdict: reject"])

    def test_both_verifiers_use_the_same_exit_codes(self):
        for args, expected in ((["/nonexistent"], 2), ([self.folder], 1), ([self.record], 0),
                               ([self.record, "--manifest-hash", "00" * 32], 1), ([self.record, "--manifest-hash", "0"], 2),
                               ([self.record, "--domain", "drill"], 0), ([self.record, "--domain", "real"], 1)):
            self.assertEqual(p.verify_cpp(*args)[0], expected, args)
            self.assertEqual(p.verify_py(*args)[0], expected, args)

    def test_an_existing_directory_is_not_overwritten(self):
        before = p.files_of(self.record)
        code, _, err = p.sandoq("drill", "--voters", "3", "--out", self.record)
        self.assertEqual(code, 2)
        self.assertIn(self.record, err)
        self.assertEqual(before, p.files_of(self.record))

    def test_verify_in_words(self):
        code, out, _ = p.sandoq("verify", self.record)
        self.assertEqual(code, 0)
        lines = out.splitlines()
        self.assertIn("drill", lines[0])
        self.assertIn("inner consistency", lines[0])
        report = p.load(p.verify_cpp(self.record)[1])
        pinned = report["manifest"]
        self.assertFalse(report["pinned"])
        self.assertEqual(lines[1], "manifest hash  " + pinned)
        keys = [line.split()[-1] for line in lines[2:8]]
        self.assertEqual([len(bytes.fromhex(key)) for key in keys], [32] * 6)
        self.assertEqual(len(set(keys)), 6)
        code, out, _ = p.sandoq("verify", self.record, "--manifest-hash", pinned)
        self.assertEqual(code, 0)
        self.assertNotIn("inner consistency", out)

    def test_verify_py_in_words(self):
        code, out, _ = p.run([p.sys.executable, "-B", p.VERIFY_PY, self.record])
        self.assertEqual(code, 0)
        self.assertIn("inner consistency", out.splitlines()[0])
        code, out, _ = p.verify_py(self.record, "--sample", "2")
        self.assertEqual(code, 0)
        self.assertIn("sampled", out)

    def test_manifest_round_trip(self):
        canonical = os.path.join(self.folder, "manifest.bin")
        example = os.path.join(p.SOURCE, "examples", "manifest-village.json")
        code, out, err = p.sandoq("manifest", "check", example, "--write", canonical)
        self.assertEqual(code, 0, err)
        again = p.sandoq("manifest", "check", canonical)[1]
        self.assertEqual(out.splitlines()[0], again.splitlines()[0])
        code, out, err = p.sandoq("manifest", "plan", example)
        self.assertEqual(code, 0, err)
        self.assertIn("bytes", out)
        self.assertEqual(re.findall(r"\b1 (?:seat|alternate)s\b", out), [])
        self.assertIn(", 1 seat and 0 alternates", out)
        code, _, err = p.sandoq("manifest", "check", example, "--write", canonical)
        self.assertEqual(code, 2)  # never over an existing file

    def test_a_file_without_permission_gives_no_verdict(self):
        """It is the reader's fault and not the record's, for both verifiers."""
        def without_override():
            libc = ctypes.CDLL(None)
            for capability in (1, 2):  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH, in force from the next exec
                libc.prctl(24, capability, 0, 0, 0)

        record = os.path.join(self.folder, "no-permission")
        shutil.copytree(os.path.join(p.SOURCE, "spec", "80-record", "vectors", "records", "town"), record)
        for name in ("head.pb", "manifest.pb", "ballots-000001.pb"):
            path = os.path.join(record, name)
            os.chmod(path, 0)
            for program in ([p.SANDOQ, "verify"], [sys.executable, "-B", p.VERIFY_PY]):
                done = subprocess.run([*program, record, "--json"], capture_output=True, text=True, preexec_fn=without_override, check=False)
                self.assertEqual((done.returncode, done.stdout), (2, ""), (program, name))
                self.assertIn(name, done.stderr)
                self.assertIn("Permission denied", done.stderr)
            os.chmod(path, 0o644)

    def test_manifest_errors_name_the_place(self):
        example = p.load(p.read(os.path.join(p.SOURCE, "examples", "manifest-village.json")))
        example["contests"][0]["max"] = 99
        bad = os.path.join(self.folder, "bad.json")
        p.write(bad, json.dumps(example).encode())
        code, _, err = p.sandoq("manifest", "check", bad)
        self.assertEqual(code, 2)
        self.assertIn("contest 0", err)
        self.assertIn("max", err)

    def test_a_draft_is_told_from_a_manifest(self):
        draft = p.load(p.read(os.path.join(p.SOURCE, "examples", "manifest-village.json")))
        for who in [trustee for board in draft["boards"] for trustee in board["trustees"]]:
            for member in ("signing_key", "encryption_key", "signing_proof", "encryption_proof"):
                del who[member]
        draft["authority"] = {"id": "registrar", "labels": {"en": "Registrar"}}
        file = os.path.join(self.folder, "draft.json")
        p.write(file, json.dumps(draft).encode())
        code, out, err = p.sandoq("manifest", "check", file, "--write", os.path.join(self.folder, "not-made"))
        self.assertEqual(code, 1, err)
        for told in ("is a draft", "executive-1, ", "registrar. ", "sandoq trustee new", "sandoq manifest enrol"):
            self.assertIn(told, err)
        self.assertNotIn("manifest hash", out)
        self.assertFalse(os.path.exists(os.path.join(self.folder, "not-made")))
        code, out, err = p.sandoq("manifest", "plan", file)
        self.assertEqual((code, err), (0, ""))
        self.assertIn("one cast ballot adds", out)
        self.assertIn("is a draft", out)
        draft["contests"][0]["max"] = 99  # learned before keys are collected
        p.write(file, json.dumps(draft).encode())
        for command in ("check", "plan"):
            code, out, err = p.sandoq("manifest", command, file)
            self.assertEqual((code, out), (2, ""))
            self.assertIn("contest 0", err)

    def test_errors_name_files_that_there_are(self):
        file = os.path.join(self.folder, "no.json")
        p.write(file, b"root:x:0:0\n")
        for args in (["manifest", "check", file], ["verify", self.record, "--manifest", file]):
            code, _, err = p.sandoq(*args)
            self.assertEqual(code, 2)
            self.assertIn(f"{file}: is no JSON text: parse error at line 1", err)
        code, _, err = p.sandoq("manifest", "check", os.path.join(file, "below"))
        self.assertEqual(code, 2)
        self.assertTrue(err.endswith("Not a directory\n"), err)

    def test_a_pinned_manifest_file(self):
        segment = os.path.join(self.record, "manifest.pb")
        canonical = os.path.join(self.folder, "pinned.bin")
        code, told, err = p.sandoq("manifest", "check", segment, "--write", canonical)
        self.assertEqual(code, 0, err)
        self.assertEqual(told, p.sandoq("manifest", "check", canonical)[1])
        self.assertEqual(p.sandoq("manifest", "plan", segment), p.sandoq("manifest", "plan", canonical))
        # 80.2: two varints and two tags stand before the canonical bytes.
        self.assertTrue(p.read(segment).endswith(p.read(canonical)))
        self.assertLess(len(p.read(segment)) - len(p.read(canonical)), 16)
        for file in (canonical, segment):
            for verify in (p.verify_cpp, p.verify_py):
                code, out, err = verify(self.record, "--manifest", file)
                self.assertEqual(code, 0, err)
                self.assertIn({"id": "manifest.pin", "status": "pass"},
                              [{"id": c["id"], "status": c["status"]} for c in p.load(out)["checks"]])
        other = os.path.join(self.folder, "two.pb")
        for content in (p.read(segment) * 2, p.read(os.path.join(self.record, "head.pb")), p.read(segment)[:-1]):
            p.write(other, content)
            for verify in (p.verify_cpp, p.verify_py):
                self.assertEqual(verify(self.record, "--manifest", other)[0], 2)

    def test_inspect_believes_no_index_of_a_hostile_manifest(self):
        bad = os.path.join(self.folder, "bad-level")
        os.mkdir(bad)
        for name, data in p.files_of(self.record).items():
            if name == "manifest.pb":
                level = b"\x06\x00\x00\x00nation\x00"
                self.assertEqual(data.count(level), 1)
                data = data.replace(level, level[:-1] + b"\xc8")
            p.write(os.path.join(bad, name), data)
        for args in ([bad], [bad, "--manifest"]):
            code, out, err = p.sandoq("inspect", *args)
            self.assertEqual((code, out), (2, ""), err)
            self.assertIn("manifest.pb", err)

    def test_inspect(self):
        code, out, _ = p.sandoq("inspect", self.record)
        self.assertEqual(code, 0)
        self.assertIn("ballots-000001.pb", out)
        code, out, _ = p.sandoq("inspect", os.path.join(self.record, "ballots-000001.pb"))
        self.assertEqual(code, 0)
        self.assertIn("ballot", out)


if __name__ == "__main__":
    unittest.main(verbosity=2)
