"""record.head, record.files and record.items: what lies in the directory (spec 80)."""

import hashlib
import os
import stat

from ..items import BALLOT, HEAD, KINDS, KIND_OF
from ..journal import EVIDENCE_KINDS
from ..layout import StructureError
from ..segments import MOST, SegmentReader
from .verdict import refuse_unreadable

HEAD_NAME = "head.pb"
K = KIND_OF


def expected_names(names):
    """Are these the names of 80.5, in order?"""
    mixes = sum(name.startswith(b"mix-") for name in names)
    ballots = len(names) - 4 - mixes
    wanted = ["manifest.pb", "ceremony.pb"]
    wanted += [f"ballots-{number:06}.pb" for number in range(1, ballots + 1)] + ["tally.pb"]
    wanted += [f"mix-{number:06}.pb" for number in range(1, mixes + 1)]
    return ballots >= 1 and names == [name.encode() for name in wanted + ["opening.pb"]]


def read_head(directory, findings):
    """The head and its canonical bytes, or (None, None)."""
    findings.finish("record.head")
    with findings.judging("record.head", HEAD_NAME):
        path = os.path.join(directory, HEAD_NAME)
        try:
            status = os.lstat(path)
        except FileNotFoundError:
            raise StructureError("there is no head.pb") from None
        except OSError as error:
            refuse_unreadable(error, HEAD_NAME)
            raise StructureError(f"it cannot be reached: {error.strerror}") from None
        if not stat.S_ISREG(status.st_mode) or status.st_size > MOST:
            raise StructureError("not a regular file of at most 16 MiB")
        with open(path, "rb") as stream:
            items = list(SegmentReader(stream))
        if len(items) != 1 or items[0][1] != K["head"]:
            raise StructureError("not exactly one item of kind 1")
        head = HEAD.decode(items[0][2])
        if not expected_names([entry.name for entry in head.files]):
            raise StructureError("the list of files is not that of a record")
        return head, items[0][2]
    return None, None


def check_files(directory, head, findings):
    with findings.judging("record.files", directory):
        listed = {HEAD_NAME.encode()} | {entry.name for entry in head.files}
        present = set(os.listdir(os.fsencode(directory)))
        for name in sorted(present ^ listed):
            what = "is missing" if name in listed else "is not in the head's list"
            findings.fail("record.files", os.fsdecode(name), what)
    for entry in head.files:
        name = os.fsdecode(entry.name)
        if not findings.sound("record.files"):
            return
        with findings.judging("record.files", name):
            path = os.path.join(directory, name)
            status = os.lstat(path)
            if not stat.S_ISREG(status.st_mode):
                raise StructureError("not a regular file")
            if status.st_size != entry.bytes:
                raise StructureError(f"{status.st_size} bytes; the head says {entry.bytes}")
            with open(path, "rb") as stream:
                digest = hashlib.sha512()
                while block := stream.read(1 << 20):
                    digest.update(block)
            if digest.digest()[:32] != entry.hash:
                raise StructureError("its hash is not the head's")
    findings.finish("record.files")


CEREMONY = ("dkg_absence", "dkg_commit", "dkg_reveal", "dkg_deal", "dkg_complaint", "dkg_confirm")
AFTER_ATTEMPT = ("dkg_absence", "dkg_commit", "election_key")
OPENED = ("request", "list_request", "result", "subtotal", "attributes", "lot_reveal", "lot_beacon", "resolution", "allocation")
JOURNAL = ("opening", "exclusion")
IN_JOURNAL = ("ballot", "close", "recovery")
EVIDENCE = tuple(KINDS[kind].name for kind in EVIDENCE_KINDS)
END = "end"
AFTER_STAGE = ("mix_stage", "mix_factors", "mix_group", END)
AFTER_FACTORS = ("mix_factors", "mix_group", END)


class Order:
    """The order of kinds in one file, or in all ballot files or mix files together (80.1, 80.4)."""

    # file -> kind before (None: nothing) -> kinds that may follow; END among them where the file may end
    NEXT = {
        "manifest.pb": {None: ("manifest",), "manifest": (END,)},
        "ceremony.pb": {
            None: CEREMONY[:2], "dkg_absence": CEREMONY[:2], "dkg_commit": CEREMONY[1:3],
            "dkg_reveal": CEREMONY[2:] + AFTER_ATTEMPT, "dkg_deal": CEREMONY[3:] + AFTER_ATTEMPT,
            "dkg_complaint": CEREMONY[4:] + AFTER_ATTEMPT, "dkg_confirm": CEREMONY[5:] + AFTER_ATTEMPT,
            "election_key": (END,)},
        "tally.pb": {None: ("tally_node", END), "tally_node": ("tally_node", END)},
        "opening.pb": {
            None: ("lot_commit", *OPENED, END), "lot_commit": ("lot_commit", *OPENED, END),
            **{kind: ("partial", *OPENED, END) for kind in ("request", "partial")},
            **{kind: ("list_partial", *OPENED, END) for kind in ("list_request", "list_partial")},
            "result": (*OPENED[2:], END), "subtotal": (*OPENED[3:], END), "attributes": (*OPENED[4:], END),
            "lot_reveal": (*OPENED[5:], END), "lot_beacon": (*OPENED[7:], END), "resolution": (*OPENED[7:], END),
            "allocation": (*OPENED[8:], END)},
        "ballots": {
            None: JOURNAL, "eligibility": (*JOURNAL, END), "opening": IN_JOURNAL, "ballot": ("cast", "challenge", "void"),
            **{kind: IN_JOURNAL for kind in ("cast", "challenge", "void")},
            **{kind: (*JOURNAL, "eligibility", END) for kind in ("close", "recovery", "evidence")}},
        "mix": {
            None: ("mix_group",), "mix_group": AFTER_STAGE, "mix_stage": ("mix_elements",), "mix_factors": ("mix_elements",),
            "elements of a stage": ("mix_elements", *AFTER_STAGE), "elements of factors": ("mix_elements", *AFTER_FACTORS)},
    }
    ELEMENTS = {"mix_stage": "elements of a stage", "mix_factors": "elements of factors"}

    def __init__(self, name):
        self.next, self.before, self.evidence = self.NEXT[name], None, 0

    def take(self, kind, value):
        """Is the item evidence of an exclusion?  StructureError where it must not stand."""
        allowed = EVIDENCE if self.evidence else self.next[self.before]
        name = KINDS[kind].name
        if name not in allowed:
            raise StructureError(f"kind {kind} where one of {', '.join(n for n in allowed if n != END)} must stand")
        if self.evidence:
            self.evidence -= 1
            return True
        if name == "exclusion":
            self.evidence, name = value.items, "evidence"
        if name == "mix_elements":
            name = self.ELEMENTS.get(self.before, self.before)
        self.before = name
        return False

    def end(self):
        if self.evidence or END not in self.next[self.before]:
            raise StructureError("the last item is missing, or the last journal is not complete")


class Record:
    """Everything but the ballots in memory; the ballot files are streamed."""

    def __init__(self, directory, head, head_bytes):
        self.directory, self.head, self.head_bytes = directory, head, head_bytes
        self.items = {}  # kind name -> values, except in ballot files
        self.openings = []  # opening.pb in order: (kind name, value)
        self.mixes = []  # all mix files in order: (kind name, value)
        self.ceremony = []  # ceremony.pb without election_key, in order: (kind name, value)
        self.manifest_bytes = None
        self.ballots = self.alphas = self.tokens = 0  # outside excluded journals

    def ballot_names(self):
        return [os.fsdecode(entry.name) for entry in self.head.files if entry.name.startswith(b"ballots-")]

    def stream(self, name):
        """(place, kind, canonical bytes, value) of every item of a file."""
        with open(os.path.join(self.directory, name), "rb") as stream:
            for offset, kind, data in SegmentReader(stream):
                place = f"{name}, byte {offset}"
                try:
                    if kind not in KINDS:
                        raise StructureError(f"unknown kind {kind}")
                    value = KINDS[kind].decode(data)
                except StructureError as error:
                    raise StructureError(f"{place}: {error}") from None
                yield place, kind, data, value

    def journals(self):
        """The stream of all ballot files; a last value tells whether the item is evidence of an exclusion."""
        left = 0
        for name in self.ballot_names():
            for place, kind, data, value in self.stream(name):
                yield place, kind, data, value, left > 0
                left = value.items if kind == K["exclusion"] else max(left - 1, 0)


def _stream_of(name):
    """Of which stream of files a file is a piece: ballots, mix, or itself."""
    return name[:name.index("-")] if "-" in name else name


def read_items(record, findings):
    """record.items, and record.elements along the way."""
    _members(findings, HEAD, record.head, "head.pb")
    names = [os.fsdecode(entry.name) for entry in record.head.files]
    orders = {stream: Order(stream) for stream in map(_stream_of, names)}
    for place_in_list, entry in enumerate(record.head.files):
        name, stream = names[place_in_list], _stream_of(names[place_in_list])
        with findings.judging("record.items", name):
            order, count = orders[stream], 0
            for place, kind, data, value in record.stream(name):
                evidence = order.take(kind, value)
                count += 1
                if not evidence:
                    _keep(record, findings, place, kind, data, value, stream)
            if count != entry.items:
                raise StructureError(f"{count} items; the head says {entry.items}")
            if stream != name and not count:
                raise StructureError("a file without items")
            if all(_stream_of(after) != stream for after in names[place_in_list + 1:place_in_list + 2]):
                order.end()
    findings.finish("record.items", "record.elements")


def _keep(record, findings, place, kind, data, value, stream):
    layout = KINDS[kind]
    if layout is not BALLOT:
        _members(findings, layout, value, place)
    if layout is BALLOT:
        record.ballots += 1
        record.alphas += sum(len(part.ciphertexts) for part in value.contests)
    elif kind == K["eligibility"]:
        record.tokens += len(value.tokens)
    elif stream == "mix":
        record.mixes.append((layout.name, value))
    elif stream != "ballots":
        record.items.setdefault(layout.name, []).append(value)
        if layout.name == "manifest":
            record.manifest_bytes = data
        elif kind >= K["request"]:
            record.openings.append((layout.name, value))
        elif layout.name.startswith("dkg_"):
            record.ceremony.append((layout.name, value))


def _members(findings, layout, value, place):
    if findings.sound("record.elements"):
        problem = layout.membership_problem(value)
        if problem:
            findings.fail("record.elements", place, problem)
