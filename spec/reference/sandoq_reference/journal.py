"""Codes, links and seeds of device journals (spec 52.2 to 52.4, 52.7)."""

from .hashing import hash32, merkle_path, merkle_root, root_from_path, u8, u32, u64
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
    """Digest of the boards' signatures on an opening or a close."""
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


def closings_hash(e1, close_items):
    """closings of 55.6 over the canonical bytes of every close."""
    return hash32("closings", e1, *(hash32("close/record", data) for data in close_items))


RESOLUTIONS = (KIND_OF["cast"], KIND_OF["challenge"], KIND_OF["void"])
