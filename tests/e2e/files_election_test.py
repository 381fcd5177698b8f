"""A small real election that is held file by file: trustees, booths and the count each on a machine of their own."""

import collections
import os
import re
import secrets
import shutil
import tempfile
import unittest

import town as office
import programs as p


def labels(text):
    return {"en": text}


def options(*names):
    return [{"id": name, "labels": labels(name)} for name in names]


def contest(name, most, seats, *names):
    return {"id": name, "labels": labels(name), "scope": "city", "options": options(*names), "max": most, "min": 1,
            "blank": True, "seats": seats, "alternates": 0, "rule": "plurality-at-large", "floor": 3, "attributes": []}


def board(name, trustees):
    return {"id": name, "labels": labels(name), "threshold": max(1, trustees - 1),
            "trustees": [{"id": f"{name}-{t + 1}", "labels": labels(f"{name} {t + 1}")} for t in range(trustees)]}


def branch(name):
    return {"id": name, "level": "branch", "labels": labels(name), "styles": ["all", "council-only"]}


MANIFEST = {
    "format": 1, "suite": "sandoq-1", "domain": "real", "election": "files/town", "title": labels("A town by files"),
    "boards": [board("executive", 3), board("supervision", 1)],
    "beacon": labels("what the test says"), "eligibility": "tokens",
    "tree": {"id": "nation", "level": "nation", "labels": labels("nation"), "children": [
        {"id": "province", "level": "province", "labels": labels("province"), "children": [
            {"id": "city", "level": "city", "labels": labels("city"), "children": [branch("school"), branch("mosque")]}]}]},
    "contests": [contest("council", 2, 2, "anna", "bahar", "cyrus", "darya"), contest("mayor", 1, 1, "emad", "farid")],
    "styles": [{"id": "all", "contests": ["council", "mayor"]}, {"id": "council-only", "contests": ["council"]}],
}

# Who votes where: (booth, council, mayor; None: the style without it). In the end emad and farid tie: a lot decides.
VOTES = [
    (0, "anna bahar", "emad"), (0, "anna", "farid"), (0, "blank", "emad"), (0, "cyrus anna", None), (0, "bahar", "farid"),
    (1, "anna darya", "emad"), (1, "bahar", "blank"), (1, "darya", "farid"),
    (2, "anna", "emad"), (2, "bahar cyrus", "farid"), (2, "anna", None), (2, "bahar", "blank"),
]


def named(said, place):
    """The name by which people agree to the statement about that place, as the program has told it."""
    found = re.search(rf"--agree ({place}-[0-9a-f]{{32}}) ", said)
    assert found, said
    return found.group(1)


def filled(council, mayor):
    if mayor is None:
        return f"council-only\ncouncil: {council}\n"
    return f"all\nmayor: {mayor}\ncouncil: {council}\ndigits 0042\n"


def count(votes):
    """What the record must say, from the choices themselves."""
    counts = {"council": collections.Counter(), "mayor": collections.Counter()}
    for _, council, mayor in votes:
        counts["council"].update(council.split())
        if mayor is not None:
            counts["mayor"].update([mayor])
    return {entry["id"]: {name: counts[entry["id"]][name] for name in
                          [option["id"] for option in entry["options"]] + ["blank"]}
            for entry in MANIFEST["contests"]}


class FilesElection(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="sandoq-files-")
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def test_real_election(self):
        town = office.Town(self.folder, MANIFEST)
        town.hold_ceremony()
        booths = self.open_booths(town)
        self.vote(booths)
        self.end_of_day(town, booths)
        self.foreign_journal_is_refused(town)
        self.open_sums(town)
        record = self.combine(town)
        self.judge(town, record)
        self.keys_are_gone_from_booths(booths)

    def open_booths(self, town):
        booths = [office.Booth(town, "school", 1), office.Booth(town, "school", 2), office.Booth(town, "mosque", 1)]
        for at in booths:
            at.visit("enrol", "--branch", at.branch, "--device", str(at.number), "--capacity", "12")
            seeds = []
            for members in town.boards:
                seed = at.path(f"seed-{members[0].name}")
                self.assertIn("a seed is secret", members[0].visit(
                    "seed", "--device", f"{at.branch}:{at.number}",
                    "--out", os.path.join(members[0].bulletin, "seed"), expected=2))
                members[0].visit("seed", "--device", f"{at.branch}:{at.number}", "--out", seed)
                seeds.append(seed)
            at.visit("prepare", *seeds)
        for members in town.boards:
            members[0].visit("lot")
        self.assertIn("2 more of board executive", booths[0].visit("open", expected=1))
        town.sign()
        for at in booths:
            at.visit("open")
        return booths

    def vote(self, booths):
        first = booths[0]
        # One voter challenges and sees what the ballot held; one goes away.
        said = first.step("ballot", filled("darya", "emad"))
        self.assertRegex(said, r"code   1-1 ")
        self.assertIn("waiting     1-1", first.step("show"))
        first.step("ballot", filled("anna", "emad"), expected=1)
        opened = first.step("challenge")
        self.assertIn("council: darya", opened)
        self.assertIn("mayor: emad", opened)
        first.step("cast", secrets.token_hex(32), expected=1)  # nothing waits
        first.step("ballot", filled("anna", "farid"))
        first.step("void")
        self.assertIn("has no option nobody", first.step("ballot", filled("nobody", "emad"), expected=2))
        for at, council, mayor in VOTES:
            booths[at].step("ballot", filled(council, mayor))
            booths[at].step("cast", secrets.token_hex(32) + "\n")

    def end_of_day(self, town, booths):
        # The second device breaks down while a ballot waits; what is left of it is carried in.
        lost = booths[1]
        lost.step("ballot", filled("cyrus", "emad"))
        self.crash(lost)
        shutil.copyfile(os.path.join(lost.device, "journal.pb"), os.path.join(town.hub, "journal-of-the-lost.pb"))
        shutil.copyfile(os.path.join(lost.device, "tokens.pb"), os.path.join(town.hub, "tokens-of-the-lost.pb"))
        booths[0].visit("close")
        said = town.work("close", expected=1)
        self.assertIn("device 1 of branch mosque: its journal", said)
        self.assertIn("device 2 of branch school: its close", said)
        booths[2].visit("close")
        town.work("journal recover", "journal-of-the-lost.pb", "--remark", "the screen broke")
        shown = town.work("bulletin show")
        self.assertIn("devices    2 to be closed, 1 to be recovered\n", shown)
        self.assertRegex(shown, "next       sandoq trustee sign: enough of executive-1, executive-2, .*supervision-1\n")
        # A loss is for a person to judge; and not the same ones sign everywhere.
        said = town.boards[0][1].visit("sign", "--yes", expected=1)
        self.assertIn("device 2 of branch school was lost before it closed", said)
        about = named(said, "recovery-3-2")  # the school is the fourth node of the tree
        said = town.boards[0][1].visit("sign", "--yes", "--agree", "recovery-3-2", expected=1)
        self.assertIn("stated by nobody here", said)
        town.sign(first=1, agree=[about])
        self.assertIn("signatures under the log of its tokens", town.work("close", expected=1))
        town.sign(agree=[about])
        self.assertIn("there are no results yet", town.boards[0][0].visit("lot", "--reveal", "--yes", expected=1))

    def test_two_messages_of_one_name_are_carried_both(self):
        here, there = os.path.join(self.folder, "here"), os.path.join(self.folder, "there")
        for place, content in ((here, b"one"), (there, b"another")):
            os.mkdir(place)
            p.write(os.path.join(place, "lot_beacon.pb"), content)
            p.write(os.path.join(place, "same.pb"), b"the same")
        code, out, err = p.sandoq("bulletin", "carry", here, there)
        self.assertEqual(code, 1, err)
        self.assertIn("1 files carried, 1 were there", out)
        self.assertEqual(p.read(os.path.join(there, "lot_beacon.pb")), b"another")
        self.assertEqual(sorted(p.read(os.path.join(there, name)) for name in os.listdir(there)),
                         [b"another", b"one", b"the same"])
        code, out, err = p.sandoq("bulletin", "carry", here, there)
        self.assertEqual((code, "0 files carried" in out), (0, True), err)

    def crash(self, at):
        """The journal loses the end of its last item; the next command writes it again, byte for byte."""
        journal = os.path.join(at.device, "journal.pb")
        whole = p.read(journal)
        p.write(journal, whole[:-7])
        at.step("show")
        self.assertEqual(p.read(journal), whole)

    def foreign_journal_is_refused(self, town):
        """A drill of the same places and its journals; nothing of it counts in a real election."""
        drill = os.path.join(self.folder, "drill")
        code, out, err = p.sandoq("drill", "--voters", "4", "--out", drill, "--json")
        self.assertEqual(code, 0, err)
        code, out, err = p.verify_cpp(drill, "--domain", "real")
        self.assertEqual(code, 1, err)
        copy = os.path.join(self.folder, "forged")
        office.carry(town.hub, copy)
        journal = next(name for name in os.listdir(copy) if name.startswith("journal-") and "lost" not in name)
        shutil.copyfile(os.path.join(drill, "ballots-000001.pb"), os.path.join(copy, journal))
        said = town.clerk.run("close", copy, expected=1)
        self.assertNotIn("requests to open", said)

    def open_sums(self, town):
        said = town.work("close", "--subtotals", "branch")
        self.assertIn("12 ballots are counted", said)
        for trustee in town.quorum(first=1):
            said = trustee.visit("open", "--yes")
            self.assertIn("run sandoq trustee open again", said)
        # The log of a trustee must not be an old one.
        careless = town.boards[0][1]
        log = os.path.join(careless.home, "opening.log")
        kept = p.read(log)
        os.remove(log)
        self.assertIn("it is an old copy", careless.visit("open", "--yes", expected=1))
        p.write(log, kept)
        os.chmod(log, 0o600)
        self.assertIn("answers", town.work("combine", "--out", town.clerk.path("early"), expected=1))
        for trustee in town.quorum(first=1):
            self.assertIn("carry the bulletin to whoever combines", trustee.visit("open", "--yes"))

    def combine(self, town):
        record = town.clerk.path("record")
        said = town.work("combine", "--out", record, "--beacon", "the test's own value", expected=1)
        self.assertIn("lot value of board executive", said)
        self.assertNotIn("--beacon", said)
        value = named(town.boards[1][0].visit("sign", "--yes", expected=1), "lot_beacon")
        for members in town.boards:
            members[0].visit("lot", "--reveal", "--yes")
        town.sign(agree=[value])
        said = town.work("combine", "--out", record, expected=1)
        self.assertIn("who sign it", said)
        town.sign(first=1, agree=[value])
        said = town.work("combine", "--out", record)
        self.assertIn("accept", said)
        self.assertTrue(os.path.isfile(record + ".html"))
        self.assertEqual([name for name in os.listdir(town.clerk.folder) if ".draft" in name], [])
        return record

    def judge(self, town, record):
        code, out, err = p.verify_cpp(record, "--domain", "real", "--manifest", town.manifest)
        self.assertEqual(code, 0, err + out)
        found = p.load(out)
        self.assertEqual(found["verdict"], "accept")
        self.assertEqual(found["counts"], count(VOTES))
        self.assertEqual(found["ballots"], len(VOTES))
        self.assertEqual(len(found["recoveries"]), 1)
        self.assertEqual([tie["state"] for tie in found["ties"] if tie["contest"] == "mayor"], ["resolved-with-lot"])
        self.assertGreater(len(found["subtotals"]), 0)
        code, out, err = p.verify_py(record)
        self.assertEqual(code, 0, err + out)
        self.assertEqual(p.agreed(p.load(out))["counts"], found["counts"])
        code, out, err = p.verify_cpp(record, "--domain", "drill")
        self.assertEqual(code, 1, err)

    def keys_are_gone_from_booths(self, booths):
        for at in (booths[0], booths[2]):
            self.assertIn("closed", at.step("show"))
            self.assertIn("is closed", at.step("ballot", filled("anna", "emad"), expected=1))
            self.assertLess(os.path.getsize(os.path.join(at.device, "state")), 300)


if __name__ == "__main__":
    unittest.main()
