"""What pages name is there: checks, sections, files, tests, links."""

import re
import unittest

import pages
from pages import SOURCE

THREATS = SOURCE / "docs" / "threat_model.md"
FOLDERS = r"(?:spec|tests|lib|include|proofs|tools|docs|examples|bench|data)"
PATH = re.compile(rf"`({FOLDERS}/[\w./-]+?)(?:#(\w+))?`")
SECTION = re.compile(r"(?<![\d.])(\d\d\.\d{1,2})(?![\d.]*\d)")
CHECK = re.compile(r"`([a-z]+\.[a-z]+)`")
LINK = re.compile(r"\]\((?!https?:)([^)#\s]*)(#[^)\s]*)?\)")


def sections():
    found = set()
    for path in SOURCE.glob("spec/*/section.md"):
        found |= set(re.findall(r"^## (\d\d\.\d+) ", path.read_text(encoding="utf-8"), re.MULTILINE))
    return found


def anchors(path):
    """The anchors of a page's headings, as its host makes them."""
    headings = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return {"#" + re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


class ThreatModel(unittest.TestCase):
    text = THREATS.read_text(encoding="utf-8")

    def rows(self):
        return re.findall(r"^### (T\d+) [^\n]+\n(.*?)(?=^##)", self.text, re.MULTILINE | re.DOTALL)

    def test_every_threat_has_its_row(self):
        rows = self.rows()
        self.assertEqual([name for name, _ in rows], [f"T{i}" for i in range(1, 34)])
        for name, row in rows:
            said = re.findall(r"^- \*([A-Z][a-z ]+)\.?\*", row, re.MULTILINE)
            full = ["Danger", "Against it", "Rejected by", "Held by", "Remains"]
            if said != full:  # only what is not built may stand without checks and tests
                self.assertEqual(said, ["Danger", "Against it", "Remains"], name)
                self.assertRegex(row, "[Nn]ot built yet|Nothing in `sandoq-1`", name)
            elif "no check" not in row and "every check" not in row:
                rejected = row.split("*Rejected by*")[1].split("*Held by*")[0]
                self.assertTrue(CHECK.search(rejected), name)

    def test_every_check_stands_against_some_threat(self):
        self.assertEqual([name for name in pages.checks() if f"`{name}`" not in self.text], [])


class Pages(unittest.TestCase):
    """All pages of docs/; those at the top and the README files for links."""

    pages = sorted(SOURCE.glob("docs/**/*.md"))
    top = [SOURCE / name for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md")]

    def test_checks(self):
        known = pages.checks()
        families = {name.split(".")[0] for name in known}
        for page in self.pages:
            for name in CHECK.findall(page.read_text(encoding="utf-8")):
                self.assertTrue(name in known or name.split(".")[0] not in families or name.endswith(".pb"), f"{page}: {name}")

    def test_sections(self):
        there = sections()
        for page in self.pages:
            self.assertEqual(sorted(set(SECTION.findall(page.read_text(encoding="utf-8"))) - there), [], page)

    def test_files_and_tests(self):
        for page in self.pages:
            for path, test in PATH.findall(page.read_text(encoding="utf-8")):
                self.assertTrue((SOURCE / path).exists(), f"{page}: {path}")
                if test:
                    self.assertRegex((SOURCE / path).read_text(encoding="utf-8"), rf"\b{test}\b", f"{page}: {path}")

    def test_links_lead_somewhere(self):
        for page in [*self.pages, *self.top, *SOURCE.glob("spec/*.md"), *SOURCE.glob("spec/*/*.md"),
                     *SOURCE.glob("tests/**/README.md"), *SOURCE.glob("*/README.md")]:
            for target, anchor in LINK.findall(page.read_text(encoding="utf-8")):
                place = (page.parent / target).resolve() if target else page
                self.assertTrue(place.exists(), f"{page}: {target}")
                if anchor and place.suffix == ".md":
                    self.assertIn(anchor, anchors(place), f"{page}: {target}{anchor}")


if __name__ == "__main__":
    unittest.main()
