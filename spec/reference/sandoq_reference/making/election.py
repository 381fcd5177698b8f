"""Whole elections from a seed, step by step, and their records on disk."""

import copy
import os

from .. import bit_vector
from ..ballots import ElectionKeys
from ..group import FixedBase
from ..hashing import hash32, sha512
from ..items import HEAD, KIND_OF, KINDS, MANIFEST
from ..layout import Value
from ..manifest import Election
from ..random_stream import RandomStream
from ..segments import item_bytes
from . import closing, keys, mixing, parties, settling
from .choices import random_choices
from .journals import Device, quorum

FIRST_BALLOTS = "ballots-000001.pb"
FIRST_MIX = "mix-000001.pb"
STEPS = ("manifest", "ceremony", "polls", "close", "tally", "mix", "openings", "results", "ties")


class Maker:
    """State shared by all steps."""

    def __init__(self, seed, places=None, sizes=((2, 3), (2, 3)), domain=2, hook=None, plans=None, sets=(), attributes=None,
                 beacon=None, everyone=True, polls=None, groups=None):
        """plans: attempts of the ceremony; sets: (contest, nodes) opened after the totals; attributes, beacon: what breaks
        ties (contest -> option -> values; bytes), None to leave them open; polls(maker): what happens at the devices;
        groups: contest -> lists of nodes, where it is not one group over the contest's scope."""
        self.stream, self.clock, self.changing = RandomStream(seed), 1_700_000_000_000, hook
        self.seed, self.places, self.sizes, self.domain = seed, places or parties.small_places(), sizes, domain
        self.plans, self.sets, self.attributes, self.beacon = plans or [keys.Plan(1)], sets, attributes, beacon
        self.everyone, self.at_polls, self.wanted_groups = everyone, polls, groups or {}
        self.mixers = None  # (board, trustee) of every stage of every group, where it is not as usual
        # against the rules: draw a lot that no tie needs; hide one that is needed; who signs requests for lists
        self.lot_anyway, self.lot_hidden, self.lists_signed_by = False, False, None
        self.devices, self.ends, self.done = [], {}, []

    def hook(self, name, value):
        """Called before every step, and with every item before it is signed (and as NAME.signed after); changes are made there."""
        if self.changing is not None:
            self.changing(name, value, self)

    def run(self, until=None):
        """Takes the steps that are left, the one called `until` not."""
        for step in STEPS[len(self.done):]:
            if step == until:
                break
            self.hook("step." + step, None)
            getattr(self, "step_" + step)()
            self.done.append(step)
        return self

    def fork(self, hook):
        """A copy that goes on from here, with another hook."""
        changing, self.changing = self.changing, None
        out = copy.deepcopy(self)
        self.changing, out.changing = changing, hook
        return out

    def step_manifest(self):
        self.trustees = parties.make_trustees(self.sizes, self.stream)
        wanted = any(contest.attributes for contest in self.places["contests"])
        self.authority = parties.Authority(self.stream.fork("authority")) if wanted else None
        manifest = parties.make_manifest(copy.deepcopy(self.places), self.sizes, self.trustees, self.domain,
                                         "made-" + self.seed, self.hook, self.authority)
        self.election = Election(manifest)

    def participants(self):
        """Who took part in the last attempt of the ceremony."""
        return [self.trustees[board][trustee - 1] for board, trustee in self.ceremony.last.participants]

    def step_ceremony(self):
        def signatures(participants, purpose, election_id, digest):
            return quorum(self, purpose, election_id, digest, participants)
        self.ceremony, self.derived = keys.hold(self.election, self.trustees, self.plans, self.hook, signatures)
        self.e1 = self.ceremony.election_key.e1
        derived = self.derived
        self.keys = ElectionKeys(self.election, bit_vector.Bases(self.election.e0), derived.key, derived.point, self.e1,
                                 FixedBase(derived.point), self.ceremony.shut_out(self.election))
        self.tallies = {branch: closing.BranchTally(self, branch) for branch in self.election.branches}
        self.tokens = {branch: [] for branch in self.election.branches}

    def cast(self, device, ballot):
        self.tokens[device.branch].append((device.stream.fork(f"token/{ballot.serial}").bytes(32), ballot.style))
        if not device.excluded:
            self.tallies[device.branch].add(ballot)

    def device(self, branch, number, capacity, excluded=False):
        device = Device(self, branch, number, capacity, excluded)
        device.open()
        self.devices.append(device)
        return device

    def step_polls(self):
        if self.at_polls:
            self.at_polls(self)

    def step_close(self):
        """Closes the devices that are still open, and writes the eligibility logs."""
        for device in self.devices:
            if not device.ended:
                device.close()
        if self.election.has_eligibility:
            for branch in self.election.branches:
                self.ends[branch] = closing.make_eligibility(self, branch)

    def step_tally(self):
        self.nodes = closing.make_tally(self, self.tallies)

    def step_mix(self):
        self.planned_groups = list(mixing.planned_groups(self))
        self.hook("groups", self.planned_groups)
        self.cascades = mixing.make_cascades(self)

    def step_openings(self):
        self.lot_commits = closing.make_lot_commits(self)
        self.totals = [(index, [contest.scope]) for index, contest in enumerate(self.election.contests)
                       if self.election.has_sums(index)]
        self.hook("lot_commits", self.lot_commits)
        self.openings = closing.make_openings(self, self.everyone, self.sets)

    def step_results(self):
        self.results = closing.make_results(self)
        self.subtotals = closing.make_subtotals(self)

    def step_ties(self):
        self.resolving = settling.make_settled(self, self.attributes, self.beacon)

    def journal_items(self):
        for index, device in enumerate(self.devices):
            yield from device.items
            last = index + 1 == len(self.devices) or self.devices[index + 1].branch != device.branch
            if last and device.branch in self.ends:
                yield KIND_OF["eligibility"], self.ends[device.branch]

    def files(self):
        """name -> list of (kind, value) of every file but the head, in order; all journals are in one."""
        out = {"manifest.pb": [(KIND_OF["manifest"], self.election.manifest)]}
        out["ceremony.pb"] = [(KIND_OF[layout.name], item) for attempt in self.ceremony.attempts
                              for _, layout, item in attempt.items()]
        out["ceremony.pb"].append((KIND_OF["election_key"], self.ceremony.election_key))
        out[FIRST_BALLOTS] = list(self.journal_items())
        out["tally.pb"] = [(KIND_OF["tally_node"], node) for node in self.nodes]
        if self.cascades:
            out[FIRST_MIX] = [(KIND_OF[name], value) for name, value in mixing.mix_items(self.cascades)]
        opening = [("lot_commit", commit) for commit in self.lot_commits]
        for each in self.openings:
            answer = "partial" if each.kind == "request" else "list_partial"
            opening += [(each.kind, each.request)] + [(answer, partial) for partial in each.partials]
        opening += [("result", result) for result in self.results]
        opening += [("subtotal", subtotal) for subtotal in self.subtotals] + self.resolving
        out["opening.pb"] = [(KIND_OF[name], value) for name, value in opening]
        return out

    def write(self, directory, ballot_file_bytes=32 << 20):
        files = self.files()
        self.hook("files", files)
        files = split(files, ballot_file_bytes)
        data = {name: b"".join(item_bytes(kind, KINDS[kind].encode(value)) for kind, value in items)
                for name, items in files.items()}
        self.hook("bytes", data)
        entries = [Value(name=name.encode(), bytes=len(data[name]), items=len(files.get(name, ())),
                         hash=sha512(data[name])[:32]) for name in data]
        cast = sum(device.counts["cast"] for device in self.devices if not device.excluded)
        e0 = hash32("manifest", MANIFEST.encode(files["manifest.pb"][0][1]))
        head = Value(format=1, suite=b"sandoq-1", domain=self.election.domain, e0=e0, e1=self.e1,
                     cast=cast, files=entries)
        self.hook("head", head)
        head.quorum = quorum(self, "head", self.e1, hash32("head", HEAD.before(head, "quorum")))
        self.hook("head.signed", head)
        data["head.pb"] = item_bytes(KIND_OF["head"], HEAD.encode(head))
        self.hook("all", data)
        os.makedirs(directory, exist_ok=True)
        for name, content in data.items():
            with open(os.path.join(directory, name), "wb") as stream:
                stream.write(content)


def split(files, file_bytes):
    """The same with a new ballot or mix file wherever one has reached this size."""
    out = {}
    for name, items in files.items():
        if name not in (FIRST_BALLOTS, FIRST_MIX):
            out[name] = items
            continue
        size, number = file_bytes, 0
        for kind, value in items:
            if size >= file_bytes:
                number, size = number + 1, 0
                current = out[f"{name.split('-')[0]}-{number:06}.pb"] = []
            current.append((kind, value))
            size += len(item_bytes(kind, KINDS[kind].encode(value)))
    return out


class SmallPolls:
    """Cast ballots at three of four devices, a challenged and a void one."""

    def __init__(self, ballots, progress=None):
        self.ballots, self.progress = ballots, progress

    def __call__(self, maker):
        north, empty, south = maker.election.branches
        plan = [(north, 1), (north, 2), (empty, 1), (south, 1)]
        voters = {key: 0 for key in plan}
        working = (plan[0], plan[1], plan[3])
        for index in range(self.ballots):
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
                choices = [random_choices(maker.election.contests[c], stream) for c in contests]
                digits = 10000 if stream.below(2) else stream.below(10000)
                device.vote(style, digits, choices, action)
                done += 1
                if self.progress:
                    self.progress(done)


def small(seed, ballots, options=4, most=3, domain=2, hook=None, sizes=((2, 3), (2, 3)), everyone=True, attempt=1,
          progress=None):
    """An election of which no step is taken yet; one branch has two devices, one none voting."""
    return Maker(seed, parties.small_places(options, most), sizes, domain, hook, [keys.Plan(attempt)], everyone=everyone,
                 polls=SmallPolls(ballots, progress))


def make_small(seed, ballots, **options):
    """An election with `ballots` cast ballots, a challenged and a void one, ready to be written."""
    return small(seed, ballots, **options).run()
