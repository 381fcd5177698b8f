"""The report in HTML, the export to CSV and the verdict in Persian, beside the JSON report of the same record."""

import csv
import itertools
import os
import re
import tempfile
import tomllib
import unittest
from html.parser import HTMLParser

import programs as p

VOID = {"meta", "input", "br"}
PERSIAN = str.maketrans("۰۱۲۳۴۵۶۷۸۹", "0123456789")
HOSTILE = ('</bdi></table><script>alert(1)</script>', '" onload="x', "it's & \u202e ok", "=1+1", "@SUM", "-5", "+5", "'quoted",
           "ق" * 125, "a, b", "نامزد\u200cها")


class Element:
    def __init__(self, tag, attributes, above):
        self.tag, self.attributes, self.above, self.children = tag, dict(attributes), above, []

    def all(self, tag, kind=None):
        for child in self.children:
            if isinstance(child, Element):
                if child.tag == tag and kind in (None, child.attributes.get("class")):
                    yield child
                yield from child.all(tag, kind)

    def one(self, tag, kind=None):
        return next(self.all(tag, kind))

    def text(self):
        return "".join(c if isinstance(c, str) else c.text() for c in self.children)


class Page(HTMLParser):
    """A tree; whatever is not closed in its turn is an error."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.root = self.at = Element("", (), None)
        self.feed(text)
        self.close()
        assert self.at is self.root, f"<{self.at.tag}> is not closed"

    def handle_starttag(self, tag, attrs):
        assert len({name for name, _ in attrs}) == len(attrs), tag
        element = Element(tag, attrs, self.at)
        self.at.children.append(element)
        if tag not in VOID:
            self.at = element

    def handle_startendtag(self, tag, attrs):
        raise AssertionError(f"<{tag}/>")

    def handle_endtag(self, tag):
        assert tag == self.at.tag, f"</{tag}> closes <{self.at.tag}>"
        self.at = self.at.above

    def handle_data(self, data):
        self.at.children.append(data)


def shown(text):
    """What the tool makes of characters that could draw on a screen."""
    return re.sub("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u206f\ufeff]",
                  lambda m: f"\\x{ord(m[0]):02x}" if ord(m[0]) < 256 else f"\\u{ord(m[0]):04x}", text)


def outcomes(contest, counts):
    """Plurality at large, by its text (spec 75.2): places go from the top as long as they suffice for all with equal votes."""
    out, votes = {}, {o["id"]: counts[o["id"]] for o in contest["options"]}
    left = {"elected": contest["seats"], "alternate": contest["alternates"]}
    for level in sorted({v for v in votes.values() if v > 0}, reverse=True):
        names = [name for name in votes if votes[name] == level]
        kinds = [kind for kind in ("elected", "alternate") for _ in range(left[kind])]
        if len(names) == 1 or kinds[:len(names)] in (["elected"] * len(names), ["alternate"] * len(names)):
            for name, kind in zip(names, kinds):
                out[name] = kind
        elif kinds:
            out.update({name: "tie" for name in names})
        for kind in kinds[:len(names)]:
            left[kind] -= 1
    return out


class Report(unittest.TestCase):
    def setUp(self):
        holder = tempfile.TemporaryDirectory(prefix="sandoq-e2e-")
        self.addCleanup(holder.cleanup)
        self.folder = holder.name
        self.record = os.path.join(self.folder, "record")

    def drill(self, *args):
        code, _, err = p.sandoq("drill", *args, "--out", self.record, "--json")
        self.assertEqual(code, 0, err)
        self.facts = p.load(p.verify_cpp(self.record)[1])
        self.plan = p.load(p.sandoq("inspect", self.record, "--manifest")[1])

    def hostile_drill(self):
        path = os.path.join(self.folder, "a<script>b&'\".csv")
        with open(path, "w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(["precinct", "choice1", "choice2"])
            for i, name in enumerate(HOSTILE):
                writer.writerows([[HOSTILE[i % 3], name, HOSTILE[(i * 5 + 2) % len(HOSTILE)]]] * (i % 4 + 1))
        self.drill("--ballots", path)

    def outcomes(self, contest, counts):
        """With the places of resolved ties given in the final order of their options."""
        out = outcomes(contest, counts)
        for tie in self.facts["ties"]:
            if tie["contest"] == contest["id"] and tie["state"] != "open":
                kinds = ["elected"] * tie["seats"] + ["alternate"] * tie["alternates"]
                for name in tie["options"]:
                    self.assertEqual(out.pop(name), "tie")
                out.update(zip(tie["options"], kinds))
        return out

    def html(self, *args, code=0):
        place = os.path.join(self.folder, "report.html")
        done, out, err = p.sandoq("verify", self.record, *args, "--html", place)
        self.assertEqual(done, code, err)
        self.assertIn(f"({os.path.getsize(place):,} bytes)", out)
        text = p.read(place).decode()
        self.closed(text)
        return Page(text).root

    def closed(self, text):
        """Nothing runs and nothing is loaded."""
        self.assertNotRegex(text, r"(?i)https?:|url\(|@import|<script|<link|<iframe|<img|<object|\bsrc=|javascript:")
        self.assertIn("default-src 'none'", text)
        for element in Page(text).root.all("a"):
            self.assertRegex(element.attributes["href"], "^#[a-z0-9-]+$")
        for tag in ("main", "p", "td", "th", "b", "i", "bdi", "code", "details", "span", "div", "tr", "input", "label"):
            for element in Page(text).root.all(tag):
                self.assertLessEqual(set(element.attributes), {"class", "lang", "dir", "scope", "style", "open", "id", "for", "type",
                                                               "name", "aria-label", "checked", "autocomplete"})
        self.assertNotRegex(text, "[\x00-\x09\x0b-\x1f\u200e\u200f\u202a-\u202e\u2066-\u206f]")

    def results_of(self, main):
        """contest -> [(option or None for blank, votes, class)] in the order of the page."""
        found = {}
        for contest in main.all("details", "contest"):
            rows = []
            for row in contest.one("tbody").all("tr"):
                kind = row.attributes.get("class")
                name = row.one("span", "name")
                ident = None if kind == "blank" else (list(name.all("code")) or list(name.all("bdi")))[0].text()
                cells = [cell.text() for cell in row.all("td")]
                rows.append((ident, cells[0], kind, cells))
            head = contest.one("h3")
            found[(list(head.all("code")) or list(head.all("bdi")))[0].text()] = rows
        return found

    def check_page(self, root, first):
        html = root.one("html")
        self.assertEqual(html.attributes["lang"], first)
        mains = {main.attributes["lang"]: main for main in root.all("main")}
        self.assertEqual([main.attributes["dir"] for main in (mains["fa"], mains["en"])], ["rtl", "ltr"])
        self.assertEqual([i.attributes["id"] for i in root.all("input") if "checked" in i.attributes], ["in-" + first])
        hashes = [self.facts["manifest"], self.facts["manifest"]]
        for tag, main in mains.items():
            self.assertEqual([c.text() for c in main.all("code") if c.text() in hashes and c.attributes["dir"] == "ltr"][:1], hashes[:1])
            self.check_results(tag, main)
            self.assertEqual([row.all("code").__next__().text() for row in main.one("table", "checks").one("tbody").all("tr")],
                             [check["id"] for check in self.facts["checks"]])
        self.assertTrue(list(mains["fa"].all("p", "drill")) and list(mains["en"].all("p", "drill")))

    def check_results(self, tag, main):
        found = self.results_of(main)
        self.assertEqual(list(found), [shown(contest["id"]) for contest in self.plan["contests"]])
        for contest in self.plan["contests"]:
            counts = dict(self.facts["counts"][contest["id"]])
            rows = found[shown(contest["id"])]
            for _, votes, _, cells in rows:
                self.assertNotRegex("".join(cells), "[0-9]" if tag == "fa" else "[۰-۹]")
                self.assertRegex(votes, r"^[۰-۹]{1,3}(٬[۰-۹]{3})*$" if tag == "fa" else r"^\d{1,3}(,\d{3})*$")
            got = {ident: int(votes.translate(PERSIAN).replace("٬", "").replace(",", "")) for ident, votes, *_ in rows}
            self.assertEqual(got, {None if name == "blank" else shown(name): n for name, n in counts.items()})
            if counts.pop("blank", None) is not None:
                self.assertIsNone(rows.pop()[0])
            votes = [got[ident] for ident, *_ in rows]
            self.assertEqual(votes, sorted(votes, reverse=True))
            expected = self.outcomes(contest, counts)
            self.assertEqual({ident: {"tied": "tie"}.get(kind, kind) for ident, _, kind, _ in rows if kind},
                             {shown(name): kind for name, kind in expected.items()})

    def check_subtotals(self, rows, mains):
        """CSV and HTML against the JSON verdict."""
        numbers = lambda element: [int(cell.text().translate(PERSIAN).replace("٬", "").replace(",", ""))
                                   for cell in (next(row.all("td")) for row in element.one("tbody").all("tr"))]
        parts = {}
        for row in rows:
            parts.setdefault(row["subtotal"], []).append(row)
        self.assertEqual([(part[0]["place_ids"].split("\n"), part[0]["contest_id"], int(part[0]["ballots"]),
                           [int(row["votes"]) for row in part]) for part in parts.values()],
                         [(entry["nodes"], entry["contest"], entry["ballots"], list(entry["counts"].values()))
                          for entry in self.facts["subtotals"]])
        for main in mains:
            shown_parts = list(main.all("details", "subtotal"))
            self.assertEqual([numbers(part) for part in shown_parts],
                             [list(entry["counts"].values()) for entry in self.facts["subtotals"]])
            for part, entry in zip(shown_parts, self.facts["subtotals"]):
                # A place whose label is its id is named once.
                names = [(list(bdi.all("code")) or [bdi])[0].text() for bdi in part.one("h3").children if isinstance(bdi, Element)]
                self.assertEqual([name for name in names if name in entry["nodes"]], entry["nodes"])

    def check_notes(self, main):
        rows = {}
        for row in main.one("table", "notes").one("tbody").all("tr"):
            rows.setdefault(row.attributes["class"], []).append(row)
        names = {"exclusion": "exclusions", "recovery": "recoveries", "absence": "absences", "shut-out": "shut_out"}
        for kind, member in names.items():
            self.assertEqual(len(rows.get(kind, [])), len(self.facts[member]), kind)
            for row, entry in zip(rows.get(kind, []), self.facts[member]):
                cells = [cell.text().translate(PERSIAN) for cell in row.all("td")]
                self.assertIn(entry.get("branch", entry.get("trustee")), cells[0])
                self.assertIn(str(entry.get("device", "")), cells[0])
                self.assertIn(str(entry.get("cast", entry.get("attempt", ""))), cells[1])
                if entry.get("remark"):
                    self.assertEqual(list(row.all("bdi"))[-1].text(), shown(entry["remark"]))
        self.assertEqual(len(rows.get("open-tie", [])), len([tie for tie in self.facts["ties"] if tie["state"] == "open"]))

    def check_places(self, main, csv_rows):
        rows = list(main.one("table", "places").one("tbody").all("tr"))
        got = [int(next(row.all("td")).text().translate(PERSIAN).replace("٬", "").replace(",", "")) for row in rows]
        self.assertEqual(got, [int(row["ballots"]) for row in csv_rows])
        self.assertEqual(got[0], self.facts["ballots"])

    def exported(self, *args):
        target = os.path.join(self.folder, "out")
        code, _, err = p.sandoq("export", self.record, "--csv", target, *args)
        self.assertEqual(code, 0, err)
        tables = []
        for name in ("results.csv", "places.csv", "subtotals.csv"):
            with open(os.path.join(target, name), encoding="utf-8-sig" if args else "utf-8", newline="") as file:
                tables.append(list(csv.DictReader(file, strict=True)))
        return tables

    def check_csv(self, results, places):
        plain = lambda text: text.removeprefix("'")
        counts, kinds = {}, {}
        for row in results:
            for cell in row.values():
                self.assertNotIn(cell[:1], {*"=+-@\t\r"} - {""})
            key = plain(row["option_id"]) if row["kind"] == "option" else row["kind"]
            counts.setdefault(plain(row["contest_id"]), {})[key] = int(row["votes"])
            kinds.setdefault(plain(row["contest_id"]), {})[key] = row["outcome"]
        self.assertEqual([list(c.items()) for c in counts.values()],
                         [[(shown(name), n) for name, n in c.items()] for c in self.facts["counts"].values()])
        for contest in self.plan["contests"]:
            expected = self.outcomes(contest, self.facts["counts"][contest["id"]])
            self.assertEqual({name: kind for name, kind in kinds[shown(contest["id"])].items() if kind},
                             {shown(name): kind for name, kind in expected.items()})
        below = {}
        for row in places:
            below.setdefault(row["parent_id"], []).append(int(row["ballots"]))
        for row in places:
            self.assertEqual(sum(below.get(row["place_id"], [int(row["ballots"])])), int(row["ballots"]))
        self.assertEqual(below[""], [self.facts["ballots"]])

    def test_village(self):
        self.drill("--voters", "60", "--seed", "3")
        self.check_outcomes()
        results, places, subtotals = self.exported()
        self.check_csv(results, places)
        self.assertEqual(subtotals, [])
        self.assertEqual(results[0]["option_fa"], "نامزد ۱۰۱")
        for first in ("en", "fa"):
            root = self.html("--lang", first)
            self.check_page(root, first)
            for main in root.all("main"):
                self.check_places(main, places)

    def test_notes_subtotals_and_ties(self):
        self.drill("--voters", "60", "--seed", "3", "--subtotals", "branch", "--floor", "3", "--lose", "upper-school:2",
                   "--exclude", "lower-hall:1")
        for member in ("exclusions", "recoveries", "subtotals"):
            self.assertTrue(self.facts[member], member)
        self.check_everything()
        out = self.persian_text()
        for tie in self.facts["ties"]:
            self.assertEqual(tie["state"] == "open", "هنوز حل نشده" in out)

    def test_record_with_everything(self):
        for name in ("everything", "open-ties"):
            self.record = os.path.join(p.SOURCE, "spec", "80-record", "vectors", "records", name)
            self.facts = p.load(p.verify_cpp(self.record)[1])
            self.assertEqual(self.facts["verdict"], "accept")
            self.plan = p.load(p.sandoq("inspect", self.record, "--manifest")[1])
            for member in ("absences", "shut_out", "ties"):
                self.assertTrue(self.facts[member], member)
            self.assertEqual({tie["state"] == "open" for tie in self.facts["ties"]}, {name == "open-ties"})
            told = p.load(p.read(self.record + ".json"))["told"]  # by the reference
            self.assertEqual({member: self.facts[member] for member in told}, told)
            self.check_everything()
            words = p.sandoq("verify", self.record)[1]
            self.assertEqual(words.count(" stayed away from attempt "), len(self.facts["absences"]))
            self.assertEqual(words.count(" was shut out and holds no share"), len(self.facts["shut_out"]))
            out = self.persian_text()
            self.assertEqual(out.count("غیبت امین: "), len(self.facts["absences"]))
            self.assertEqual(out.count("سهمی از کلید ندارد"), len(self.facts["shut_out"]))
            os.rename(os.path.join(self.folder, "out"), os.path.join(self.folder, "out-" + name))

    def test_tie_for_the_only_seat(self):
        """Who won by the lot is the winner in every form, and in no form the other one."""
        ballots = os.path.join(self.folder, "mayor.csv")
        p.write(ballots, "precinct,choice1\nP,Anna\nP,Bea\nP,Bea\nP,Anna\nP,Carl\n".encode())
        words = p.sandoq("drill", "--ballots", ballots, "--beacon", "4711", "--out", self.record)[1]
        self.facts = p.load(p.verify_cpp(self.record)[1])
        self.plan = p.load(p.sandoq("inspect", self.record, "--manifest")[1])
        tie, = self.facts["ties"]
        self.assertEqual((tie["seats"], tie["state"], sorted(tie["options"])), (1, "resolved-with-lot", ["Anna", "Bea"]))
        winner = tie["options"][0]
        self.assertEqual(self.facts["outcomes"], {"mayor": {"elected": [winner], "alternates": tie["options"][1:]}})
        self.assertEqual(p.load(p.verify_py(self.record)[1])["outcomes"], self.facts["outcomes"])
        for text in (words, p.sandoq("verify", self.record)[1]):
            self.assertEqual(re.findall(r"^  (\w+) +\d+  elected$", text, re.MULTILINE), [winner])
        self.assertEqual(re.findall("\u2068(\\w+)\u2069 +[۰-۹]+  منتخب$", self.persian_text(), re.MULTILINE), [winner])
        results, _, _ = self.exported()
        self.assertEqual([row["option_id"] for row in results if row["outcome"] == "elected"], [winner])
        for main in self.html().all("main"):
            self.assertEqual([row[0] for row in self.results_of(main)["mayor"] if row[2] == "elected"], [winner])
            self.assertIn({"fa": "کف مقرر", "en": "Floor"}[main.attributes["lang"]], [dt.text() for dt in main.all("dt")])
            self.assertEqual(main.one("span", "winners").one("bdi").text(), winner)

    def check_outcomes(self):
        """In JSON, and in English, where names stand before their ids."""
        text = p.sandoq("verify", self.record)[1]
        found = re.findall(r"^  .*?(\S+?)\)? +[\d,]+(?:  (elected|alternate|tie))?$", text, re.MULTILINE)
        rows = iter(found)
        for contest in self.plan["contests"]:
            counts = dict(self.facts["counts"][contest["id"]])
            expected = self.outcomes(contest, {name: n for name, n in counts.items() if name != "blank"})
            got = {name.lstrip("("): kind for name, kind in itertools.islice(rows, len(counts))}
            self.assertEqual({name: kind for name, kind in got.items() if kind}, expected)
            for kind, member in (("elected", "elected"), ("alternate", "alternates")):
                self.assertEqual(sorted(self.facts["outcomes"][contest["id"]][member]),
                                 sorted(name for name in expected if expected[name] == kind))

    def check_everything(self):
        self.check_outcomes()
        results, places, subtotals = self.exported()
        self.check_csv(results, places)
        mains = list(self.html().all("main"))
        self.check_subtotals(subtotals, mains)
        for main in mains:
            self.check_results(main.attributes["lang"], main)
            self.check_notes(main)
        states = {(tie["contest"], name): tie["state"] for tie in self.facts["ties"] for name in tie["options"]}
        self.assertEqual({(row["contest_id"], row["option_id"]): row["tie_state"] for row in results if row["tie_state"]}, states)

    def persian_text(self):
        """The text with its isolates checked: Latin letters and digits stand between them only."""
        code, out, _ = p.sandoq("verify", self.record, "--lang", "fa")
        self.assertEqual(code, 0)
        for line in out.splitlines():
            self.assertTrue(line.startswith("\u200f"), line)
            self.assertEqual(len(re.findall("[\u2066\u2068]", line)), line.count("\u2069"), line)
            self.assertNotRegex(re.sub("[\u2066\u2068][^\u2069]*\u2069", "", line).replace("(e0)", ""), "[A-Za-z0-9]")
        self.assertEqual(out.count("کنار گذاشتن دفتر ثبت: "), len(self.facts["exclusions"]))
        self.assertEqual(out.count("بستن دفتر ثبت به جای دستگاه: "), len(self.facts["recoveries"]))
        self.assertEqual(out.count("\u200fجمع‌های جزء: "), len(self.facts["subtotals"]))
        self.assertEqual(out.count("ترتیب نهایی: "), len([tie for tie in self.facts["ties"] if tie["state"] != "open"]))
        for member in ("exclusions", "recoveries", "absences"):
            for entry in self.facts[member]:
                self.assertIn(f"\u2068{shown(entry['remark'])}\u2069", out)
        return out

    def test_hostile_names(self):
        self.hostile_drill()
        self.check_page(self.html(), "en")
        results, places, _ = self.exported("--bom")
        self.check_csv(results, places)
        self.assertEqual({row["option_id"] for row in results if row["option_id"][:1] == "'"},
                         {"'=1+1", "'@SUM", "'-5", "'+5", "''quoted"})

    def test_rejected(self):
        self.drill("--voters", "5")
        path = os.path.join(self.record, "tally.pb")
        data = bytearray(p.read(path))
        data[len(data) // 2] ^= 1
        p.write(path, data)
        failed = [c for c in p.load(p.verify_cpp(self.record)[1])["checks"] if c["status"] == "fail"]
        root = self.html("--lang", "fa", code=1)
        for main in root.all("main"):
            self.assertEqual(list(main.all("details", "contest")) + list(main.all("table", "places")), [])
            self.assertEqual([c.text() for c in main.one("section", "failed").all("code")], [c["id"] for c in failed])
            self.assertIn(failed[0]["reason"], main.one("section", "failed").text())
        target = os.path.join(self.folder, "out")
        code, out, err = p.sandoq("export", self.record, "--csv", target)
        self.assertEqual((code, out), (1, ""))
        self.assertIn("rejected", err)
        self.assertFalse(os.path.exists(target))

    def test_verdict_in_persian(self):
        self.drill("--voters", "30")
        out = self.persian_text()
        with open(os.path.join(p.SOURCE, "spec", "90-verification", "checks.toml"), "rb") as file:
            checks = tomllib.load(file)["check"]
        for check in checks:
            self.assertIn(f"{check['sentence_fa']}  \u2066{check['id']}\u2069", out)
        got = [int(m.translate(PERSIAN)) for m in re.findall("\u2069 +([۰-۹]+)|سفید +([۰-۹]+)", out) for m in m if m]
        expected = [n for counts in self.facts["counts"].values() for n in counts.values()]
        self.assertEqual(sorted(got), sorted(expected))

    def test_where_a_report_goes(self):
        self.drill("--voters", "2")
        beside = self.record + ".html"
        before = p.files_of(self.record)
        self.assertTrue(os.path.exists(beside))  # the drill's own
        os.truncate(beside, 100)
        self.assertEqual(p.sandoq("verify", self.record + "/", "--html")[0], 0)
        self.assertGreater(os.path.getsize(beside), 1000)
        other = os.path.join(self.folder, "other.txt")
        p.write(other, b"notes")
        for bad in (other, os.path.join(self.record, "x.html"), self.record, self.folder, os.path.join(self.folder, "none", "x.html")):
            code, _, err = p.sandoq("verify", self.record, "--html", bad)
            self.assertEqual(code, 2, bad)
            self.assertNotEqual(err, "")
        self.assertEqual(p.read(other), b"notes")
        self.assertEqual(before, p.files_of(self.record))
        code, out, err = p.sandoq("verify", self.record, "--json", "--html", beside)
        self.assertEqual((code, p.load(out)["verdict"]), (0, "accept"))
        self.assertIn(beside, err)
        for bad in (other, self.folder, os.path.join(self.record, "x.csv"), os.path.join(self.record, "out")):
            self.assertEqual(p.sandoq("export", self.record, "--csv", bad)[0], 2, bad)
        one = os.path.join(self.folder, "one.csv")
        self.assertEqual(p.sandoq("export", self.record, "--csv", one)[0], 0)
        self.assertTrue(os.path.exists(one) and os.path.exists(os.path.join(self.folder, "one-places.csv")) and
                        os.path.exists(os.path.join(self.folder, "one-subtotals.csv")))
        self.assertEqual(p.sandoq("export", self.record, "--csv", one)[0], 2)
        self.assertEqual(p.read(other), b"notes")


if __name__ == "__main__":
    unittest.main(verbosity=2)
