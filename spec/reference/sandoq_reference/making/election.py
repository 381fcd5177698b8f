"""A whole election from a seed, and its record on disk."""

import os

from .. import bit_vector
from ..ballots import ElectionKeys
from ..group import FixedBase
from ..hashing import hash32, sha512
from ..items import HEAD, KIND_OF, KINDS
from ..layout import Value
from ..manifest import Election
from ..random_stream import RandomStream
from ..segments import item_bytes
from . import closing, keys, parties
from .journals import Device, quorum


def no_hook(name, value, maker):
    """Called with every item before it is signed (and as NAME.signed after); tests change items there."""


class Maker:
    """State shared by all steps."""

    def __init__(self, seed, places=None, sizes=((2, 3), (2, 3)), domain=2, hook=no_hook):
        self.stream, self.clock = RandomStream(seed), 1_700_000_000_000
        self.hook = lambda name, value: hook(name, value, self)
        self.trustees = parties.make_trustees(sizes, self.stream)
        manifest = parties.make_manifest(places or parties.small_places(), sizes, self.trustees, domain,
                                         "made-" + seed, self.hook)
        self.election = Election(manifest)
        self.devices = []

    def hold_ceremony(self, attempt=1):
        self.ceremony, derived = keys.hold(self.election, self.trustees, attempt, self.hook)
        self.e1 = self.ceremony.election_key.e1
        self.keys = ElectionKeys(self.election, bit_vector.Bases(self.election.e0), derived.key, derived.point, self.e1,
                                 FixedBase(derived.point))
        self.tallies = {branch: closing.BranchTally(self, branch) for branch in self.election.branches}

    def cast(self, ballot):
        self.tallies[ballot.branch].add(ballot)

    def device(self, branch, number, capacity):
        device = Device(self, branch, number, capacity)
        device.open()
        self.devices.append(device)
        return device

    def finish(self, everyone=True):
        """Closes all devices; tally, opening, result."""
        for device in self.devices:
            device.close()
        closes = [device.items[-1][1] for device in self.devices]
        self.nodes = closing.make_tally(self, self.tallies)
        self.openings = closing.make_openings(self, self.nodes, closes, everyone)
        self.results = closing.make_results(self, self.openings)

    def files(self, ballot_file_bytes=32 << 20):
        """name -> list of (kind, value) of every file but the head, in order."""
        out = {"manifest.pb": [(KIND_OF["manifest"], self.election.manifest)]}
        held = self.ceremony
        out["ceremony.pb"] = [(KIND_OF[kind], item) for kind, items in (
            ("dkg_commit", held.commits), ("dkg_reveal", held.reveals), ("dkg_deal", held.deals),
            ("dkg_confirm", held.confirms), ("election_key", [held.election_key])) for item in items]
        size, number = ballot_file_bytes, 0
        for device in self.devices:
            for kind, value in device.items:
                if size >= ballot_file_bytes:
                    number, size = number + 1, 0
                    current = out[f"ballots-{number:06}.pb"] = []
                current.append((kind, value))
                size += len(item_bytes(kind, KINDS[kind].encode(value)))
        out["tally.pb"] = [(KIND_OF["tally_node"], node) for node in self.nodes]
        out["opening.pb"] = [entry for request, partials, _ in self.openings for entry in
                             [(KIND_OF["request"], request)] + [(KIND_OF["partial"], p) for p in partials]]
        out["opening.pb"] += [(KIND_OF["result"], result) for result in self.results]
        return out

    def write(self, directory, ballot_file_bytes=32 << 20):
        files = self.files(ballot_file_bytes)
        self.hook("files", files)
        data = {name: b"".join(item_bytes(kind, KINDS[kind].encode(value)) for kind, value in items)
                for name, items in files.items()}
        self.hook("bytes", data)
        entries = [Value(name=name.encode(), bytes=len(data[name]), items=len(files[name]),
                         hash=sha512(data[name])[:32]) for name in data]
        cast = sum(device.counts["cast"] for device in self.devices)
        head = Value(format=1, suite=b"sandoq-1", domain=self.election.domain, e0=self.election.e0, e1=self.e1,
                     cast=cast, files=entries)
        self.hook("head", head)
        head.quorum = quorum(self, "head", self.e1, hash32("head", HEAD.before(head, "quorum")))
        self.hook("head.signed", head)
        data["head.pb"] = item_bytes(KIND_OF["head"], HEAD.encode(head))
        os.makedirs(directory, exist_ok=True)
        for name, content in data.items():
            with open(os.path.join(directory, name), "wb") as stream:
                stream.write(content)


def random_choices(shape, blank, stream, least):
    """One voter's choices of a contest, as bytes: sometimes blank, else between least and most marks."""
    options = shape.ciphertexts - (1 if blank else 0)
    marks = [0] * options
    if blank and stream.below(8) == 0:
        return bytes(marks + [1])
    wanted = least + stream.below(shape.most - least + 1)
    while sum(marks) < wanted:
        marks[min(stream.below(options), stream.below(options))] = 1
    return bytes(marks + ([0] if blank else []))


def make_small(seed, ballots, options=4, most=3, domain=2, hook=no_hook, sizes=((2, 3), (2, 3)), everyone=True,
               attempt=1, progress=None):
    """An election with `ballots` cast ballots, a challenged and a void one; one branch has two devices, one none voting."""
    maker = Maker(seed, parties.small_places(options, most), sizes, domain, hook)
    maker.hold_ceremony(attempt)
    north, empty, south = maker.election.branches
    plan = [(north, 1), (north, 2), (empty, 1), (south, 1)]
    voters = {key: 0 for key in plan}
    working = (plan[0], plan[1], plan[3])
    for index in range(ballots):
        voters[working[index % 3]] += 1
    extra = {plan[0]: ["challenge"], plan[3]: ["void"]}
    stream = maker.stream.fork("voters")
    done = 0
    for branch, number in plan:
        actions = ["cast"] * voters[branch, number]
        for action in extra.get((branch, number), []):
            actions.insert(len(actions) // 2, action)
        device = maker.device(branch, number, len(actions) + 2)
        styles = sorted(maker.election.styles_of[branch])
        for action in actions:
            style = styles[stream.below(len(styles))]
            contests = maker.election.manifest.styles[style].contests
            choices = [random_choices(maker.election.shapes[c], maker.election.contests[c].blank, stream,
                                      maker.election.contests[c].min) for c in contests]
            digits = 10000 if stream.below(2) else stream.below(10000)
            device.vote(style, digits, choices, action)
            done += 1
            if progress:
                progress(done)
    maker.finish(everyone)
    return maker
