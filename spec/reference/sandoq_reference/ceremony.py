"""The key ceremony of all boards: checks of its items, and the keys that follow (spec 55.1 to 55.5)."""

from .equations import Failed, Item
from .group import IDENTITY, IDENTITY_BYTES, add, decode, encode
from .hashing import frame, hash32, sha512, u32
from .items import DKG_COMMIT, DKG_CONFIRM, DKG_DEAL, DKG_REVEAL
from .msm import multi_multiply
from .sigma import schnorr_equations
from .signature import signature_item
from .transcript import Transcript

ROUNDS = (("commits", DKG_COMMIT), ("reveals", DKG_REVEAL), ("deals", DKG_DEAL), ("confirms", DKG_CONFIRM))
PURPOSE = {"commits": "dkg/commit", "reveals": "dkg/reveal", "deals": "dkg/deal", "confirms": "dkg/confirm"}


def commitment(e0, attempt, board, trustee, coefficients, salt):
    """h of round 1."""
    return hash32("dkg/commit", e0, u32(attempt), u32(board), u32(trustee), u32(len(coefficients)), *coefficients, salt)


def commitments_hash(e0, attempt, hashes):
    """Hcom of round 2."""
    return hash32("dkg/commitments", e0, u32(attempt), u32(len(hashes)), *hashes)


def possession_transcript(e0, hcom, attempt, board, trustee, coefficient, coefficients):
    out = Transcript("sandoq-1/dkg/pop")
    out.append_bytes("e0", e0)
    out.append_bytes("commitments", hcom)
    out.append_integer("attempt", attempt)
    out.append_integer("board", board)
    out.append_integer("trustee", trustee)
    out.append_integer("coefficient", coefficient)
    out.append_elements("coefficients", coefficients)
    return out


def share_key(e0, hcom, board, dealer, receiver, c1, receiver_key, shared):
    return hash32("dkg/share", e0, hcom, u32(board), u32(dealer), u32(receiver), c1, receiver_key, shared)


def item_digest(name, layout, item):
    return hash32(PURPOSE[name], layout.before(item, "signature"))


def _framed(ceremony, names):
    return b"".join(frame(layout.encode(item)) for name, layout in ROUNDS if name in names
                    for item in getattr(ceremony, name))


def transcript_hash(ceremony, e0, attempt, board_keys, key):
    return hash32("dkg/transcript", e0, u32(attempt), _framed(ceremony, ("commits", "reveals", "deals")),
                  u32(len(board_keys)), *board_keys, key)


def election_hash(ceremony, e0, board_keys, key):
    """e1."""
    items = hash32("ceremony", _framed(ceremony, PURPOSE))
    return hash32("election", e0, u32(len(board_keys)), *board_keys, key, items)


class Ceremony:
    """All items of one ceremony: lists commits, reveals, deals, confirms (values of items.py) and election_key."""

    def __init__(self):
        self.commits, self.reveals, self.deals, self.confirms = [], [], [], []
        self.election_key = None

    @property
    def attempt(self):
        return self.commits[0].attempt

    def hcom(self, e0):
        return commitments_hash(e0, self.attempt, [commit.h for commit in self.commits])


def completeness_problem(ceremony, election):
    """ceremony.complete."""
    trustees = list(election.trustees())
    attempts = set()
    for name, _ in ROUNDS:
        given = getattr(ceremony, name)
        if [(item.board, item.trustee) for item in given] != [(b, i) for b, i, _, _ in trustees]:
            return f"{name}: not one of every trustee, in order"
        attempts.update(item.attempt for item in given)
    if len(attempts) != 1 or 0 in attempts:
        return "attempt numbers differ, or are 0"
    for (number, index, board, _), reveal, deal in zip(trustees, ceremony.reveals, ceremony.deals):
        if len(reveal.coefficients) != board.threshold or len(reveal.proofs) != board.threshold:
            return f"reveal of trustee {index} of board {number}: not {board.threshold} coefficients and proofs"
        if len(deal.entries) != len(board.trustees):
            return f"deal of trustee {index} of board {number}: not {len(board.trustees)} entries"
    key = ceremony.election_key
    if [len(entry.share_keys) for entry in key.boards] != [len(board.trustees) for board in election.boards]:
        return "election_key: not the manifest's boards and trustees"
    return None


def signature_items(ceremony, election):
    """ceremony.signatures, as items of a batch."""
    out = []
    for name, layout in ROUNDS:
        for item in getattr(ceremony, name):
            key = election.boards[item.board].trustees[item.trustee - 1].signing_key
            out.append(signature_item(key, PURPOSE[name], election.domain, election.e0,
                                      item_digest(name, layout, item), item.signature,
                                      f"{layout.name} of trustee {item.trustee} of board {item.board}"))
    return out


def commitments_problem(ceremony, election):
    """ceremony.commitments."""
    for commit, reveal in zip(ceremony.commits, ceremony.reveals):
        if commitment(election.e0, reveal.attempt, reveal.board, reveal.trustee, reveal.coefficients,
                      reveal.salt) != commit.h:
            return f"reveal of trustee {reveal.trustee} of board {reveal.board} does not open its commitment"
    return None


def possession_items(ceremony, election):
    """ceremony.possession, as items of a batch; Failed for identities and repetitions."""
    hcom, out, seen = ceremony.hcom(election.e0), [], set()
    for reveal in ceremony.reveals:
        name = f"trustee {reveal.trustee} of board {reveal.board}"
        if IDENTITY_BYTES in reveal.coefficients:
            raise Failed(f"{name}: a coefficient is the identity")
        if reveal.coefficients[0] in seen:
            raise Failed(f"{name}: its first coefficient is another's too")
        seen.add(reveal.coefficients[0])
        for index, (coefficient, proof) in enumerate(zip(reveal.coefficients, reveal.proofs)):
            transcript = possession_transcript(election.e0, hcom, reveal.attempt, reveal.board, reveal.trustee, index,
                                               reveal.coefficients)
            terms = schnorr_equations(transcript, coefficient, proof)
            digest = sha512(hcom, u32(reveal.board), u32(reveal.trustee), u32(index), coefficient, proof)[:32]
            out.append(Item(digest, terms, f"{name}: proof of coefficient {index}"))
    for deal in ceremony.deals:
        if any(entry.c1 == IDENTITY_BYTES for entry in deal.entries):
            raise Failed(f"deal of trustee {deal.trustee} of board {deal.board}: a c1 is the identity")
    return out


class Keys:
    """K_b, Y_{b,j} and K as points and bytes, computed from the reveals."""

    def __init__(self, ceremony, election):
        self.board_points, self.share_points = [], []
        for number, board in enumerate(election.boards):
            lists = [[decode(a) for a in reveal.coefficients]
                     for reveal in ceremony.reveals if reveal.board == number]
            sums = []
            for column in zip(*lists):
                total = IDENTITY
                for point in column:
                    total = add(total, point)
                sums.append(total)
            self.board_points.append(sums[0])
            self.share_points.append([multi_multiply([(j**l, point) for l, point in enumerate(sums)])
                                      for j in range(1, len(board.trustees) + 1)])
        total = IDENTITY
        for point in self.board_points:
            total = add(total, point)
        self.point = total
        self.boards = [encode(point) for point in self.board_points]
        self.shares = [[encode(point) for point in points] for points in self.share_points]
        self.key = encode(total)


def confirmations_problem(ceremony, election, keys):
    wanted = transcript_hash(ceremony, election.e0, ceremony.attempt, keys.boards, keys.key)
    for confirm in ceremony.confirms:
        if confirm.transcript != wanted:
            return f"trustee {confirm.trustee} of board {confirm.board} confirmed another ceremony"
    return None


def key_problem(ceremony, election, keys):
    """ceremony.key."""
    given = ceremony.election_key
    if IDENTITY_BYTES in keys.boards + [keys.key] + [share for shares in keys.shares for share in shares]:
        return "a key is the identity"
    if [entry.key for entry in given.boards] != keys.boards or given.key != keys.key:
        return "K or a board's key is not the sum of its parts"
    if [entry.share_keys for entry in given.boards] != keys.shares:
        return "a share key is not what the coefficients give"
    if given.e1 != election_hash(ceremony, election.e0, keys.boards, keys.key):
        return "e1 is not the hash of this ceremony"
    return None
