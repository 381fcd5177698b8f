"""One pass over the ballot files: journals, ballots, sums of branches."""

from collections import deque

from .. import journal as rules
from ..ballots import form_problem
from ..elgamal import encode_pair
from ..equations import Failed, Item, culprits
from ..group import IDENTITY_BYTES
from ..hashing import MerkleAccumulator, hash32, sha512
from ..items import CLOSE, KIND_OF, OPENING
from ..random_stream import RandomStream
from ..sigma import schnorr_equations
from ..signature import quorum_items, signature_item
from ..tally import LEAF_TAG, Totals, ballot_leaf
from . import ballot_batch
from .pool import Pool
from .unique import UniqueAlphas

K = KIND_OF
CHECKS = ("journal.order", "journal.opening", "journal.serials", "journal.chain", "journal.close", "ballot.form",
          "ballot.elements", "ballot.unique", "ballot.proof", "ballot.challenge")


class BranchSums:
    """What the cast ballots of one branch add up to."""

    def __init__(self, lo):
        self.lo = self.hi = lo
        self.merkle = MerkleAccumulator(LEAF_TAG)
        self.totals = Totals({})
        self.encoded = None


class JournalPass:
    def __init__(self, record, findings, election, keys, jobs=1, sample=None, progress=None):
        """keys: ElectionKeys, or None if the election key is not good (then nothing of it is checked)."""
        self.record, self.findings, self.election, self.keys = record, findings, election, keys
        self.progress = progress or (lambda done: None)
        self.branch_at, self.device = -1, 0
        self.branches = {}
        self.cast = self.closed_cast = self.index = 0
        self.closings = []
        self.signatures = {"journal.opening": [], "journal.close": []}
        self.batch, self.batch_bytes = [], 0
        self.sent, self.verified = deque(), 0  # ballots of each batch under way, and of those that came back
        self.sampled = self._sample(sample)
        self.unique = UniqueAlphas(record)
        self.unclosed = deque()
        self.pool = Pool(jobs, (record.manifest_bytes, keys and keys.key, keys and keys.e1), self._take)

    def _sample(self, count):
        """Indices of the ballots whose proofs are checked; None for all."""
        if count is None or count >= self.record.ballots:
            return None
        stream = RandomStream("sample/" + sha512(self.record.head_bytes).hex())
        chosen = set()
        while len(chosen) < count:
            chosen.add(stream.below(self.record.ballots))
        return chosen

    def run(self):
        findings = self.findings
        try:
            with findings.judging("record.items", "ballot files"):
                for place, kind, data, value in self.record.journals():
                    if not findings.sound("journal.order"):
                        break
                    self._item(place, kind, data, value)
            with findings.judging("ballot.elements", "ballot files"):
                self._send()
                self.pool.drain()
                self._close_branches(None)
        finally:
            self.pool.close()
        if findings.sound("journal.order") and self.branch_at + 1 < len(self.election.branches):
            missing = self.election.branches[self.branch_at + 1]
            findings.fail("journal.order", "ballot files", f"branch {missing} has no journal")
        for check in self.signatures:
            self._flush(check)
        if findings.ready("ballot.unique"):
            with findings.judging("ballot.unique", "ballot files"):
                place = self.unique.finish()
                if place:
                    findings.fail("ballot.unique", place, "an alpha occurs a second time")
        findings.finish(*CHECKS)

    def _item(self, place, kind, data, value):
        if kind == K["opening"]:
            self._opening(place, data, value)
            return
        if (value.branch, value.device) != (self.branch, self.device):
            self.findings.fail("journal.order", place, "an item of another branch or device")
        elif kind == K["ballot"]:
            self._ballot(place, data, value)
        elif kind == K["close"]:
            self._close(place, data, value)
        else:
            self._resolution(place, kind, data, value)

    def _opening(self, place, data, opening):
        branches = self.election.branches
        if self.branch_at >= 0 and (opening.branch, opening.device) == (branches[self.branch_at], self.device + 1):
            self.device += 1
        elif self.branch_at + 1 < len(branches) and (opening.branch, opening.device) == (branches[self.branch_at + 1], 1):
            self.branch_at, self.device = self.branch_at + 1, 1
            self.branches[opening.branch] = BranchSums(self.cast)
            self.unclosed.append(opening.branch)
        else:
            self.findings.fail("journal.order", place, f"the journal of device {opening.device} of branch "
                               f"{opening.branch} stands where another must stand")
            return
        self.branch, self.opening, self.serial = opening.branch, opening, 0
        self.counts = {kind: 0 for kind in rules.RESOLUTIONS}
        self.ballot, self.link = None, None
        if self.keys is None:
            return
        self.link = rules.opening_link(self.keys.e1, self.election.domain, data)
        if self.findings.sound("journal.opening"):
            with self.findings.judging("journal.opening", place):
                self._verify_opening(place, opening)

    def _verify_opening(self, place, opening):
        e1, domain, boards = self.keys.e1, self.election.domain, self.election.boards
        if opening.capacity < 1:
            raise Failed("capacity 0")
        if len(opening.board_roots) != len(boards):
            raise Failed(f"{len(opening.board_roots)} seed roots for {len(boards)} boards")
        if opening.key == IDENTITY_BYTES:
            raise Failed("the device key is the identity")
        proof = schnorr_equations(rules.key_transcript(e1, domain, opening.branch, opening.device), opening.key,
                                  opening.key_proof)
        items = [Item(sha512(OPENING.encode(opening))[:32], proof, place + ": proof of the device key")]
        self._signed("journal.opening", place, OPENING, opening, opening, items)

    def _signed(self, check, place, layout, value, opening, items):
        """Device signature and quorum of an opening or a close, gathered for a batch."""
        e1, domain = self.keys.e1, self.election.domain
        items.append(signature_item(opening.key, layout.name + "/device", domain, e1, rules.device_digest(layout, value),
                                    value.device_signature, place + ": device signature"))
        items += quorum_items(self.election.boards, value.quorum, layout.name, domain, e1,
                              rules.board_digest(layout, value), place)
        self.signatures[check] += items
        if len(self.signatures[check]) >= 512:
            self._flush(check)

    def _flush(self, check):
        items, self.signatures[check] = self.signatures[check], []
        if items and self.findings.sound(check):
            with self.findings.judging(check, "ballot files"):
                for item, _ in culprits(items, self.keys.e1):
                    self.findings.fail(check, item.name, "is not valid")

    def _ballot(self, place, data, ballot):
        self.serial += 1
        if ballot.serial != self.serial or ballot.serial > self.opening.capacity:
            self.findings.fail("journal.serials", place, f"serial {ballot.serial} where {self.serial} of at most "
                               f"{self.opening.capacity} must stand")
        self.ballot = (place, data, ballot)
        if self.keys is not None and self.findings.sound("journal.chain"):
            if ballot.previous != self.link:
                self.findings.fail("journal.chain", place, "`previous` is not the link before")
            elif rules.ballot_code(self.keys.e1, self.election.domain, ballot) != ballot.code:
                self.findings.fail("journal.chain", place, "the code is not that of the ballot")
        if self.findings.sound("ballot.form"):
            with self.findings.judging("ballot.form", place):
                problem = form_problem(self.election, ballot)
                if problem:
                    raise Failed(problem)
        if self.findings.sound("ballot.unique"):
            self.unique.add(place, ballot)

    def _resolution(self, place, kind, data, value):
        if self.ballot is None:
            return  # the order of kinds, checked before, does not let this happen
        ballot_place, ballot_data, ballot = self.ballot
        self.ballot = None
        if value.serial != ballot.serial:
            self.findings.fail("journal.serials", place, f"resolves serial {value.serial}, not {ballot.serial}")
        self.counts[kind] += 1
        cast = kind == K["cast"]
        if self.keys is not None:
            self.link = rules.resolution_link(self.keys.e1, self.election.domain, kind, data, ballot.code)
        if cast:
            self.cast += 1
            sums = self.branches[self.branch]
            sums.hi += 1
            if self.keys is not None:
                sums.merkle.add(ballot_leaf(self.keys.e1, self.election.domain, self.branch, sums.merkle.count,
                                            ballot.code))
        prove = self.sampled is None or self.index in self.sampled
        self.index += 1
        if not self.findings.sound("ballot.form"):
            return
        opened = None
        if kind == K["challenge"]:
            opened = (value, self.opening.capacity, [self.opening.seed_root] + self.opening.board_roots)
        self.batch.append(ballot_batch.Entry(ballot_data, ballot_place, cast, prove, opened))
        self.batch_bytes += len(ballot_data)
        if len(self.batch) == ballot_batch.SIZE or self.batch_bytes >= ballot_batch.MOST_BYTES:
            self._send()

    def _send(self):
        batch, self.batch, self.batch_bytes = self.batch, [], 0
        if not batch or not self.findings.sound("ballot.form"):
            return
        if not self.findings.sound("ballot.proof"):
            for entry in batch:  # its status can no longer change
                entry.prove = False
        with self.findings.judging("ballot.elements", batch[0].place):
            self.sent.append(len(batch))
            self.pool.submit(batch)

    def _take(self, result):
        """A batch has come back."""
        found, sums = result
        for check, place, reason in found:
            self.findings.fail(check, place, reason)
        for branch, contest, ballots, pairs in sums or []:
            self._close_branches(branch)
            self.branches[branch].totals.add(contest, ballots, pairs)
        self.verified += self.sent.popleft()
        self.progress(self.verified)

    def _close_branches(self, until):
        """Encodes the sums of all branches before this one; no more ballots of them can come."""
        while self.unclosed and (until is None or self.unclosed[0] < until):
            branch = self.unclosed.popleft()
            sums = self.branches[branch]
            for contest in self.election.contest_sets[branch]:
                sums.totals.entries.setdefault(contest, [0, []])
            sums.encoded = {contest: (ballots, [encode_pair(pair) for pair in pairs])
                            for contest, (ballots, pairs) in sums.totals.entries.items()}
            sums.totals = None

    def _close(self, place, data, close):
        self.closed_cast += close.cast
        if self.keys is None:
            return
        self.closings.append(hash32("close/record", data))
        if not self.findings.sound("journal.close"):
            return
        with self.findings.judging("journal.close", place):
            counted = tuple(self.counts[K[name]] for name in ("cast", "challenge", "void"))
            if (close.cast, close.challenged, close.voided) != counted or close.committed != sum(counted):
                raise Failed("the counters are not those of the journal")
            if close.last_link != self.link:
                raise Failed("the last link is not that of the journal")
            self._signed("journal.close", place, CLOSE, close, self.opening, [])

    def closings_hash(self):
        return hash32("closings", self.keys.e1, *self.closings)
