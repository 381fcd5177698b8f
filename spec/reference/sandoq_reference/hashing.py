"""Frames, domain-separated hashes and plain Merkle trees (spec 00.3, 00.4)."""

import hashlib

ORDER = 2**252 + 27742317777372353535851937790883648493
ZERO32 = bytes(32)


def u8(value):
    return value.to_bytes(1, "little")


def u16(value):
    return value.to_bytes(2, "little")


def u32(value):
    return value.to_bytes(4, "little")


def u64(value):
    return value.to_bytes(8, "little")


def frame(data):
    """u32(length) ‖ data; also the encoding of a `var`."""
    return len(data).to_bytes(4, "little") + data


var = frame


def scalar_bytes(value):
    return (value % ORDER).to_bytes(32, "little")


def sha512(*parts):
    return hashlib.sha512(b"".join(parts)).digest()


_PREFIX = frame(b"sandoq-1")


def hash64(tag, *parts):
    """H64(tag; parts)."""
    return hashlib.sha512(_PREFIX + frame(tag.encode("ascii")) + b"".join(parts)).digest()


def hash32(tag, *parts):
    """H(tag; parts)."""
    return hash64(tag, *parts)[:32]


def wide(digest):
    """64 bytes as a little-endian integer modulo the group order."""
    if len(digest) != 64:
        raise ValueError("wide() takes 64 bytes")
    return int.from_bytes(digest, "little") % ORDER


def split_point(count):
    """The largest power of two below count (count >= 2)."""
    return 1 << ((count - 1).bit_length() - 1)


class MerkleAccumulator:
    """Merkle root of a stream of leaves in logarithmic memory (the shape of RFC 6962)."""

    def __init__(self, node_tag):
        self.node_tag = node_tag
        self.stack = []  # (height, hash), heights strictly descending
        self.count = 0

    def add(self, leaf):
        height = 0
        while self.stack and self.stack[-1][0] == height:
            leaf = hash32(self.node_tag, self.stack.pop()[1], leaf)
            height += 1
        self.stack.append((height, leaf))
        self.count += 1

    def root(self):
        if not self.stack:
            return ZERO32
        result = self.stack[-1][1]
        for _, left in reversed(self.stack[:-1]):
            result = hash32(self.node_tag, left, result)
        return result


def merkle_root(node_tag, leaves):
    accumulator = MerkleAccumulator(node_tag)
    for leaf in leaves:
        accumulator.add(leaf)
    return accumulator.root()


def merkle_path(node_tag, leaves, index):
    """Sibling roots of leaf `index` (from 1), from the leaf upward."""
    if not 1 <= index <= len(leaves):
        raise ValueError("no such leaf")
    if len(leaves) == 1:
        return []
    k = split_point(len(leaves))
    if index <= k:
        return merkle_path(node_tag, leaves[:k], index) + [merkle_root(node_tag, leaves[k:])]
    return merkle_path(node_tag, leaves[k:], index - k) + [merkle_root(node_tag, leaves[:k])]


def root_from_path(node_tag, leaf, index, count, path):
    """The root that leaf `index` of `count` has with this path; None if the path's length is wrong."""
    if not 1 <= index <= count:
        return None
    left_sibling = []  # from the root downward: is the sibling on the left?
    while count > 1:
        k = split_point(count)
        if index <= k:
            left_sibling.append(False)
            count = k
        else:
            left_sibling.append(True)
            index, count = index - k, count - k
    if len(path) != len(left_sibling):
        return None
    for sibling, on_left in zip(path, reversed(left_sibling)):
        leaf = hash32(node_tag, sibling, leaf) if on_left else hash32(node_tag, leaf, sibling)
    return leaf
