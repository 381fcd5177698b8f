"""One pass over the ballot files: journals, ballots, sums of branches."""

from collections import Counter, deque

from .. import journal as rules
from ..ballots import form_problem
from ..elgamal import encode_pair
from ..equations import Failed, Item, culprits
from ..group import IDENTITY_BYTES
from ..grouping import mixed_parts
from ..hashing import MerkleAccumulator, sha512
from ..items import ELIGIBILITY, EXCLUSION, KIND_OF, KINDS, OPENING
from ..random_stream import RandomStream
from ..sigma import schnorr_equations
from ..signature import quorum_items, signature_item
from ..tally import LEAF_TAG, Totals, ballot_leaf
from . import ballot_batch
from .pool import Pool
from .unique import UniqueValues, alphas, token_hashes

K = KIND_OF
CHECKS = ("journal.order", "journal.exclusions", "journal.opening", "journal.serials", "journal.chain", "journal.close",
          "eligibility.logs", "eligibility.unique", "ballot.form", "ballot.elements", "ballot.unique", "ballot.proof",
          "ballot.challenge")


class BranchSums:
    """What the cast ballots of one branch add up to."""

    def __init__(self, lo):
        self.lo = self.hi = lo
        self.merkle = MerkleAccumulator(LEAF_TAG)
        self.totals = Totals({})
        self.encoded = None
        self.cast_of = Counter()  # by style
        self.mixed = {}  # contest -> what goes into a mix, as bytes, in the order of the ballots
        self.excluded = self.logged = False


class Evidence:
    """The items of an excluded journal, hashed as they come (52.10)."""

    def __init__(self, keys, domain, place, exclusion):
        self.place, self.exclusion, self.left, self.cast = place, exclusion, exclusion.items, 0
        self.hash = rules.EvidenceHash(keys.e1, domain) if keys else None

    def take(self, kind, data):
        self.left -= 1
        self.cast += kind == K["cast"]
        if self.hash:
            self.hash.add(kind, data)


class JournalPass:
    def __init__(self, record, findings, election, keys, jobs=1, sample=None, progress=None):
        """keys: ElectionKeys, or None if the election key is not good (then nothing of it is checked)."""
        self.record, self.findings, self.election, self.keys = record, findings, election, keys
        self.progress = progress or (lambda done: None)
        self.branch_at, self.device = -1, 0
        self.branches = {}
        self.cast = self.closed_cast = self.index = 0
        self.closings = []
        self.signatures = {"journal.exclusions": [], "journal.opening": [], "journal.close": [], "eligibility.logs": []}
        self.evidence = None
        self.exclusions, self.recoveries = [], []  # for the report
        self.batch, self.batch_bytes = [], 0
        self.sent, self.verified = deque(), 0  # ballots of each batch under way, and of those that came back
        self.sampled = self._sample(sample)
        self.unique = {"ballot.unique": UniqueValues(record, record.alphas, "ballot", alphas),
                       "eligibility.unique": UniqueValues(record, record.tokens, "eligibility", token_hashes)}
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
                for place, kind, data, value, evidence in self.record.journals():
                    if not findings.sound("journal.order"):
                        break
                    self._item(place, kind, data, value, evidence)
            with findings.judging("ballot.elements", "ballot files"):
                self._send()
                self.pool.drain()
                self._close_branches(None)
        finally:
            self.pool.close()
        if findings.sound("journal.order") and self.branch_at + 1 < len(self.election.branches):
            missing = self.election.branches[self.branch_at + 1]
            findings.fail("journal.order", "ballot files", f"branch {missing} has no journal")
        if findings.sound("journal.order"):
            self._check_logged()
        for check in self.signatures:
            self._flush(check)
        for check, what in (("ballot.unique", "an alpha"), ("eligibility.unique", "a token")):
            if findings.ready(check):
                with findings.judging(check, "ballot files"):
                    place = self.unique[check].finish()
                    if place:
                        findings.fail(check, place, what + " occurs a second time")
        findings.finish(*CHECKS)

    def _item(self, place, kind, data, value, evidence):
        if kind == K["eligibility"]:
            self._eligibility(place, value)
        elif kind in (K["opening"], K["exclusion"]) and not evidence:
            if self._begin(place, value):
                (self._opening if kind == K["opening"] else self._exclusion)(place, data, value)
        elif (value.branch, value.device) != (self.branch, self.device):
            self.findings.fail("journal.order", place, "an item of another branch or device")
        elif evidence:
            self.evidence.take(kind, data)
            if self.evidence.left == 0:
                self._excluded()
        elif kind == K["ballot"]:
            self._ballot(place, data, value)
        elif kind in (K["close"], K["recovery"]):
            self._close(place, kind, data, value)
        else:
            self._resolution(place, kind, data, value)

    def _begin(self, place, first):
        """The first item of a journal: is it the next journal that must stand here?"""
        branches = self.election.branches
        if self.branch_at >= 0 and (first.branch, first.device) == (branches[self.branch_at], self.device + 1) \
                and not self.branches[self.branch].logged:
            self.device += 1
        elif self.branch_at + 1 < len(branches) and (first.branch, first.device) == (branches[self.branch_at + 1], 1):
            self._check_logged()
            self.branch_at, self.device = self.branch_at + 1, 1
            self.branches[first.branch] = BranchSums(self.cast)
            self.unclosed.append(first.branch)
        else:
            self.findings.fail("journal.order", place, f"the journal of device {first.device} of branch "
                               f"{first.branch} stands where another must stand")
            return False
        self.branch = first.branch
        return True

    def _check_logged(self):
        """The branch is complete: has it an eligibility log iff there must be one?"""
        if self.branch_at >= 0 and self.branches[self.branch].logged != self.election.has_eligibility:
            self.findings.fail("eligibility.logs", f"branch {self.branch}", "no eligibility log" if
                               self.election.has_eligibility else "an eligibility log that the manifest does not ask for")

    def _eligibility(self, place, log):
        if log.branch != self.branch:
            self.findings.fail("journal.order", place, "an eligibility log of another branch")
            return
        sums = self.branches[self.branch]
        sums.logged = True
        if self.findings.sound("eligibility.unique"):
            self.unique["eligibility.unique"].add(place, log)
        if self.keys is None or not self.findings.sound("eligibility.logs"):
            return
        with self.findings.judging("eligibility.logs", place):
            problem = rules.eligibility_problem(log, self.election.styles_of[self.branch], sums.cast_of, sums.excluded)
            if problem:
                raise Failed(problem)
            self._quorum("eligibility.logs", place, ELIGIBILITY, log)

    def _exclusion(self, place, data, exclusion):
        self.branches[self.branch].excluded = True
        if self.keys is not None:
            self.closings.append(rules.closing_record(K["exclusion"], data))
        self.evidence = Evidence(self.keys, self.election.domain, place, exclusion)
        if exclusion.items == 0:
            self._excluded()

    def _excluded(self):
        """All evidence of an exclusion has been read."""
        evidence, exclusion = self.evidence, self.evidence.exclusion
        self.exclusions.append({"branch": exclusion.branch, "device": exclusion.device, "reason": exclusion.reason,
                                "remark": exclusion.remark.decode(), "items": exclusion.items, "cast": evidence.cast})
        if self.keys is None or not self.findings.sound("journal.exclusions"):
            return
        with self.findings.judging("journal.exclusions", evidence.place):
            problem = rules.exclusion_problem(exclusion, evidence.hash.digest())
            if problem:
                raise Failed(problem)
            self._quorum("journal.exclusions", evidence.place, EXCLUSION, exclusion)

    def _opening(self, place, data, opening):
        self.opening, self.serial = opening, 0
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
        self.signatures[check] += items
        self._quorum(check, place, layout, value)

    def _quorum(self, check, place, layout, value):
        self.signatures[check] += quorum_items(
            self.election.boards, value.quorum, layout.name, self.election.domain, self.keys.e1,
            rules.board_digest(layout, value), place, self.keys.shut_out)
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
            self.unique["ballot.unique"].add(place, ballot)

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
            sums.cast_of[ballot.style] += 1
            if self.keys is not None:
                sums.merkle.add(ballot_leaf(self.keys.e1, self.election.domain, self.branch, sums.merkle.count,
                                            ballot.code))
        prove = self.sampled is None or self.index in self.sampled
        self.index += 1
        if not self.findings.sound("ballot.form"):
            return
        if cast and self.keys is not None:
            self._gather(ballot)
        opened = None
        if kind == K["challenge"]:
            opened = (value, self.opening.capacity, [self.opening.seed_root] + self.opening.board_roots)
        self.batch.append(ballot_batch.Entry(ballot_data, ballot_place, cast, prove, opened))
        self.batch_bytes += len(ballot_data)
        if len(self.batch) == ballot_batch.SIZE or self.batch_bytes >= ballot_batch.MOST_BYTES:
            self._send()

    def _gather(self, ballot):
        """What of a cast ballot goes into the mix."""
        for contest, part in zip(self.keys.contests_of(ballot), ballot.contests):
            if self.election.is_mixed(contest):
                self.branches[self.branch].mixed.setdefault(contest, []).extend(mixed_parts(self.election, contest, part))

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

    def _close(self, place, kind, data, close):
        """A close, or the recovery that stands in its place."""
        self.closed_cast += close.cast
        if kind == K["recovery"]:
            self.recoveries.append({"branch": close.branch, "device": close.device, "remark": close.remark.decode(),
                                    "cast": close.cast})
        if self.keys is None:
            return
        self.closings.append(rules.closing_record(kind, data))
        if not self.findings.sound("journal.close"):
            return
        with self.findings.judging("journal.close", place):
            counted = tuple(self.counts[K[name]] for name in ("cast", "challenge", "void"))
            if (close.cast, close.challenged, close.voided) != counted or close.committed != sum(counted):
                raise Failed("the counters are not those of the journal")
            if close.last_link != self.link:
                raise Failed("the last link is not that of the journal")
            if kind == K["close"]:
                self._signed("journal.close", place, KINDS[kind], close, self.opening, [])
            else:
                self._quorum("journal.close", place, KINDS[kind], close)
