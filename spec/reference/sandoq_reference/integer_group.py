"""Integer groups (spec 12): subgroups of prime order q of the residues modulo a prime p, on plain integers.

Elements are residues, written additively as everywhere: add() is a product, multiply() a power.
"""

import json
import os
from functools import lru_cache

from .group import InvalidElement
from .hashing import frame, hash64, sha512, u32
from .transcript import weight

_FILE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "12-integer-groups", "groups.json")


class IntegerGroup:
    identity = 1

    def __init__(self, entry):
        self.name = entry["name"]
        self.p, self.q, self.g, self.cofactor = (int(entry[key], 16) for key in ("p", "q", "g", "cofactor"))
        self.membership = entry["membership"]
        self.element_bytes = (self.p.bit_length() + 7) // 8
        self.scalar_bytes = (self.q.bit_length() + 7) // 8
        self.nonce_blocks = -(-(self.q.bit_length() + 128) // 512)
        self.order, self.generator, self.identity_bytes = self.q, self.g, self.encode(1)
        self.decode_cached = lru_cache(maxsize=4096)(self.decode)  # for elements that come again and again

    # scalars (12.3)

    def encode_scalar(self, value):
        return (value % self.q).to_bytes(self.scalar_bytes, "big")

    def decode_scalar(self, data):
        value = int.from_bytes(data, "big")
        if len(data) != self.scalar_bytes:
            raise InvalidElement("scalar-length")
        if value >= self.q:
            raise InvalidElement("scalar-range")
        return value

    def reduce(self, data):
        """Bytes, little-endian, modulo q: 64 for a challenge, 64 a block for a nonce (30.4)."""
        return int.from_bytes(data, "little") % self.q

    # elements (12.4)

    def encode(self, element):
        return element.to_bytes(self.element_bytes, "big")

    def residue(self, data):
        """Rules 1 to 3 of 12.4."""
        x = int.from_bytes(data, "big")
        if len(data) != self.element_bytes:
            raise InvalidElement("length")
        if x >= self.p:
            raise InvalidElement("canonical")
        if x == 0:
            raise InvalidElement("zero")
        return x

    def decode(self, data):
        x = self.residue(data)
        if not self.is_member(x):
            raise InvalidElement("membership")
        return x

    def is_member(self, x):
        """By the definition, whatever the rule of the group says (the rules are equivalent to it)."""
        return pow(x, self.q, self.p) == 1

    def jacobi(self, x):
        """The Jacobi symbol (x/p) by quadratic reciprocity."""
        a, n, sign = x % self.p, self.p, 1
        while a:
            twos = (a & -a).bit_length() - 1
            a >>= twos
            if twos & 1 and n & 7 in (3, 5):
                sign = -sign
            if a & 3 == 3 and n & 3 == 3:
                sign = -sign
            a, n = n % a, a
        return sign if n == 1 else 0

    def weights(self, blocks):
        """ω_0, ω_1, ... of 12.5 for elements in bytes."""
        name = self.name.encode("ascii")
        seed = hash64("membership", frame(name), u32(len(blocks)), *blocks)
        return [weight(seed, i) for i in range(len(blocks))]

    def batch_power(self, residues, weights):
        """(Π x_i^{ω_i})^q."""
        product = 1
        for x, omega in zip(residues, weights):
            product = product * pow(x, omega, self.p) % self.p
        return pow(product, self.q, self.p)

    def are_members(self, blocks):
        """The test of 12.5, for groups of the rule batch+jacobi."""
        residues = [self.residue(block) for block in blocks]
        return (all(self.jacobi(x) == 1 for x in residues)
                and self.batch_power(residues, self.weights(blocks)) == 1)

    # arithmetic

    def is_identity(self, a):
        return a == 1

    def add(self, a, b):
        return a * b % self.p

    def negate(self, a):
        return pow(a, -1, self.p)

    def multiply(self, scalar, element):
        return pow(element, scalar % self.q, self.p)

    def sum_of_multiples(self, terms):
        total = 1
        for scalar, element in terms:
            total = total * self.multiply(scalar, element) % self.p
        return total

    # derived bases (12.6)

    def map_to_group(self, data):
        if len(data) != 64:
            raise ValueError("the map takes 64 bytes")
        prefix = frame(b"sandoq-1/integer-group") + frame(self.name.encode("ascii")) + data
        blocks = -(-(self.p.bit_length() + 128) // 512)
        t = int.from_bytes(b"".join(sha512(prefix, u32(j)) for j in range(blocks)), "big")
        return pow(1 + t % (self.p - 1), self.cofactor, self.p)

    def derived_base(self, e0, label, index):
        return self.map_to_group(sha512(frame(b"sandoq-1/base"), frame(e0), frame(label.encode("ascii")), u32(index)))


def load():
    """name -> group, in the order of the table of 12.2."""
    with open(_FILE, encoding="ascii") as stream:
        return {entry["name"]: IntegerGroup(entry) for entry in json.load(stream)["groups"]}


def prove(group, relation, transcript, elements, witness, seed):
    """The proof of 40.3 over an integer group: T_0 ... T_{r-1} ‖ z_0 ... z_{s-1}; elements are residues."""
    relation.absorb(transcript, [group.encode(element) for element in elements])
    nonces = transcript.nonces(b"".join(map(group.encode_scalar, witness)), seed)
    k = [group.reduce(nonces.octets(i, group.nonce_blocks)) for i in range(relation.scalars)]
    commitments = [group.encode(group.sum_of_multiples((k[a], elements[b]) for a, b in terms))
                   for _, terms in relation.rows]
    transcript.append_elements("commitments", commitments)
    c = group.reduce(transcript.squeeze("c"))
    return b"".join(commitments) + b"".join(group.encode_scalar(n + c * x) for n, x in zip(k, witness))


def failing_check(group, relation, transcript, elements, proof):
    """None if the proof holds, otherwise which check fails; elements and proof are bytes."""
    size = len(relation.rows) * group.element_bytes + relation.scalars * group.scalar_bytes
    if len(proof) != size:
        return "structure"
    commitments = [proof[i * group.element_bytes:(i + 1) * group.element_bytes] for i in range(len(relation.rows))]
    rest = proof[len(relation.rows) * group.element_bytes:]
    responses = [rest[i * group.scalar_bytes:(i + 1) * group.scalar_bytes] for i in range(relation.scalars)]
    try:
        points = [group.decode(data) for data in elements]
        T = [group.decode(data) for data in commitments]
        z = [group.decode_scalar(data) for data in responses]
    except InvalidElement:
        return "membership"
    if any(points[b] == 1 for b in relation.bases()) or any(points[y] == 1 for y, _ in relation.rows):
        return "identity"
    relation.absorb(transcript, elements)
    transcript.append_elements("commitments", commitments)
    c = group.reduce(transcript.squeeze("c"))
    for index, (y, terms) in enumerate(relation.rows):
        if group.sum_of_multiples([(z[a], points[b]) for a, b in terms] + [(-1, T[index]), (-c, points[y])]) != 1:
            return f"equation-{index}"
    return None
