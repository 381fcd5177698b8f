"""ballot.unique: no α twice in a record, in bounded memory (spec 52.5, 80.6)."""

from ..items import KIND_OF

MOST = 1_500_000


class UniqueAlphas:
    """Values are split into parts by their own bytes; the first part is collected along the way, each other in a pass."""

    def __init__(self, record, most=MOST):
        self.record = record
        self.parts = max(1, -(-record.alphas // most))
        self.seen, self.part = set(), 0
        self.repeated = None

    def add(self, place, ballot):
        if self.repeated is not None:
            return
        for contest_ballot in ballot.contests:
            for ciphertext in contest_ballot.ciphertexts:
                alpha = ciphertext[:32]
                if self.parts > 1 and int.from_bytes(alpha[1:5], "little") % self.parts != self.part:
                    continue
                if alpha in self.seen:
                    self.repeated = place
                    return
                self.seen.add(alpha)

    def finish(self):
        """The remaining passes; the place of a repetition, or None."""
        while self.repeated is None and self.part + 1 < self.parts:
            self.part += 1
            self.seen = set()
            for place, kind, _, value in self.record.journals():
                if kind == KIND_OF["ballot"]:
                    self.add(place, value)
        self.seen = set()
        return self.repeated
