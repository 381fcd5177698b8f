"""What a worker does with a batch of ballots: elements, proofs, challenges, sums."""

from ..ballots import ElectionKeys, contest_terms, part_points, recomputation_problem
from ..bit_vector import Bases
from ..equations import Failed, Item, culprits
from ..group import FixedBase, InvalidElement, decode
from ..hashing import sha512
from ..items import BALLOT, MANIFEST
from ..journal import ballot_seed, seed_is_committed
from ..manifest import Election
from ..tally import Totals

SIZE = 256
MOST_BYTES = 1 << 20


class Entry:
    """One ballot on its way: bytes, place, whether it was cast, whether its proof is checked, what opened it."""

    __slots__ = ("data", "place", "cast", "prove", "challenge")

    def __init__(self, data, place, cast, prove, challenge=None):
        self.data, self.place, self.cast, self.prove, self.challenge = data, place, cast, prove, challenge


class Worker:
    def __init__(self, manifest_bytes, key, e1):
        """key: K, or None if it is not good: then only elements and scalars are checked."""
        self.keys = None
        if key is not None:
            election = Election(MANIFEST.decode(manifest_bytes), manifest_bytes)
            self.keys = ElectionKeys(election, Bases(election.e0), key, decode(key), e1)

    def run(self, entries):
        """(findings, sums by branch): sums is a list of (branch, contest, ballots, pairs), None if not to be used."""
        findings, items, sums, sound = [], [], {}, True
        for entry in entries:
            ballot = BALLOT.decode(entry.data)
            if entry.challenge is not None and self.keys:
                self._challenge(findings, entry, ballot)
            if not sound:
                continue
            try:
                points = [part_points(part) for part in ballot.contests]
            except (InvalidElement, Failed) as error:
                findings.append(("ballot.elements", entry.place, str(error)))
                sound = False
                continue
            if not self.keys:
                continue
            if entry.prove:
                items.append(Item(sha512(entry.data)[:32], self._terms(ballot, points), entry.place))
            if entry.cast:
                totals = sums.setdefault(ballot.branch, Totals({}))
                for contest, part, own in zip(self.keys.contests_of(ballot), ballot.contests, points):
                    n = len(part.ciphertexts)
                    pairs = list(zip(own[0:2 * n:2], own[1:2 * n:2]))
                    totals.add(contest, 1, self.keys.election.summed(contest, pairs))
        if not sound or not self.keys:
            return findings, None
        for item, wrong in culprits(items, self.keys.e1):
            places = ", ".join(f"equation {k}" for k in wrong)
            findings.append(("ballot.proof", item.name, f"the proof is wrong: {places}"))
        flat = [(branch, contest, count, pairs) for branch, totals in sums.items()
                for contest, (count, pairs) in totals.entries.items()]
        return findings, flat

    def _terms(self, ballot, points):
        out = []
        for contest, part, own in zip(self.keys.contests_of(ballot), ballot.contests, points):
            try:
                out += contest_terms(self.keys, ballot, part, contest, own)
            except Failed:
                out += [[(1, self.keys.bases.blind)]] * 4  # an equation that cannot hold: the statement is invalid
        return out

    def _challenge(self, findings, entry, ballot):
        try:
            problem = self.challenge_problem(ballot, *entry.challenge)
        except Exception as error:
            problem = f"{type(error).__name__}: {error}"
        if problem:
            findings.append(("ballot.challenge", entry.place, problem))

    def challenge_problem(self, ballot, challenge, capacity, roots):
        keys = self.keys
        if keys.key_table is None:
            keys.key_table = FixedBase(keys.key_point)
        domain = keys.election.domain
        seeds = [challenge.device_seed] + challenge.board_seeds
        if len(seeds) != len(roots):
            return f"{len(seeds) - 1} board seeds for {len(roots) - 1} boards"
        for role, (seed, root) in enumerate(zip(seeds, roots)):
            if not seed_is_committed(keys.e1, domain, ballot.branch, ballot.device, role, ballot.serial, seed, capacity,
                                     root):
                return f"the seed of role {role} is not the one committed at the opening"
        seed = ballot_seed(keys.e1, domain, ballot.branch, ballot.device, ballot.serial, [s.value for s in seeds])
        return recomputation_problem(keys, ballot, challenge.choices, seed)


_worker = None


def start_worker(*arguments):
    global _worker
    _worker = Worker(*arguments)


def run_in_worker(entries):
    return _worker.run(entries)
