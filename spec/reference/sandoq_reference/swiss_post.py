"""Challenges as Swiss Post's mix-net makes them: SHA3-256 over nested lists. For checking published vectors (spec 48.12)."""

import hashlib

from .shuffle import Layout


def recursive_hash(value):
    """Integers, strings, and lists of such; an integer is its shortest big-endian bytes, 0 is none."""
    if isinstance(value, list):
        data = b"\x03" + b"".join(map(recursive_hash, value))
    elif isinstance(value, str):
        data = b"\x02" + value.encode("utf-8")
    else:
        data = b"\x01" + value.to_bytes((value.bit_length() + 7) // 8, "big")
    return hashlib.sha3_256(data).digest()


def layout(generator, keys):
    """One γ and a φ for each key, all with one nonce and one mask."""
    return Layout([(0, generator, None)] + [(0, key, 0) for key in keys])


class SwissPost:
    """The profile: every challenge is the hash of the public parameters, the statement at hand and its commitments."""

    def __init__(self, group, keys, blind, bases):
        self._group = group
        self._start = [group.p, group.q, keys, [blind] + bases]
        self.drawn = {}

    def _draw(self, name, values):
        self.drawn[name] = int.from_bytes(recursive_hash(values), "big")
        return self.drawn[name]

    def _values(self, sums):
        return [self._group.sum_of_multiples(terms) for terms in sums]

    @staticmethod
    def _ciphertexts(points):
        return [list(c) for c in points]

    def shuffle_first(self, argument, inputs, outputs, c_A):
        self._base = self._start + [self._ciphertexts(inputs), self._ciphertexts(outputs), self._values(c_A)]
        return self._draw("shuffle x", self._base)

    def shuffle_second(self, argument, c_B):
        values = [self._values(c_B)] + self._base
        return self._draw("shuffle y", values), self._draw("shuffle z", ["1"] + values)

    def hadamard(self, argument, c_a, c_b, c_p):
        values = self._start + [self._values(c_a), self._values([c_b])[0], self._values(c_p)]
        return self._draw("hadamard x", values), self._draw("hadamard y", ["1"] + values)

    def zero(self, argument, c_a, c_b, y, proof, c_d):
        first, last = self._values([proof.c_a0, proof.c_bm])
        return self._draw("zero x", self._start + [first, last, self._values(c_d), self._values(c_b), self._values(c_a)])

    def single_value_product(self, argument, c_a, b, proof):
        values = self._values([proof.c_Delta, proof.c_delta, proof.c_d])
        return self._draw("single x", self._start + values + [b % argument.q, self._values([c_a])[0]])

    def multi_exponentiation(self, argument, rows, product, c_a, proof, c_b, big_e):
        values = [[self._ciphertexts(row) for row in rows], self._values(product), self._values(c_a),
                  self._values([proof.c_a0])[0], self._values(c_b), [self._values(e) for e in big_e]]
        return self._draw("multi x", self._start + values)
