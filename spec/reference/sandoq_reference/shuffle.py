"""The shuffle argument (spec 48): output ciphertexts are the input ones, permuted and encrypted anew.

The argument is written once, for every group and for every profile of challenges: Native below, and the one of swiss_post.py.
Sums of multiples stay lists of (scalar, point), so that a verifier's equations are made of given points alone.
"""

from .equations import Failed
from .group import InvalidElement
from .groups import RISTRETTO255
from .hashing import hash32, u32
from .transcript import Transcript

MOST, MOST_COLUMNS, MOST_ROWS = 1 << 20, 1 << 17, 16
COLUMNS_OF_SEVERAL_ROWS = 1 << 16


class Shape:
    """m rows of n columns for `size` ciphertexts of width w, filled up to m·n (48.2)."""

    def __init__(self, size, width=1, rows=None):
        if size < 2:
            raise Failed("structure: fewer than two ciphertexts")
        self.size, self.width = size, width
        self.m = rows or (1 if size <= MOST_COLUMNS else -(-size // COLUMNS_OF_SEVERAL_ROWS))
        self.n = max(2, -(-size // self.m))
        if not (size <= MOST and 1 <= width <= 64 and 1 <= self.m <= MOST_ROWS and self.n <= MOST_COLUMNS):
            raise Failed("structure: too many ciphertexts for one shuffle")
        self.total = self.m * self.n


class Layout:
    """What a ciphertext is made of: for each element, the index of its nonce, its base, and the index of its mask or None."""

    def __init__(self, rows):
        self.rows = rows
        self.nonces = 1 + max(nonce for nonce, _, _ in rows)
        self.masks = 1 + max(mask for _, _, mask in rows if mask is not None)


def native_layout(group, key, width):
    """w pairs (α_l, β_l), each with its own nonce and its own mask."""
    return Layout([row for l in range(width) for row in ((l, group.generator, None), (l, key, l))])


def scaled(factor, terms):
    return [(factor * s, point) for s, point in terms]


def powers(x, count, modulus):
    out = [1]
    while len(out) < count:
        out.append(out[-1] * x % modulus)
    return out


class Argument:
    """The algebra of one statement: group, commitment key (H, G_1 ...), layout of ciphertexts, profile of challenges."""

    def __init__(self, group, blind, bases, layout, profile):
        self.group, self.blind, self.bases, self.layout, self.profile = group, blind, bases, layout, profile
        self.q = group.order

    def com(self, values, blind):
        """rH + Σ v_i G_i, as terms."""
        return [(blind % self.q, self.blind)] + [(v % self.q, base) for v, base in zip(values, self.bases)]

    def enc(self, masks, nonces):
        """Enc(b_1 ...; τ_1 ...): the terms of each element of a ciphertext."""
        return [[(nonces[t], base)] + ([] if mask is None else [(masks[mask], self.group.generator)])
                for t, base, mask in self.layout.rows]

    def star(self, y, a, b):
        """Σ_j y^j a_j b_j, j from 1."""
        return sum(p * u * v for p, u, v in zip(powers(y, len(a) + 1, self.q)[1:], a, b)) % self.q

    def minus(self, left, right):
        return left + scaled(-1, right)

    # verification: every method returns equations, each a list of (scalar, point) that has to give the identity

    def single_value_product(self, c_a, b, proof):
        """The values in c_a have the product b (48.6)."""
        x = self.profile.single_value_product(self, c_a, b, proof)
        a, n = proof.a, len(proof.a)
        p = [a[0]] + proof.b + [x * b % self.q]
        return [self.minus(scaled(x, c_a) + proof.c_d, self.com(a, proof.r)),
                self.minus(scaled(x, proof.c_Delta) + proof.c_delta,
                           self.com([x * p[i + 1] - p[i] * a[i + 1] for i in range(n - 1)], proof.s))]

    def zero(self, c_a, c_b, y, proof):
        """Σ_{i=1..m} a_i ⋆ b_{i−1} = 0 (48.5)."""
        m = len(c_a)
        c_d = proof.c_d[:m + 1] + [[]] + proof.c_d[m + 1:]  # c_{D,m+1} = com(0; 0) is set, not read
        x = self.profile.zero(self, c_a, c_b, y, proof, c_d)
        p = powers(x, 2 * m + 1, self.q)
        left = [t for i, c in enumerate([proof.c_a0] + c_a) for t in scaled(p[i], c)]
        right = [t for j, c in enumerate(c_b + [proof.c_bm]) for t in scaled(p[m - j], c)]
        both = [t for k, c in enumerate(c_d) for t in scaled(p[k], c)]
        return [self.minus(left, self.com(proof.a, proof.r)), self.minus(right, self.com(proof.b, proof.s)),
                self.minus(both, self.com([self.star(y, proof.a, proof.b)], proof.t))]

    def hadamard(self, c_a, c_b, proof):
        """b is the product, place by place, of the vectors in c_a (48.4)."""
        m, n = len(c_a), len(proof.zero.a)
        c_p = [c_a[0]] + proof.c_p + [c_b]
        x, y = self.profile.hadamard(self, c_a, c_b, c_p)
        p = powers(x, m, self.q)
        c_d = [scaled(p[i], c_p[i - 1]) for i in range(1, m)]
        c_d.append([t for i in range(1, m) for t in scaled(p[i], c_p[i])])
        return self.zero(c_a[1:] + [self.com([-1] * n, 0)], c_d, y, proof.zero)

    def product(self, c_a, b, proof):
        """The product of all values in c_a is b (48.3)."""
        if len(c_a) == 1:
            return self.single_value_product(c_a[0], b, proof.single)
        return (self.hadamard(c_a, proof.hadamard.c_b, proof.hadamard)
                + self.single_value_product(proof.hadamard.c_b, b, proof.single))

    def multi_exponentiation(self, rows, product, c_a, proof):
        """Σ_i a_i · (row i of ciphertexts) + Enc(0; ρ) = product, a_i in c_a (48.7)."""
        m = len(c_a)
        c_b = proof.c_b[:m] + [[]] + proof.c_b[m:]  # c_{B,m} = com(0; 0) and E_m are set, not read
        big_e = proof.E[:m] + [product] + proof.E[m:]
        x = self.profile.multi_exponentiation(self, rows, product, c_a, proof, c_b, big_e)
        p = powers(x, 2 * m, self.q)
        left = [t for i, c in enumerate([proof.c_a0] + c_a) for t in scaled(p[i], c)]
        middle = [t for k, c in enumerate(c_b) for t in scaled(p[k], c)]
        out = [self.minus(left, self.com(proof.a, proof.r)), self.minus(middle, self.com(proof.b, proof.s))]
        masks = self.enc(proof.b, proof.tau)
        for place in range(len(self.layout.rows)):
            terms = [t for k, e in enumerate(big_e) for t in scaled(p[k], e[place])]
            right = [(p[m - i] * a, c[place]) for i, row in enumerate(rows, 1) for a, c in zip(proof.a, row)]
            out.append(self.minus(terms, masks[place] + right))
        return out

    def shuffle(self, shape, inputs, outputs, proof):
        """All equations of 48.8, in order; inputs and outputs: m·n ciphertexts, each a list of points."""
        x = self.profile.shuffle_first(self, inputs, outputs, proof.c_A)
        y, z = self.profile.shuffle_second(self, proof.c_B)
        shift = [(-z % self.q, base) for base in self.bases[:shape.n]]
        c_d = [scaled(y, a) + b + shift for a, b in zip(proof.c_A, proof.c_B)]
        p, b = powers(x, shape.total, self.q), 1
        for i in range(shape.total):
            b = b * (y * i + p[i] - z) % self.q
        total = [[(p[i], c[place]) for i, c in enumerate(inputs)] for place in range(len(self.layout.rows))]
        rows = [outputs[i:i + shape.n] for i in range(0, shape.total, shape.n)]
        return self.product(c_d, b, proof.product) + self.multi_exponentiation(rows, total, proof.c_B, proof.multi)


class Part:
    """Named values of a proof, or of one of its arguments. Commitments are lists of terms."""

    def __init__(self, **values):
        self.__dict__.update(values)


class Context:
    """What a shuffle is bound to (48.2)."""

    FIELDS = ("e1", "domain", "key", "contest", "set", "root", "stage", "mixer", "previous")

    def __init__(self, **values):
        for name in self.FIELDS:
            setattr(self, name, values.pop(name))
        if values:
            raise TypeError(f"unknown fields {sorted(values)}")

    def transcript(self, group, shape, inputs, outputs):
        """inputs, outputs: the bytes of the elements of m·n ciphertexts, in one list each."""
        out = Transcript("sandoq-1/shuffle")
        out.append_integer("version", 1)
        out.append_bytes("suite", b"sandoq-1")
        out.append_bytes("group", group.name.encode("ascii"))
        out.append_bytes("e1", self.e1)
        out.append_integer("domain", self.domain)
        out.append_element("K", self.key)
        for name in ("contest", "set", "root"):
            out.append_bytes(name, getattr(self, name))
        out.append_integer("stage", self.stage)
        out.append_integer("mixer", self.mixer)
        out.append_bytes("previous", self.previous)
        for label, value in (("N", shape.size), ("m", shape.m), ("n", shape.n), ("w", shape.width)):
            out.append_integer(label, value)
        out.append_elements("inputs", inputs)
        out.append_elements("outputs", outputs)
        return out


class Native:
    """Challenges from one running transcript; statements inside follow from what it has absorbed already."""

    def __init__(self, transcript):
        self.transcript = transcript

    def _draw(self, argument, absorbed, *labels):
        for label, sums in absorbed:
            self.transcript.append_elements(label, [argument.group.encode(point) for [(_, point)] in sums])
        drawn = [argument.group.reduce(self.transcript.squeeze(label)) for label in labels]
        if not all(drawn):
            raise Failed("challenge is zero")
        return drawn[0] if len(drawn) == 1 else drawn

    def shuffle_first(self, argument, inputs, outputs, c_A):
        return self._draw(argument, [("c_A", c_A)], "x")

    def shuffle_second(self, argument, c_B):
        return self._draw(argument, [("c_B", c_B)], "y", "z")

    def hadamard(self, argument, c_a, c_b, c_p):
        return self._draw(argument, [("hadamard", c_p[1:])], "hadamard-x", "hadamard-y")

    def zero(self, argument, c_a, c_b, y, proof, c_d):
        return self._draw(argument, [("zero", [proof.c_a0, proof.c_bm] + proof.c_d)], "zero-x")

    def single_value_product(self, argument, c_a, b, proof):
        return self._draw(argument, [("single-value-product", [proof.c_d, proof.c_delta, proof.c_Delta])],
                          "single-value-product-x")

    def multi_exponentiation(self, argument, rows, product, c_a, proof, c_b, big_e):
        return self._draw(argument, [("multi-exponentiation", [proof.c_a0] + proof.c_b),
                                     ("E", [element for e in proof.E for element in e])], "multi-exponentiation-x")


class Form:
    """The order of everything on the wire (48.9): names of elements, then of scalars."""

    def __init__(self, shape):
        m, n, w = shape.m, shape.n, shape.width
        self.elements = [f"c_A[{i}]" for i in range(1, m + 1)] + [f"c_B[{i}]" for i in range(1, m + 1)]
        self.scalars = []
        if m > 1:
            self.elements += [f"c_P[{i}]" for i in range(2, m + 1)] + ["zero.c_A[0]", f"zero.c_B[{m}]"]
            self.elements += [f"zero.c_D[{k}]" for k in range(2 * m + 1) if k != m + 1]
            self.scalars += [f"zero.a[{i}]" for i in range(1, n + 1)] + [f"zero.b[{i}]" for i in range(1, n + 1)]
            self.scalars += ["zero.r", "zero.s", "zero.t"]
        self.elements += ["product.c_d", "product.c_delta", "product.c_Delta", "multi.c_A[0]"]
        self.elements += [f"multi.c_B[{k}]" for k in range(2 * m) if k != m]
        self.elements += [f"E[{k}].{part}[{l}]" for k in range(2 * m) if k != m for l in range(1, w + 1)
                          for part in ("alpha", "beta")]
        self.scalars += [f"product.a[{i}]" for i in range(1, n + 1)] + [f"product.b[{i}]" for i in range(2, n)]
        self.scalars += ["product.r", "product.s"] + [f"multi.a[{i}]" for i in range(1, n + 1)] + ["multi.r"]
        self.scalars += [f"multi.b[{l}]" for l in range(1, w + 1)] + ["multi.s"]
        self.scalars += [f"multi.tau[{l}]" for l in range(1, w + 1)]

    def size(self, group):
        return len(self.elements) * group.element_bytes + len(self.scalars) * group.scalar_bytes


def proof_from(shape, points, scalars):
    """The proof whose elements and scalars stand in the order of Form."""
    elements, numbers = iter([[(1, point)] for point in points]), iter(scalars)

    def some(count):
        return [next(elements) for _ in range(count)]

    def values(count):
        return [next(numbers) for _ in range(count)]

    m, n, w, hadamard = shape.m, shape.n, shape.width, None
    c_A, c_B = some(m), some(m)
    if m > 1:
        c_p, (c_a0, c_bm), c_d = some(m - 1), some(2), some(2 * m)
        zero = Part(c_a0=c_a0, c_bm=c_bm, c_d=c_d, a=values(n), b=values(n), r=next(numbers), s=next(numbers),
                    t=next(numbers))
        hadamard = Part(c_p=c_p[:-1], c_b=c_p[-1], zero=zero)
    c_d, c_delta, c_Delta = some(3)
    single = Part(c_d=c_d, c_delta=c_delta, c_Delta=c_Delta, a=values(n), b=values(n - 2), r=next(numbers),
                  s=next(numbers))
    multi = Part(c_a0=next(elements), c_b=some(2 * m - 1), E=[some(2 * w) for _ in range(2 * m - 1)], a=values(n),
                 r=next(numbers), b=values(w), s=next(numbers), tau=values(w))
    return Part(c_A=c_A, c_B=c_B, product=Part(hadamard=hadamard, single=single), multi=multi)


def parse(group, shape, data):
    """The proof of these bytes, or Failed."""
    form, size = Form(shape), group.element_bytes
    if len(data) != form.size(group):
        raise Failed("structure: proof length")
    cut = len(form.elements) * size
    try:
        points = [group.decode(data[i:i + size]) for i in range(0, cut, size)]
        scalars = [group.decode_scalar(data[i:i + group.scalar_bytes]) for i in range(cut, len(data), group.scalar_bytes)]
    except InvalidElement as error:
        raise Failed("membership: " + str(error)) from None
    return proof_from(shape, points, scalars)


class Bases:
    """H and G_i of one election."""

    def __init__(self, derive):
        self.blind, self._derive, self._bases = derive("blind", 1), derive, []

    def first(self, count):
        while len(self._bases) < count:
            self._bases.append(self._derive("shuffle/G", len(self._bases) + 1))
        return self._bases[:count]


def cut(group, ciphertexts):
    """The bytes of every element, in order."""
    size = group.element_bytes
    return [c[i:i + size] for c in ciphertexts for i in range(0, len(c), size)]


def filled(group, shape, ciphertexts):
    """With Enc(0; 0) up to m·n."""
    return ciphertexts + [group.identity_bytes * 2 * shape.width] * (shape.total - shape.size)


def equations(context, shape, bases, inputs, outputs, proof, group=RISTRETTO255):
    """The equations of 48.8; Failed if they cannot be written down.

    inputs: N ciphertexts, outputs: m·n, each the bytes of its 2w elements; proof: bytes.
    """
    width = 2 * shape.width * group.element_bytes
    if len(inputs) != shape.size or len(outputs) != shape.total:
        raise Failed("structure: number of ciphertexts")
    if any(len(c) != width for c in inputs + outputs):
        raise Failed("structure: width of a ciphertext")
    if context.key == group.identity_bytes:
        raise Failed("identity: K")
    before, after = cut(group, inputs), cut(group, outputs)
    if group.identity_bytes in before[::2] or group.identity_bytes in after[::2]:
        raise Failed("identity: an alpha")
    if set(before[::2]) & set(after[::2]):
        raise Failed("unchanged: an output alpha is an input alpha")
    parsed = parse(group, shape, proof)
    before = cut(group, filled(group, shape, inputs))
    try:
        points = [group.decode(element) for element in before + after]
        key = group.decode(context.key)
    except InvalidElement as error:
        raise Failed("membership: " + str(error)) from None
    step = 2 * shape.width
    lists = [points[i:i + step] for i in range(0, len(points), step)]
    native = Native(context.transcript(group, shape, before, after))
    argument = Argument(group, bases.blind, bases.first(max(shape.n, shape.width)),
                        native_layout(group, key, shape.width), native)
    return argument.shuffle(shape, lists[:shape.total], lists[shape.total:], parsed)


def list_hash(ciphertexts):
    """The hash of a list of ciphertexts, by which the next stage names it (48.2)."""
    return hash32("shuffle/list", u32(len(ciphertexts)), *ciphertexts)

