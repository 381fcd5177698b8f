"""A small election from real ballots and one from made-up voters: counts exact, both verifiers accept and agree."""

import os
import re
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

    def test_lost_and_excluded_devices(self):
        drilled = self.drill("--voters", "30", "--seed", "5", "--lose", "upper-school:2", "--exclude", "lower-hall:1")
        verified = self.both_accept()
        self.assertEqual(drilled["counts"], verified["counts"])
        self.assertEqual(drilled["oracle"], "equal")
        excluded, = verified["exclusions"]
        self.assertEqual((excluded["branch"], excluded["device"], excluded["reason"]), ("lower-hall", 1, 5))
        self.assertEqual(verified["ballots"] + excluded["cast"], 30)
        recovered, = verified["recoveries"]
        self.assertEqual((recovered["branch"], recovered["device"]), ("upper-school", 2))
        words = p.sandoq("verify", self.record)[1]
        self.assertIn("excluded the journal of device 1 of branch lower-hall", words)
        self.assertIn("closed the journal of device 2 of branch upper-school", words)
        code, _, err = p.sandoq("drill", "--voters", "3", "--lose", "nowhere:1")
        self.assertEqual(code, 2)
        self.assertIn("nowhere:1", err)

    def test_persian_names_quotes_and_crlf(self):
        path = self.csv('precinct,choice1,choice2\r\n"شعبه ۱، مسجد","علی ""آقا"" رضایی",مريم\r\n'
                        '"شعبه ۱، مسجد",undervote,\r\nشعبه ۲,مريم,مريم\r\n', "شورا.csv")
        self.assertEqual(self.real(path, 3)["ballots"], 3)

    def test_more_columns_than_options(self):
        self.real(self.csv("precinct,choice1,choice2,choice3\nP,A,A,\nP,,,\n"), 2)

    def test_no_ballots_at_all(self):
        self.assertEqual(self.real(self.csv("precinct,choice1\nP,A\nQ,B\n"), 0)["ballots"], 0)

    def test_subtotals_and_a_tie_by_lot(self):
        votes = {"P": "AAAABB", "Q": "ABBBCC", "R": "C"}  # A and B have five each; R has one ballot
        rows = "".join(f"{place},{choice}\n" for place, choices in votes.items() for choice in choices)
        path = self.csv("precinct,choice1\n" + rows)
        drilled = self.drill("--ballots", path, "--subtotals", "branch", "--floor", "4", "--beacon", "4711")
        verified = self.both_accept()
        for report in (drilled, verified):
            places = {tuple(part["nodes"]): part["counts"] for part in report["subtotals"]}
            self.assertEqual(sorted(places), [("P", "R"), ("Q",)])  # R joins the smallest sibling
            self.assertEqual(places[("Q",)], {"A": 1, "B": 3, "C": 2, "blank": 0})
            self.assertEqual(places[("P", "R")], {"A": 4, "B": 2, "C": 1, "blank": 0})
            (tie,) = report["ties"]
            self.assertEqual((tie["seats"], tie["state"]), (1, "resolved-with-lot"))
            self.assertEqual(sorted(tie["options"]), ["A", "B"])

    def test_no_sum_below_the_floor_is_opened(self):
        path = self.csv("precinct,choice1\nP,A\nP,A\nP,B\nQ,B\n")
        drilled = self.drill("--ballots", path, "--subtotals", "branch", "--floor", "3")
        self.assertEqual(drilled["subtotals"], [])
        self.assertEqual(self.both_accept()["verdict"], "accept")

    def test_why_only_the_total_is_opened_is_said(self):
        path = self.csv("precinct,choice1\nP,A\nP,A\nP,B\nQ,B\n")
        for floor, level, why in (("3", "branch", "the floor is 3, Q has 1"), ("0", "branch", "the floor is 0, which permits totals only"),
                                  ("1", "branch", None), ("3", None, None)):
            wish = ("--subtotals", level) if level else ()
            out = p.sandoq("drill", "--ballots", path, "--floor", floor, *wish)[1]
            self.assertEqual(re.findall("^\\w+: no sum below its total: (.*)$", out, re.MULTILINE), [why] if why else [], out)
            self.assertIn("0: totals only" if floor == "0" else f"other sums than the total: from {floor} ballots on", out)

    def test_attributes_break_a_tie(self):
        args = ("--profile", "village", "--voters", "20", "--seed", "7")
        open_ties = self.drill(*args)["ties"]
        tie = next(t for t in open_ties if t["contest"].startswith("council"))
        last = sorted(tie["options"])[-1]
        self.record += "-again"
        decided = self.drill(*args, "--attribute", f"{tie['contest']}/{last}=9", "--subtotals", "district")
        again = next(t for t in decided["ties"] if sorted(t["options"]) == sorted(tie["options"]))
        self.assertEqual(again["options"][0], last)
        self.both_accept()
        code, _, err = p.sandoq("drill", *args, "--attribute", f"{tie['contest']}/nobody=1", "--json")
        self.assertEqual(code, 2)
        self.assertIn("nobody", err)

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
