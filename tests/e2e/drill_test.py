"""A small election from real ballots and one from made-up voters: counts exact, both verifiers accept and agree."""

import os
import tempfile
import unittest

import programs as p


class Drill(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="sandoq-e2e-")
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        self.record = os.path.join(folder.name, "record")

    def drill(self, *args):
        code, out, err = p.sandoq("drill", *args, "--out", self.record, "--json")
        self.assertEqual(code, 0, err)
        return p.load(out)

    def both_accept(self):
        code, out, err = p.verify_cpp(self.record, limited=True)
        self.assertEqual(code, 0, err + out)
        first = p.load(out)
        code, out, err = p.verify_py(self.record, limited=True)
        self.assertEqual(code, 0, err + out)
        second = p.load(out)
        self.assertEqual(p.agreed(first), p.agreed(second))
        self.assertEqual(first["verdict"], "accept")
        return first

    def real(self, path, limit):
        drilled = self.drill("--ballots", path, "--limit", str(limit))
        verified = self.both_accept()
        expected = p.count_csv(path, limit)
        self.assertEqual(drilled["counts"], expected)
        self.assertEqual(verified["counts"], expected)
        self.assertEqual(drilled["verdict"], "accept")
        code, out, err = p.sandoq("oracle", "--ballots", path, "--limit", str(limit), "--json")
        self.assertEqual(code, 0, err)
        self.assertEqual(p.load(out)["counts"], expected)
        return verified

    def csv(self, text, name="town.csv"):
        path = os.path.join(self.folder, name)
        with open(path, "w", encoding="utf-8", newline="") as file:
            file.write(text)
        return path

    def test_real_ballots(self):
        self.assertEqual(self.real(p.REAL_BALLOTS, 30)["ballots"], 30)

    def test_village(self):
        drilled = self.drill("--profile", "village", "--voters", "20", "--seed", "7")
        verified = self.both_accept()
        self.assertEqual(drilled["counts"], verified["counts"])
        code, out, err = p.sandoq("oracle", "--profile", "village", "--voters", "20", "--seed", "7", "--json")
        self.assertEqual(code, 0, err)
        self.assertEqual(p.load(out)["counts"], verified["counts"])
        self.assertEqual(verified["ballots"], 20)

    def test_persian_names_quotes_and_crlf(self):
        path = self.csv('precinct,choice1,choice2\r\n"شعبه ۱، مسجد","علی ""آقا"" رضایی",مريم\r\n'
                        '"شعبه ۱، مسجد",undervote,\r\nشعبه ۲,مريم,مريم\r\n', "شورا.csv")
        self.assertEqual(self.real(path, 3)["ballots"], 3)

    def test_more_columns_than_options(self):
        self.real(self.csv("precinct,choice1,choice2,choice3\nP,A,A,\nP,,,\n"), 2)

    def test_no_ballots_at_all(self):
        self.assertEqual(self.real(self.csv("precinct,choice1\nP,A\nQ,B\n"), 0)["ballots"], 0)

    def test_keys_are_fresh_under_one_seed(self):
        first = self.drill("--voters", "3", "--seed", "1")
        self.record += "-again"
        second = self.drill("--voters", "3", "--seed", "1")
        self.assertEqual(first["counts"], second["counts"])
        self.assertNotEqual(first["manifest"], second["manifest"])

    def test_record_directory_holds_the_record_only(self):
        self.drill("--voters", "3")
        names = sorted(os.listdir(self.record))
        self.assertEqual(names, ["ballots-000001.pb", "ceremony.pb", "head.pb", "manifest.pb", "opening.pb", "tally.pb"])


if __name__ == "__main__":
    unittest.main(verbosity=2)
