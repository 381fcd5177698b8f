"""Elections whose ballots are mixed, and seats by law: exact counts, every step to the seats, both verifiers accept."""

import json
import os
import tempfile
import unittest

import programs as p

# One ranking for each method, of one seat and of several.
RANKED = [("irv", 5, 3, 1, 0), ("stv", 4, 4, 2, 0), ("schulze", 5, 5, 2, 1), ("borda", 5, 3, 2, 2)]


def ranked_profile(voters):
    contests = [{"encoding": "packed-ranking", "options": options, "max_choices": ranks, "seats": seats, "alternates": alternates, "method": method}
                for method, options, ranks, seats, alternates in RANKED]
    return profile_of("rankings", contests, voters)


def by_lists(base):
    return {"base": base, "method": "d-hondt", "quota_votes": "all", "independents": "pooled", "list_overflow": "all", "pool_overflow": "all",
            "order": "votes", "alternates": "number", "vacancy": "same-party", "list_tie": "votes-then-lot"}


def form(encoding, options, most, seats, lists=None, base=None, **ballot):
    """A contest with that ballot rule; lists: how many, and how many options on each."""
    rule = {"format": 1, "ballot": {"min": 1, "max": most, "each": 1, "overvote": "reject", "list_code": "none", "form": "free", **ballot},
            **({"proportional": by_lists(base)} if base else {"plurality": {"runoff": 0}})}
    return {"encoding": encoding, "options": options, "max_choices": most, "seats": seats, "alternates": 1, "rule": rule,
            **({"lists": {"number": lists[0], "options": lists[1]}} if lists else {})}


FORMS = [
    form("bit-vector", 12, 4, 3, (3, 4), "member-votes", list_code="members", form="closed"),
    form("bit-vector", 6, 2, 2, (2, 3), "list-ballots", list_code="separate", form="closed", overvote="truncate"),
    form("slots", 6, 5, 2, each=3, overvote="truncate"),
    form("bit-vector", 5, 4, 2, each=2, overvote="void"),
    form("packed-subset", 9, 4, 3, (2, 3), "list-ballots", list_code="separate", form="open", each=2, overvote="void"),
    form("packed-subset", 9, 2, 2, (2, 3), "member-votes", form="open"),
    form("bit-vector", 8, 3, 2, (2, 3), "list-ballots", list_code="separate", exclusive=True, overvote="void"),
    form("packed-subset", 10, 3, 2, (2, 5), "member-votes", list_code="members", form="closed", strike=True, overvote="truncate"),
    form("packed-subset", 7, 2, 2, (2, 2), "list-ballots", list_code="separate"),
]


def profile_of(name, contests, voters):
    return {"format": "sandoq-profiles-1", "profiles": [{
        "name": name, "title": {"en": "Made"}, "voters": voters, "drill_voters": voters, "challenged_of_1000": 50, "spoiled_of_1000": 0,
        "boards": [{"trustees": 2, "threshold": 2}, {"trustees": 1, "threshold": 1}], "polling_minutes": 600, "seconds_a_voter": 60,
        "deadline_minutes": 60, "links_kbit_s": [32], "levels_above": 1, "everywhere_of_1000": 1000, "everywhere": [],
        "areas": [{"count": 1, "branches": 2, "devices": 2, "of_1000_voters": 1000, "contests": contests}]}]}


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
        verified = self.both_accept()
        self.assertEqual(verified["counts"], drilled["counts"])
        code, out, err = p.sandoq("oracle", "--profile", "ranked", "--ballots", path, "--json")
        self.assertEqual(code, 0, err)
        self.assertEqual(p.load(out)["allocations"], verified["allocations"])
        code, out, err = p.sandoq("oracle", "--profile", "ranked", "--ballots", path)
        self.assertEqual(code, 0, err)
        self.assertIn("Count 2", out)
        self.assertIn("Eliminated", out)

    def test_every_method_of_rankings(self):
        path = os.path.join(self.folder, "rankings.json")
        p.write(path, json.dumps(ranked_profile(40)).encode())
        drilled = self.drill("--profile", path, "--voters", "40", "--seed", "1")
        verified = self.both_accept()
        self.assertEqual(drilled["allocations"], verified["allocations"])
        for (method, _, _, seats, alternates), made in zip(RANKED, verified["allocations"], strict=True):
            self.assertEqual((made["state"], len(made["elected"]), len(made["alternates"])), ("decided", seats, alternates), method)
        kinds = [{step["kind"] for step in made["steps"]} for made in verified["allocations"]]
        for found, wanted in zip(kinds, ({16, 17}, {3, 16, 18}, {19, 20}, {21}), strict=True):
            self.assertLessEqual(wanted, found)

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

    def forms(self, voters):
        path = os.path.join(self.folder, "forms.json")
        p.write(path, json.dumps(profile_of("forms", FORMS, voters)).encode())
        return path

    def test_ballot_rules(self):
        verified = self.profile(self.forms(60), 60, "--subtotals", "branch", "--floor", "5")
        counts = verified["counts"]
        closed, apart, beside = counts["contest-1"], counts["contest-2"], counts["contest-9"]
        self.assertEqual([closed[str(option)] for option in range(1, 13)], [closed[f"list:list-{(o + 3) // 4}"] for o in range(1, 13)])
        self.assertEqual(sum(apart[str(option)] for option in range(13, 19)), 0)
        self.assertEqual(sum(v for k, v in apart.items() if k.startswith("list:")) + apart["blank"], 60)
        self.assertGreater(sum(counts["contest-3"].values()), 60)  # several votes a ballot
        self.assertGreater(sum(v for k, v in beside.items() if k != "blank"), sum(v for k, v in beside.items() if k.startswith("list:")))
        self.assertEqual([made["state"] for made in verified["allocations"]], ["decided"] * len(FORMS))

    def test_ballot_rules_by_commands(self):
        town = os.path.join(self.folder, "town")
        code, out, err = p.run([p.SANDOQ, "drill", "--by-commands", "--profile", self.forms(14), "--voters", "14", "--beacon", "4711",
                                "--out", town, "--json"], seconds=400)
        self.assertEqual(code, 0, err + out)
        held = p.load(out)
        self.assertEqual((held["verdict"], held["oracle"]), ("accept", "equal"))
        self.record = held["record"]
        self.both_accept()

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
