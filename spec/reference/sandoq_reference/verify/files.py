"""record.head, record.files and record.items: what lies in the directory (spec 80)."""

import hashlib
import os
import stat

from ..items import BALLOT, CLOSE, HEAD, KINDS, KIND_OF, OPENING
from ..layout import StructureError
from ..segments import MOST, SegmentReader

HEAD_NAME = "head.pb"
K = KIND_OF


def expected_names(names):
    """Are these the names of 80.5, in order?"""
    ballots = len(names) - 4
    wanted = ["manifest.pb", "ceremony.pb"]
    wanted += [f"ballots-{number:06}.pb" for number in range(1, ballots + 1)]
    return ballots >= 1 and names == [name.encode() for name in wanted + ["tally.pb", "opening.pb"]]


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


class Order:
    """The order of kinds in one file, or in all ballot files together (80.1, 80.4)."""

    SEQUENCES = {
        "manifest.pb": [("manifest", 1)],
        "ceremony.pb": [("dkg_commit", None), ("dkg_reveal", None), ("dkg_deal", None), ("dkg_confirm", None),
                        ("election_key", 1)],
        "tally.pb": [("tally_node", None)],
    }

    def __init__(self, name):
        self.name, self.at, self.count, self.before = name, 0, 0, None

    def take(self, kind):
        if self.name in self.SEQUENCES:
            self._take_sequence(kind)
        elif self.name == "opening.pb":
            allowed = {None: ("request", "result"), "request": ("request", "partial", "result"),
                       "partial": ("request", "partial", "result"), "result": ("result",)}[self.before]
            self._take_one_of(kind, allowed)
        else:
            allowed = {None: ("opening",), "close": ("opening",), "ballot": ("cast", "challenge", "void")}.get(
                self.before, ("ballot", "close"))
            self._take_one_of(kind, allowed)

    def _take_one_of(self, kind, names):
        if kind not in [K[name] for name in names]:
            raise StructureError(f"kind {kind} where one of {', '.join(names)} must stand")
        self.before = KINDS[kind].name

    def _take_sequence(self, kind):
        steps = self.SEQUENCES[self.name]
        while self.at < len(steps):
            name, most = steps[self.at]
            if kind == K[name] and (most is None or self.count < most):
                self.count += 1
                return
            if most is not None and self.count < most:
                raise StructureError(f"kind {kind} where {name} must stand")
            self.at, self.count = self.at + 1, 0
        raise StructureError(f"kind {kind} is out of order")

    def end(self):
        if self.name in self.SEQUENCES:
            for step in range(self.at, len(self.SEQUENCES[self.name])):
                name, most = self.SEQUENCES[self.name][step]
                if most is not None and (step > self.at or self.count < most):
                    raise StructureError(f"{name} is missing")
        elif self.name == "ballots" and self.before != "close":
            raise StructureError("the last journal is not closed")


class Record:
    """Everything but the ballots in memory; the ballot files are streamed."""

    def __init__(self, directory, head, head_bytes):
        self.directory, self.head, self.head_bytes = directory, head, head_bytes
        self.items = {}  # kind name -> values, except in ballot files
        self.openings = []  # opening.pb in order: (kind name, value)
        self.manifest_bytes = None
        self.ballots = self.alphas = 0

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
        """The stream of all ballot files."""
        for name in self.ballot_names():
            yield from self.stream(name)


def read_items(record, findings):
    """record.items, and record.elements along the way."""
    _members(findings, HEAD, record.head, "head.pb")
    journals = Order("ballots")
    for entry in record.head.files:
        name = os.fsdecode(entry.name)
        of_ballots = name.startswith("ballots-")
        with findings.judging("record.items", name):
            order, count = journals if of_ballots else Order(name), 0
            for place, kind, data, value in record.stream(name):
                order.take(kind)
                count += 1
                _keep(record, findings, place, kind, data, value, of_ballots)
            if count != entry.items:
                raise StructureError(f"{count} items; the head says {entry.items}")
            if of_ballots and not count:
                raise StructureError("a ballot file without items")
            if not of_ballots:
                order.end()
            elif name == record.ballot_names()[-1]:
                order.end()
    findings.finish("record.items", "record.elements")


def _keep(record, findings, place, kind, data, value, of_ballots):
    layout = KINDS[kind]
    if not of_ballots:
        _members(findings, layout, value, place)
        record.items.setdefault(layout.name, []).append(value)
        if layout.name == "manifest":
            record.manifest_bytes = data
        if kind >= K["request"]:
            record.openings.append((layout.name, value))
    elif layout is BALLOT:
        record.ballots += 1
        record.alphas += sum(len(part.ciphertexts) for part in value.contests)
    elif layout in (OPENING, CLOSE):
        _members(findings, layout, value, place)


def _members(findings, layout, value, place):
    if findings.sound("record.elements"):
        problem = layout.membership_problem(value)
        if problem:
            findings.fail("record.elements", place, problem)
