"""Elections whose ballots are mixed, and seats by law: exact counts, every step to the seats, both verifiers accept."""

import os
import tempfile
import unittest

import programs as p


class Mixed(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="sandoq-e2e-")
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        self.record = os.path.join(folder.name, "record")

    def drill(self, *args):
        code, out, err = p.sandoq("drill", *args, "--out", self.record, "--json", "--threads", "2")
        self.assertEqual(code, 0, err + out)
        report = p.load(out)
        self.assertEqual((report["verdict"], report["oracle"]), ("accept", "equal"))
        return report

    def both_accept(self):
        code, out, err = p.verify_cpp(self.record, limited=True)
        self.assertEqual(code, 0, err + out)
        first = p.load(out)
        code, out, err = p.verify_py(self.record, limited=True)
        self.assertEqual(code, 0, err + out)
        self.assertEqual(p.agreed(first), p.agreed(p.load(out)))
        return first

    def profile(self, name, voters, *args):
        chosen = ("--profile", name, "--voters", str(voters), "--seed", "3")
        drilled = self.drill(*chosen, *args)
        verified = self.both_accept()
        self.assertEqual(drilled["counts"], verified["counts"])
        self.assertEqual(verified["ballots"], voters)
        code, out, err = p.sandoq("oracle", *chosen, "--json")
        self.assertEqual(code, 0, err)
        self.assertEqual(p.load(out)["counts"], verified["counts"])
        return verified

    def csv(self, text):
        path = os.path.join(self.folder, "mayor.csv")
        p.write(path, text.encode())
        return path

    def test_tehran(self):
        counts = self.profile("tehran", 4)["counts"]["council"]
        self.assertEqual(len(counts), 5064)

    def test_tabriz(self):
        counts = self.profile("tabriz", 12)["counts"]
        self.assertEqual(sorted(counts), ["assembly", "council", "majles"])

    def test_mazandaran(self):
        self.assertEqual(len(self.profile("mazandaran", 20)["counts"]), 10)

    def test_rankings(self):
        path = self.csv("precinct,choice1,choice2,choice3\n" + "P,A,undervote,undervote\n" * 4 + "P,B,B,overvote\n" * 3
                        + "Q,overvote,C,B\n" * 2 + "Q,undervote,undervote,undervote\n")
        drilled = self.drill("--profile", "ranked", "--ballots", path)
        self.assertEqual(drilled["counts"], {"mayor": {"blank": 1, "invalid": 0}})
        self.assertEqual(self.both_accept()["counts"], drilled["counts"])

    def test_rankings_by_commands(self):
        path = self.csv("precinct,choice1,choice2\nP,A,B\nP,A,undervote\nP,B,A\nQ,B,A\nQ,undervote,undervote\n")
        town = os.path.join(self.folder, "town")
        code, out, err = p.run([p.SANDOQ, "drill", "--by-commands", "--profile", "ranked", "--ballots", path, "--beacon", "4711",
                                "--out", town, "--json"], seconds=400)
        self.assertEqual(code, 0, err + out)
        held = p.load(out)
        self.assertEqual((held["verdict"], held["oracle"], held["counts"]), ("accept", "equal", {"mayor": {"blank": 1, "invalid": 0}}))
        self.record = held["record"]
        verified = self.both_accept()
        self.assertEqual([len(e["elected"]) for e in verified["allocations"]], [1])  # A and B tie: a lot decides
        with open(os.path.join(town, "commands.txt"), encoding="utf-8") as file:
            commands = file.read()
        self.assertEqual(commands.count("sandoq trustee mix "), 2)
        self.assertIn("sandoq trustee lot ", commands)

    def test_one_ballot_alone_is_not_opened(self):
        path = self.csv("precinct,choice1,choice2\nP,A,B\n")
        self.assertEqual(self.drill("--profile", "ranked", "--ballots", path)["counts"], {"mayor": {"blank": 0, "invalid": 0}})
        self.both_accept()

    def test_what_does_not_go_together(self):
        path = self.csv("precinct,choice1\nP,A\nQ,B\n")
        for args, why in ((("--profile", "ranked"), "--ballots FILE"), (("--profile", "tehran", "--ballots", path), "excludes --profile")):
            code, _, err = p.sandoq("drill", *args)
            self.assertEqual(code, 2)
            self.assertIn(why, err)


if __name__ == "__main__":
    unittest.main()
