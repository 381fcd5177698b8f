"""The key ceremony of all boards: its attempts, checks of its items, and the keys that follow (spec 55.1 to 55.6)."""

from .equations import Failed, Item
from .group import IDENTITY, IDENTITY_BYTES, add, decode, encode
from .hashing import frame, hash32, sha512, u32
from .items import DKG_ABSENCE, DKG_COMMIT, DKG_COMPLAINT, DKG_CONFIRM, DKG_DEAL, DKG_REVEAL
from .msm import multi_multiply
from .sigma import schnorr_equations
from .signature import quorum_items, signature_item
from .transcript import Transcript

ROUNDS = (("absences", DKG_ABSENCE), ("commits", DKG_COMMIT), ("reveals", DKG_REVEAL), ("deals", DKG_DEAL),
          ("complaints", DKG_COMPLAINT), ("confirms", DKG_CONFIRM))
PURPOSE = {"commits": "dkg/commit", "reveals": "dkg/reveal", "deals": "dkg/deal", "complaints": "dkg/complaint",
           "confirms": "dkg/confirm"}
LAYOUT = dict(ROUNDS)


def commitment(e0, attempt, board, trustee, coefficients, salt):
    """h of round 1."""
    return hash32("dkg/commit", e0, u32(attempt), u32(board), u32(trustee), u32(len(coefficients)), *coefficients, salt)


def commitments_hash(e0, attempt, earlier, commits):
    """Hcom of round 2; earlier: the canonical bytes of all dkg items before the attempt's first dkg_commit, framed."""
    hashes = [u32(commit.board) + u32(commit.trustee) + commit.h for commit in commits]
    return hash32("dkg/commitments", e0, u32(attempt), hash32("dkg/earlier", earlier), u32(len(hashes)), *hashes)


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
    """What the trustee of an item signs."""
    return hash32(PURPOSE[name], layout.before(item, "signature"))


def absence_digest(absence):
    """What the boards sign of an absence."""
    return hash32("dkg/absence", DKG_ABSENCE.before(absence, "quorum"))


def _named(item):
    return item.board, item.trustee


class Attempt:
    """The items of one attempt, a list for each of ROUNDS."""

    def __init__(self):
        for name, _ in ROUNDS:
            setattr(self, name, [])

    @property
    def number(self):
        return self.commits[0].attempt

    @property
    def participants(self):
        """(board, trustee) of its commits."""
        return [_named(commit) for commit in self.commits]

    def members(self, board):
        """The numbers of the board's participants, in order: the receivers of a deal."""
        return [trustee for number, trustee in self.participants if number == board]

    def items(self, names=LAYOUT):
        return [(name, layout, item) for name, layout in ROUNDS if name in names for item in getattr(self, name)]

    def framed(self, names=LAYOUT):
        return b"".join(frame(layout.encode(item)) for _, layout, item in self.items(names))


class Ceremony:
    """All attempts of one ceremony, the one that succeeded last, and election_key."""

    def __init__(self):
        self.attempts = []
        self.election_key = None

    @staticmethod
    def gathered(items, election_key):
        """items: (kind name, value) in the order of the record."""
        out, before = Ceremony(), None
        out.election_key = election_key
        names = {layout.name: name for name, layout in ROUNDS}
        for kind, value in items:
            name = names[kind]
            first = name == "absences" and before != "absences" or name == "commits" and before not in ("absences", "commits")
            if first or not out.attempts:
                out.attempts.append(Attempt())
            getattr(out.attempts[-1], name).append(value)
            before = name
        return out

    @property
    def last(self):
        return self.attempts[-1]

    def hcom(self, e0, attempt):
        earlier = b"".join(other.framed() for other in self.attempts[:self.attempts.index(attempt)])
        return commitments_hash(e0, attempt.number, earlier + attempt.framed(("absences",)), attempt.commits)

    def shut_out(self, election, attempt=None):
        """Everyone who has no part in the attempt (default: the last)."""
        return frozenset(_everyone(election)) - frozenset((attempt or self.last).participants)


def transcript_hash(ceremony, e0, board_keys, key):
    last = ceremony.last
    return hash32("dkg/transcript", e0, u32(last.number), ceremony.hcom(e0, last),
                  last.framed(("commits", "reveals", "deals")), u32(len(board_keys)), *board_keys, key)


def election_hash(ceremony, e0, board_keys, key):
    """e1."""
    items = hash32("ceremony", *(attempt.framed() for attempt in ceremony.attempts))
    return hash32("election", e0, u32(len(board_keys)), *board_keys, key, items)


def _everyone(election):
    return [(board, trustee) for board, trustee, _, _ in election.trustees()]


def _ascending(values):
    return all(a < b for a, b in zip(values, values[1:]))


def completeness_problem(ceremony, election):
    """ceremony.complete."""
    before, number = _everyone(election), 0
    for index, attempt in enumerate(ceremony.attempts):
        numbers = {item.attempt for _, _, item in attempt.items()}
        if len(numbers) != 1 or min(numbers) <= number:
            return f"attempt {index + 1} of the record: its items have different numbers, or none above {number}"
        number = min(numbers)
        problem = _attempt_problem(attempt, election, before, attempt is ceremony.last)
        if problem:
            return f"attempt {number}: {problem}"
        before = attempt.participants
    for reveal, deal in zip(ceremony.last.reveals, ceremony.last.deals):
        wanted = election.boards[reveal.board].threshold
        if len(reveal.coefficients) != wanted or len(reveal.proofs) != wanted:
            return f"reveal of trustee {reveal.trustee} of board {reveal.board}: not {wanted} coefficients and proofs"
        wanted = len(ceremony.last.members(deal.board))
        if len(deal.entries) != wanted:
            return f"deal of trustee {deal.trustee} of board {deal.board}: not {wanted} entries"
    key = ceremony.election_key
    if [len(entry.share_keys) for entry in key.boards] != [len(board.trustees) for board in election.boards]:
        return "election_key: not the manifest's boards and trustees"
    return None


def _attempt_problem(attempt, election, before, last):
    """One attempt; before: who took part in the one before it."""
    absent, participants = [_named(absence) for absence in attempt.absences], attempt.participants
    if not _ascending(absent) or not set(absent) <= set(before):
        return "absences not ascending, or of somebody who had no part before"
    if not _ascending(participants) or not set(participants) <= set(before) - set(absent):
        return "commits not ascending, or of somebody who has no part"
    for number, board in enumerate(election.boards):
        if len(attempt.members(number)) < board.threshold:
            return f"fewer than {board.threshold} trustees of board {number}"
    wanted = {"reveals": (participants,), "deals": (participants,) if last else (participants, []),
              "confirms": (participants if last else [],)}
    for name, allowed in wanted.items():
        if [_named(item) for item in getattr(attempt, name)] not in allowed:
            return f"{name}: not one of every participant, in order"
    complaints = [(item.board, item.trustee, item.dealer) for item in attempt.complaints]
    if complaints and (last or not attempt.deals):
        return "complaints without deals, or in the last attempt"
    if not _ascending(complaints):
        return "complaints not ascending"
    for board, accuser, dealer in complaints:
        if accuser == dealer or not {(board, accuser), (board, dealer)} <= set(participants):
            return "a complaint by or against somebody who has no part, or against its own accuser"
    return None


def signature_items(ceremony, election):
    """ceremony.signatures, as items of a batch."""
    out = []
    for attempt in ceremony.attempts:
        for name, layout, item in attempt.items():
            place = f"{layout.name} of trustee {item.trustee} of board {item.board}, attempt {item.attempt}"
            if layout is DKG_ABSENCE:
                out += quorum_items(election.boards, item.quorum, "dkg/absence", election.domain, election.e0,
                                    absence_digest(item), place, ceremony.shut_out(election, attempt))
            else:
                key = election.boards[item.board].trustees[item.trustee - 1].signing_key
                out.append(signature_item(key, PURPOSE[name], election.domain, election.e0,
                                          item_digest(name, layout, item), item.signature, place))
    return out


def opens(e0, commit, reveal):
    return commitment(e0, reveal.attempt, reveal.board, reveal.trustee, reveal.coefficients, reveal.salt) == commit.h


def commitments_problem(ceremony, election):
    """ceremony.commitments."""
    for commit, reveal in zip(ceremony.last.commits, ceremony.last.reveals):
        if not opens(election.e0, commit, reveal):
            return f"reveal of trustee {reveal.trustee} of board {reveal.board} does not open its commitment"
    return None


def reveal_items(e0, hcom, reveal):
    """The proofs of possession of one reveal."""
    name, out = f"trustee {reveal.trustee} of board {reveal.board}", []
    for index, (coefficient, proof) in enumerate(zip(reveal.coefficients, reveal.proofs)):
        transcript = possession_transcript(e0, hcom, reveal.attempt, reveal.board, reveal.trustee, index,
                                           reveal.coefficients)
        terms = schnorr_equations(transcript, coefficient, proof)
        digest = sha512(hcom, u32(reveal.board), u32(reveal.trustee), u32(index), coefficient, proof)[:32]
        out.append(Item(digest, terms, f"{name}: proof of coefficient {index}"))
    return out


def possession_items(ceremony, election):
    """ceremony.possession, as items of a batch; Failed for identities and repetitions."""
    hcom, out, seen = ceremony.hcom(election.e0, ceremony.last), [], set()
    for reveal in ceremony.last.reveals:
        name = f"trustee {reveal.trustee} of board {reveal.board}"
        if IDENTITY_BYTES in reveal.coefficients:
            raise Failed(f"{name}: a coefficient is the identity")
        if reveal.coefficients[0] in seen:
            raise Failed(f"{name}: its first coefficient is another's too")
        seen.add(reveal.coefficients[0])
        out += reveal_items(election.e0, hcom, reveal)
    for deal in ceremony.last.deals:
        if any(entry.c1 == IDENTITY_BYTES for entry in deal.entries):
            raise Failed(f"deal of trustee {deal.trustee} of board {deal.board}: a c1 is the identity")
    return out


class Keys:
    """K_b, Y_{b,j} and K as points and bytes, computed from the reveals of the last attempt."""

    def __init__(self, ceremony, election):
        self.board_points, self.share_points = [], []
        for number, board in enumerate(election.boards):
            lists = [[decode(a) for a in reveal.coefficients]
                     for reveal in ceremony.last.reveals if reveal.board == number]
            sums = []
            for column in zip(*lists):
                total = IDENTITY
                for point in column:
                    total = add(total, point)
                sums.append(total)
            self.board_points.append(sums[0])
            members = ceremony.last.members(number)
            self.share_points.append([value_at(sums, j) if j in members else IDENTITY
                                      for j in range(1, len(board.trustees) + 1)])
        total = IDENTITY
        for point in self.board_points:
            total = add(total, point)
        self.point = total
        self.boards = [encode(point) for point in self.board_points]
        self.shares = [[encode(point) for point in points] for points in self.share_points]
        self.key = encode(total)


def value_at(points, j):
    """Σ_l j^l A_l."""
    return multi_multiply([(j**power, point) for power, point in enumerate(points)])


def confirmations_problem(ceremony, election, keys):
    wanted = transcript_hash(ceremony, election.e0, keys.boards, keys.key)
    for confirm in ceremony.last.confirms:
        if confirm.transcript != wanted:
            return f"trustee {confirm.trustee} of board {confirm.board} confirmed another ceremony"
    return None


def key_problem(ceremony, election, keys):
    """ceremony.key."""
    given, shut_out = ceremony.election_key, ceremony.shut_out(election)
    needed = keys.boards + [keys.key] + [keys.shares[board][trustee - 1] for board, trustee, _, _ in election.trustees()
                                         if (board, trustee) not in shut_out]
    if IDENTITY_BYTES in needed:
        return "a key is the identity"
    if [entry.key for entry in given.boards] != keys.boards or given.key != keys.key:
        return "K or a board's key is not the sum of its parts"
    if [entry.share_keys for entry in given.boards] != keys.shares:
        return "a share key is not what the coefficients give"
    if given.e1 != election_hash(ceremony, election.e0, keys.boards, keys.key):
        return "e1 is not the hash of this ceremony"
    return None
