#!/usr/bin/env python3
"""The shuffle argument against published vectors of another system, and its own corner cases."""

import base64
import json
import os
import sys
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, ".."))

from sandoq_reference import integer_group, shuffle, swiss_post  # noqa: E402
from sandoq_reference.equations import Failed, failing  # noqa: E402
from sandoq_reference.shuffle import Part  # noqa: E402

VECTORS = os.path.join(HERE, "..", "..", "48-shuffle", "vectors", "published.json")
GROUP = integer_group.load()["swisspost-3072"]
QUICK = 2  # rows; a bigger matrix takes half a minute here, and is tested with SANDOQ_EVERY=1 (and elsewhere, always)


def number(text):
    return int.from_bytes(base64.b64decode(text, validate=True), "big")


def numbers(texts):
    return list(map(number, texts))


def given(text):
    """A published element as a sum of multiples."""
    return [(1, number(text))]


def ciphertext(value):
    return [number(value["gamma"])] + numbers(value["phis"])


def without(values, place):
    return values[:place] + values[place + 1:]


class Published:
    """One published vector in the terms of sandoq_reference.shuffle."""

    def __init__(self, vector):
        self.vector, self.given, self.read = vector, vector["input"]["statement"], vector["input"]["argument"]
        context = vector["context"]
        keys, blind, bases = numbers(context["pk"]), number(context["ck"]["h"]), numbers(context["ck"]["g"])
        self.profile = swiss_post.SwissPost(GROUP, keys, blind, bases)
        self.argument = shuffle.Argument(GROUP, blind, bases, swiss_post.layout(GROUP.g, keys), self.profile)
        self.set = []  # (the published value, what a verifier sets it to)

    def commitments(self, name):
        return list(map(given, self.given[name]))

    def single(self, read):
        a, b = numbers(read["a_tilde"]), numbers(read["b_tilde"])
        self.set.append((b[0], a[0]))
        return Part(c_d=given(read["c_d"]), c_delta=given(read["c_lower_delta"]), c_Delta=given(read["c_upper_delta"]), a=a,
                    b=b[1:-1], r=number(read["r_tilde"]), s=number(read["s_tilde"]))

    def zero(self, read):
        c_d = list(map(given, read["c_d"]))
        m = len(c_d) // 2
        self.set.append((c_d[m + 1][0][1], 1))
        return Part(c_a0=given(read["c_a0"]), c_bm=given(read["c_bm"]), c_d=without(c_d, m + 1), a=numbers(read["a"]),
                    b=numbers(read["b"]), r=number(read["r"]), s=number(read["s"]), t=number(read["t"]))

    def hadamard(self, read, c_b):
        return Part(c_p=list(map(given, read["cUpperB"][1:-1])), c_b=given(c_b), zero=self.zero(read["zero_argument"]))

    def product(self, read):
        hadamard = self.hadamard(read["hadamard_argument"], read["c_b"]) if "hadamard_argument" in read else None
        return Part(hadamard=hadamard, single=self.single(read["single_vpa"]))

    def multi(self, read):
        c_b, big_e = list(map(given, read["c_b"])), [[[(1, e)] for e in ciphertext(c)] for c in read["e"]]
        m = len(c_b) // 2
        self.set.append((c_b[m][0][1], 1))
        return Part(c_a0=given(read["c_a_0"]), c_b=without(c_b, m), E=without(big_e, m), a=numbers(read["a"]), r=number(read["r"]),
                    b=[number(read["b"])], s=number(read["s"]), tau=[number(read["tau"])])

    def equations(self):
        kind, argument = self.vector["kind"], self.argument
        if kind == "single-value-product":
            return argument.single_value_product(given(self.given["c_a"]), number(self.given["b"]), self.single(self.read))
        if kind == "zero":
            return argument.zero(self.commitments("c_a"), self.commitments("c_b"), number(self.given["y"]), self.zero(self.read))
        if kind == "hadamard":
            c_b = self.given["c_b"]
            return argument.hadamard(self.commitments("c_a"), given(c_b), self.hadamard(self.read, c_b))
        if kind == "product":
            return argument.product(self.commitments("c_a"), number(self.given["b"]), self.product(self.read))
        if kind == "multiexp":
            rows = [list(map(ciphertext, row)) for row in self.given["ciphertexts"]]
            total = [[(1, e)] for e in ciphertext(self.given["ciphertext_product"])]
            return argument.multi_exponentiation(rows, total, self.commitments("c_a"), self.multi(self.read))
        before, after = (list(map(ciphertext, self.given[name])) for name in ("ciphertexts", "shuffled_ciphertexts"))
        c_A = list(map(given, self.read["ca"]))
        shape = Part(m=len(c_A), n=len(before) // len(c_A), total=len(before))
        proof = Part(c_A=c_A, c_B=list(map(given, self.read["cb"])), product=self.product(self.read["product_argument"]),
                     multi=self.multi(self.read["multi_exp_argument"]))
        return argument.shuffle(shape, before, after, proof)

    def rows(self):
        return int(self.vector["comment"].split("m=")[1].split(",")[0])


def published():
    with open(VECTORS, encoding="ascii") as stream:
        vectors = list(map(Published, json.load(stream)["vectors"]))
    every = bool(os.environ.get("SANDOQ_EVERY"))
    return [v for v in vectors if every or v.rows() < QUICK or v.rows() == QUICK and v.vector["kind"] not in ("shuffle", "multiexp")]


class PublishedVectors(unittest.TestCase):
    def test_accepted_with_the_published_challenges(self):
        for vector in published():
            with self.subTest(vector.vector["comment"], kind=vector.vector["kind"]):
                self.assertEqual(failing(vector.equations(), GROUP), [])
                self.assertIn(vector.vector["output"]["result"], (True, "True"))
                kind = {"single-value-product": "single", "multiexp": "multi"}.get(vector.vector["kind"], vector.vector["kind"])
                for name, value in vector.vector["output"].items():
                    if name != "result":
                        self.assertEqual(vector.profile.drawn[f"{kind} {name}"], number(value))
                for read, expected in vector.set:
                    self.assertEqual(read, expected)

    def test_another_value_is_rejected(self):
        vector = next(v for v in published() if v.vector["kind"] == "single-value-product")
        vector.given["b"] = base64.b64encode((number(vector.given["b"]) + 1).to_bytes(384, "big")).decode("ascii")
        self.assertNotEqual(failing(vector.equations(), GROUP), [])


class Shapes(unittest.TestCase):
    def test_rows_follow_from_the_number(self):
        sizes = {2: (1, 2), 3: (1, 3), 65536: (1, 65536), 65537: (1, 65537), 131072: (1, 131072), 131073: (3, 43691), 1 << 20: (16, 65536)}
        for size, (m, n) in sizes.items():
            shape = shuffle.Shape(size)
            self.assertEqual((shape.m, shape.n), (m, n))
            self.assertLess(shape.total - size, m)

    def test_refused(self):
        for size in (0, 1, (1 << 20) + 1):
            with self.assertRaises(Failed):
                shuffle.Shape(size)


if __name__ == "__main__":
    unittest.main()
