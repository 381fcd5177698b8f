"""Codes, links and seeds of device journals; logs and exclusions (spec 52.2 to 52.4, 52.7, 52.9, 52.10)."""

import hashlib
from collections import Counter

from .hashing import frame, hash32, merkle_path, merkle_root, root_from_path, u8, u32, u64
from .items import BALLOT, KIND_OF
from .transcript import Transcript

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
NODE_TAG = "seed/node"


def opening_link(e1, domain, opening_bytes):
    return hash32("code/opening", e1, u8(domain), opening_bytes)


def ballot_hash(ballot):
    return hash32("ballot", BALLOT.before(ballot, "time"))


def ballot_code(e1, domain, ballot):
    """code_s as the ballot's own fields demand it."""
    return hash32("code", e1, u8(domain), u32(ballot.branch), u32(ballot.device), u32(ballot.serial), u64(ballot.time),
                  ballot.previous, ballot_hash(ballot))


def resolution_link(e1, domain, kind, resolution_bytes, code):
    return hash32("code/resolution", e1, u8(domain), u32(kind), resolution_bytes, code)


def code_text(device, serial, code):
    """Device and serial in clear, then 130 bits in 26 characters."""
    bits = int.from_bytes(code, "big") >> 126
    digits = "".join(ALPHABET[bits >> 5 * i & 31] for i in range(25, -1, -1))
    return f"{device}-{serial} " + " ".join(digits[i:i + 4] for i in range(0, 26, 4))


def key_transcript(e1, domain, branch, device):
    out = Transcript("sandoq-1/device")
    out.append_bytes("e1", e1)
    out.append_integer("domain", domain)
    out.append_integer("branch", branch)
    out.append_integer("device", device)
    return out


def device_digest(layout, item):
    """Digest of the device's signature on an opening or a close."""
    return hash32(layout.name + "/device", layout.before(item, "device_signature"))


def board_digest(layout, item):
    """Digest of the boards' signatures on an opening, close, recovery, eligibility log or exclusion."""
    return hash32(layout.name, layout.before(item, "quorum"))


def _where(e1, domain, branch, device, role, serial):
    return e1 + u8(domain) + u32(branch) + u32(device) + u32(role) + u32(serial)


def seeds(e1, domain, branch, device, role, start, capacity):
    """seed(1) ... seed(capacity) of a role that starts from κ_0."""
    out = []
    for serial in range(1, capacity + 1):
        out.append(hash32("seed", _where(e1, domain, branch, device, role, serial), start))
        start = hash32("ratchet", start)
    return out


def seed_leaf(e1, domain, branch, device, role, serial, seed):
    return hash32("seed/leaf", _where(e1, domain, branch, device, role, serial), seed)


class SeedRole:
    """The seeds of one role (0 the device, b + 1 board b) for one device, with their tree."""

    def __init__(self, e1, domain, branch, device, role, start, capacity):
        self.seeds = seeds(e1, domain, branch, device, role, start, capacity)
        self.leaves = [seed_leaf(e1, domain, branch, device, role, s, seed) for s, seed in enumerate(self.seeds, 1)]
        self.root = merkle_root(NODE_TAG, self.leaves)

    def seed(self, serial):
        return self.seeds[serial - 1]

    def path(self, serial):
        return merkle_path(NODE_TAG, self.leaves, serial)


def seed_is_committed(e1, domain, branch, device, role, serial, seed, capacity, root):
    """seed: value and path; capacity: the opening's; root: the role's root in the opening."""
    leaf = seed_leaf(e1, domain, branch, device, role, serial, seed.value)
    return root_from_path(NODE_TAG, leaf, serial, capacity, seed.path) == root


def ballot_seed(e1, domain, branch, device, serial, role_seeds):
    """role_seeds: the device's, then every board's."""
    return hash32("ballot/seed", e1, u8(domain), u32(branch), u32(device), u32(serial), *role_seeds)


def closing_record(kind, data):
    """What a request binds of the item that ends a journal, or excludes it."""
    return hash32("close/record", u32(kind), data)


def lot_record(data):
    """What a request binds of a board's lot_commit."""
    return hash32("lot/record", data)


def closings_hash(e1, closing_records, lot_records):
    """closings of 55.7."""
    closing_records, lot_records = list(closing_records), list(lot_records)
    return hash32("closings", e1, u32(len(closing_records)), *closing_records, u32(len(lot_records)), *lot_records)


def token_hash(e1, domain, token):
    """A one-time token as it stands in an eligibility log (52.9)."""
    return hash32("eligibility/token", e1, u8(domain), token)


class EvidenceHash:
    """evidence of an exclusion (52.10), item by item."""

    def __init__(self, e1, domain):
        self.hash = hashlib.sha512(frame(b"sandoq-1") + frame(b"exclusion/evidence") + e1 + u8(domain))

    def add(self, kind, data):
        self.hash.update(u32(kind) + frame(data))

    def digest(self):
        return self.hash.digest()[:32]


def evidence_hash(e1, domain, items):
    """items: (kind, canonical bytes)."""
    out = EvidenceHash(e1, domain)
    for kind, data in items:
        out.add(kind, data)
    return out.digest()


def exclusion_problem(exclusion, evidence):
    """journal.exclusions, signatures apart; evidence: the hash of the items that follow."""
    if not 1 <= exclusion.reason <= 5:
        return f"reason {exclusion.reason}"
    if exclusion.reason == 5 and not exclusion.remark:
        return "reason 5 without a remark"
    if evidence != exclusion.evidence:
        return "its evidence is not the items that follow"
    return None


def eligibility_problem(log, styles, cast, excluded):
    """eligibility.logs of one log, signatures apart.

    styles: those of the branch; cast: style -> cast ballots in its journals; excluded: is one of its journals excluded?
    """
    hashes = [token.hash for token in log.tokens]
    if any(a >= b for a, b in zip(hashes, hashes[1:])):
        return "token hashes are not strictly ascending"
    given = Counter(token.style for token in log.tokens)
    for style in given.keys() | cast.keys():
        if style in given and style not in styles:
            return f"style {style} is not given at branch {log.branch}"
        entries, ballots = given.get(style, 0), cast.get(style, 0)
        if entries < ballots or entries > ballots and not excluded:
            return f"{entries} tokens of style {style} for {ballots} ballots"
    return None


EVIDENCE_KINDS = tuple(KIND_OF[name] for name in ("opening", "ballot", "cast", "challenge", "void", "close", "recovery"))
RESOLUTIONS = (KIND_OF["cast"], KIND_OF["challenge"], KIND_OF["void"])
