"""Devices that write journals: opening, ballots with their resolutions, close."""

from .. import journal as rules
from ..ballots import make_ballot
from ..group import encode, multiply_generator
from ..items import CLOSE, KIND_OF, KINDS, OPENING
from ..layout import Value
from ..sigma import schnorr_prove_generator
from ..signature import sign


def quorum(maker, purpose, election_id, digest):
    """Signatures of the first t trustees of every board."""
    out = []
    for board, members in zip(maker.election.boards, maker.trustees):
        out.append([Value(trustee=member.number, signature=sign(
            member.signing, member.signing_key, purpose, maker.election.domain, election_id, digest,
            member.stream.bytes(32))) for member in members[:board.threshold]])
    return out


class Device:
    """One device; `items` collects (kind, value) of its journal."""

    def __init__(self, maker, branch, number, capacity):
        self.maker, self.branch, self.number, self.capacity = maker, branch, number, capacity
        self.stream = maker.stream.fork(f"device/{branch}/{number}")
        self.items = []
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

    def vote(self, style, digits, choices, action):
        """choices: a byte string for each contest of the style; action: cast, challenge or void."""
        maker = self.maker
        domain, e1 = maker.election.domain, maker.e1
        self.serial += 1
        role_seeds = [role.seed(self.serial) for role in self.roles]
        seed = rules.ballot_seed(e1, domain, self.branch, self.number, self.serial, role_seeds)
        ballot = make_ballot(maker.keys, self.branch, self.number, self.serial, style, digits, choices, seed,
                             self._time(), self.link)
        maker.hook("ballot", ballot)
        ballot.code = rules.ballot_code(e1, domain, ballot)
        self._add("ballot", ballot)
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
        if action == "cast":
            maker.cast(ballot)

    def close(self):
        counts = self.counts
        value = Value(branch=self.branch, device=self.number, time=self._time(), committed=self.serial,
                      cast=counts["cast"], challenged=counts["challenge"], voided=counts["void"], last_link=self.link)
        self.maker.hook("close", value)
        self._sign(CLOSE, value)
        self._add("close", value)
