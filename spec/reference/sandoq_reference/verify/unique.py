"""ballot.unique and eligibility.unique: no alpha twice, no token in two logs, in bounded memory (spec 52.5, 52.9, 80.6)."""

from ..items import KIND_OF

MOST = 1_500_000


class UniqueValues:
    """Values are split into parts by their own bytes; the first part is collected along the way, each other in a pass."""

    def __init__(self, record, count, kind, values, most=MOST):
        """count: how many values there will be; kind: name of the items that hold them; values(item): those of one."""
        self.record, self.kind, self.values = record, KIND_OF[kind], values
        self.parts = max(1, -(-count // most))
        self.seen, self.part = set(), 0
        self.repeated = None

    def add(self, place, item):
        if self.repeated is not None:
            return
        for value in self.values(item):
            if self.parts > 1 and int.from_bytes(value[1:5], "little") % self.parts != self.part:
                continue
            if value in self.seen:
                self.repeated = place
                return
            self.seen.add(value)

    def finish(self):
        """The remaining passes; the place of a repetition, or None."""
        while self.repeated is None and self.part + 1 < self.parts:
            self.part += 1
            self.seen = set()
            for place, kind, _, item, evidence in self.record.journals():
                if kind == self.kind and not evidence:
                    self.add(place, item)
        self.seen = set()
        return self.repeated


def alphas(ballot):
    for part in ballot.contests:
        for ciphertext in part.ciphertexts:
            yield ciphertext[:32]


def token_hashes(log):
    """Each once: a hash twice in one log is a matter of its order (52.9)."""
    return {token.hash for token in log.tokens}
