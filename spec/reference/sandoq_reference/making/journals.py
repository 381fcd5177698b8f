"""Devices that write journals: opening, ballots with their resolutions, close, recovery or exclusion."""

from .. import journal as rules
from ..ballots import make_ballot
from ..group import encode, multiply_generator
from ..items import CLOSE, EXCLUSION, KIND_OF, KINDS, OPENING, RECOVERY
from ..layout import Value
from ..sigma import schnorr_prove_generator
from ..signature import sign


def quorum(maker, purpose, election_id, digest, participants=None):
    """Signatures of the first t trustees of every board, of those who took part in the ceremony's last attempt."""
    return [board_signatures(maker, number, purpose, election_id, digest, participants)
            for number in range(len(maker.election.boards))]


def board_signatures(maker, number, purpose, election_id, digest, participants=None):
    """The same of one board."""
    members = [trustee for trustee in participants or maker.participants() if trustee.board == number]
    return [Value(trustee=member.number, signature=sign(
        member.signing, member.signing_key, purpose, maker.election.domain, election_id, digest,
        member.stream.bytes(32))) for member in members[:maker.election.boards[number].threshold]]


class Device:
    """One device; `items` collects (kind, value) of its journal. The ballots of an excluded one are not added up."""

    def __init__(self, maker, branch, number, capacity, excluded=False):
        self.maker, self.branch, self.number, self.capacity = maker, branch, number, capacity
        self.stream = maker.stream.fork(f"device/{branch}/{number}")
        self.items, self.ended, self.excluded = [], False, excluded
        self.pending = None  # a ballot without resolution
        self.serial, self.counts = 0, {"cast": 0, "challenge": 0, "void": 0}
        self.secret = self.stream.nonzero()
        self.key = encode(multiply_generator(self.secret))

    def _add(self, name, value):
        self.maker.hook(name + ".signed", value)
        self.items.append((KIND_OF[name], value))

    def _time(self):
        self.maker.clock += 1000 + self.stream.below(60000)
        return self.maker.clock

    def _sign(self, layout, value):
        maker = self.maker
        value.device_signature = sign(self.secret, self.key, layout.name + "/device", maker.election.domain, maker.e1,
                                      rules.device_digest(layout, value), self.stream.bytes(32))
        if layout is OPENING:
            value.board_roots = [role.root for role in self.roles[1:]]
        maker.hook(layout.name + ".boards", value)
        value.quorum = quorum(maker, layout.name, maker.e1, rules.board_digest(layout, value))

    def open(self):
        maker = self.maker
        domain, e1 = maker.election.domain, maker.e1
        self.roles = [rules.SeedRole(e1, domain, self.branch, self.number, role, self.stream.bytes(32), self.capacity)
                      for role in range(1 + len(maker.election.boards))]
        proof = schnorr_prove_generator(rules.key_transcript(e1, domain, self.branch, self.number), self.secret,
                                        self.key, self.stream.bytes(32))
        value = Value(branch=self.branch, device=self.number, key=self.key, key_proof=proof, time=self._time(),
                      capacity=self.capacity, seed_root=self.roles[0].root)
        maker.hook("opening", value)
        self._sign(OPENING, value)
        self._add("opening", value)
        self.link = rules.opening_link(e1, domain, OPENING.encode(value))

    def vote(self, style, digits, choices, action, spoil=None):
        """choices: those of each contest of the style; action: cast, challenge, void, or None for a device that
        dies; spoil(ballot): what a bad device does to it."""
        maker = self.maker
        domain, e1 = maker.election.domain, maker.e1
        self.serial += 1
        role_seeds = [role.seed(self.serial) for role in self.roles]
        seed = rules.ballot_seed(e1, domain, self.branch, self.number, self.serial, role_seeds)
        ballot = make_ballot(maker.keys, self.branch, self.number, self.serial, style, digits, choices, seed,
                             self._time(), self.link)
        maker.hook("ballot", ballot)
        if spoil:
            spoil(ballot)
        ballot.code = rules.ballot_code(e1, domain, ballot)
        self._add("ballot", ballot)
        self.pending, self.choices = ballot, choices
        if action:
            self._resolve(action)
        if action == "cast":
            maker.cast(self, ballot)

    def _resolve(self, action):
        maker, ballot, choices = self.maker, self.pending, self.choices
        domain, e1 = maker.election.domain, maker.e1
        self.pending = None
        where = {"branch": self.branch, "device": self.number, "serial": self.serial, "time": self._time()}
        if action == "challenge":
            opened = [Value(value=role.seed(self.serial), path=role.path(self.serial)) for role in self.roles]
            resolution = Value(**where, choices=list(choices), device_seed=opened[0], board_seeds=opened[1:])
        else:
            resolution = Value(**where)
        maker.hook(action, resolution)
        self.counts[action] += 1
        kind = KIND_OF[action]
        self._add(action, resolution)
        self.link = rules.resolution_link(e1, domain, kind, KINDS[kind].encode(resolution), ballot.code)

    def _counters(self):
        counts, self.ended = self.counts, True
        return {"branch": self.branch, "device": self.number, "time": self._time(), "committed": self.serial,
                "cast": counts["cast"], "challenged": counts["challenge"], "voided": counts["void"], "last_link": self.link}

    def close(self):
        value = Value(**self._counters())
        self.maker.hook("close", value)
        self._sign(CLOSE, value)
        self._add("close", value)

    def recover(self, remark):
        """The boards close the journal of a device that died; a last ballot without resolution becomes void."""
        if self.pending is not None:
            self._resolve("void")
        value = Value(**self._counters(), remark=remark.encode())
        self._by_boards(RECOVERY, value)
        self._add("recovery", value)

    def exclude(self, reason, remark=""):
        """The boards exclude the journal; all that there is of it stays as evidence."""
        maker, self.ended = self.maker, True
        evidence = rules.evidence_hash(maker.e1, maker.election.domain,
                                       [(kind, KINDS[kind].encode(value)) for kind, value in self.items])
        value = Value(branch=self.branch, device=self.number, time=self._time(), reason=reason, items=len(self.items),
                      evidence=evidence, remark=remark.encode())
        self._by_boards(EXCLUSION, value)
        self._add("exclusion", value)
        self.items.insert(0, self.items.pop())

    def _by_boards(self, layout, value):
        self.maker.hook(layout.name, value)
        value.quorum = quorum(self.maker, layout.name, self.maker.e1, rules.board_digest(layout, value))

    def closing(self):
        """(kind, value) of what ended the journal, or excluded it."""
        return self.items[0 if self.excluded else -1]
