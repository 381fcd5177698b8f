#!/usr/bin/env python3
"""The numbers of the integer groups: made again from the formulas of 12.2, and with the properties of 12.5."""

import hashlib
import os
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))

from sandoq_reference import integer_group  # noqa: E402

GUARD = 64
DELTA = 287975203778583638958138611533602521491887169409704874643524560756486080635197037903
DELTA_V1 = 439294808804231274926900580397189504974648848968881487631310538630010859174858006409


def log2_bits(bits):
    """floor(2^bits · ln 2): ln 2 = 18 artanh(1/26) − 2 artanh(1/4801) + 8 artanh(1/8749)."""
    one = 1 << bits + GUARD

    def artanh(n):
        total, power, k = 0, one // n, 1
        while power:
            total, power, k = total + power // k, power // (n * n), k + 2
        return total

    return 18 * artanh(26) - 2 * artanh(4801) + 8 * artanh(8749) >> GUARD


def pi_bits(bits):
    """floor(2^bits · π): π = 16 arctan(1/5) − 4 arctan(1/239)."""
    one = 1 << bits + GUARD

    def arctan(n):
        total, power, k = 0, one // n, 1
        while power:
            total, power, k = total + (power // k if k % 4 == 1 else -(power // k)), power // (n * n), k + 2
        return total

    return 16 * arctan(5) - 4 * arctan(239) >> GUARD


def e_bits(bits):
    """floor(2^bits · e), the sum of 1/k!."""
    total, term, k = 0, 1 << bits + GUARD, 1
    while term:
        total, term, k = total + term, term // k, k + 1
    return total >> GUARD


def euler_bits(bits):
    """floor(2^bits · γ) by Brent and McMillan: γ = A/B − ln n with an error below e^(−4n)."""
    n_log = (bits // 5).bit_length()          # n = 2^n_log, so ln n = n_log · ln 2
    n = 1 << n_log
    one = 1 << bits + GUARD
    a = term_a = -n_log * log2_bits(bits + GUARD)
    b = term_b = one
    k = 1
    while term_a or term_b:
        term_b = term_b * n * n // (k * k)
        term_a = (term_a * n * n // k + term_b) // k
        a, b, k = a + term_a, b + term_b, k + 1
        if term_b == 0 and abs(term_a) <= 1:
            break
    return (a * one // b) >> GUARD


def is_prime(number, bases=(2, 3)):
    """Miller–Rabin; for numbers that were not made to deceive it."""
    odd = number - 1
    twos = (odd & -odd).bit_length() - 1
    odd >>= twos
    for base in bases:
        x = pow(base, odd, number)
        if x in (1, number - 1):
            continue
        for _ in range(twos - 1):
            x = x * x % number
            if x == number - 1:
                break
        else:
            return False
    return True


class IntegerGroups(unittest.TestCase):
    groups = integer_group.load()

    def test_formulas(self):
        def election_guard(middle):
            return 2**4096 - 2**3840 + (middle << 256) + 2**256 - 1

        g = self.groups
        self.assertEqual(g["modp4096"].p, election_guard(log2_bits(3584) + DELTA))
        self.assertEqual(g["modp4096-v1"].p, election_guard(euler_bits(3584) + DELTA_V1))
        for name in ("modp4096", "modp4096-v1"):
            self.assertEqual(g[name].q, 2**256 - 189)
            self.assertEqual(g[name].g, pow(2, g[name].cofactor, g[name].p))
        self.assertEqual(g["rfc3526-2048"].p, 2**2048 - 2**1984 - 1 + 2**64 * (pi_bits(1918) + 124476))
        self.assertEqual(g["swisspost-3072"].p, e_bits(3072) - 2 * 2**3072 + 2113021)
        seed = hashlib.shake_256(b"NE_20231124_TT05").digest(384)
        self.assertEqual(g["swisspost-3072-tt05"].q, (int.from_bytes(b"\2" + seed, "big") >> 3) + 260009)

    def test_orders(self):
        for name, g in self.groups.items():
            with self.subTest(name):
                self.assertEqual(g.p - 1, g.q * g.cofactor)
                self.assertNotEqual(g.cofactor % g.q, 0)
                self.assertTrue(is_prime(g.p) and is_prime(g.q))
                self.assertEqual(pow(g.g, g.q, g.p), 1)
                self.assertNotEqual(g.g, 1)
                self.assertEqual(g.p % 8, 7)

    def test_rules(self):
        for name, g in self.groups.items():
            with self.subTest(name):
                half = g.cofactor // 2
                rule = ("jacobi" if half == 1 else "batch+jacobi" if half > 2**128 and is_prime(half, (2,)) else "exact")
                self.assertEqual(g.membership, rule)
        self.assertEqual(self.groups["belenios-2048"].cofactor % 6, 0)


if __name__ == "__main__":
    unittest.main()
