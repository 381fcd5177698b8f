"""The bit-vector proof of a contest (spec 45)."""

from .equations import Failed
from .group import (GENERATOR, IDENTITY, IDENTITY_BYTES, ORDER, FixedBase, InvalidElement, add, decode,
                    decode_scalar, derived_base, encode, multiply_generator)
from .hashing import scalar_bytes, u32
from .transcript import Nonces, Transcript


def slack_weights(most, least):
    left, out, power = most - least, [], 1
    while left:
        out.append(min(power, left))
        left -= out[-1]
        power *= 2
    return out


def contest_weights(codes, most, least, blank, heavy=0):
    """u_1 ... u_N and n' (45.1); heavy: how many codes, the last ones, have the weight of blank."""
    weights = [1] * (codes - heavy) + [most] * (heavy + bool(blank))
    return weights + slack_weights(most, least), len(weights)


def slack_bits(weights, ciphertexts, choices, most):
    """The canonical slack bits, or None if the choices are not within the limits."""
    left = most - sum(u * m for u, m in zip(weights[:ciphertexts], choices))
    bits = []
    for v in reversed(weights[ciphertexts:]):
        bits.append(1 if 0 < v <= left else 0)
        left -= v * bits[-1]
    return None if left else bits[::-1]


class Bases:
    """H and G_i of one election, derived on demand."""

    def __init__(self, e0):
        self.e0 = e0
        self.blind = derived_base(e0, "blind", 1)
        self._vector = []
        self._tables = {}

    def vector(self, index):
        while len(self._vector) < index:
            self._vector.append(derived_base(self.e0, "vec/G", len(self._vector) + 1))
        return self._vector[index - 1]

    def multiply_vector(self, index, scalar):
        return self._table(index).multiply(scalar)

    def multiply_blind(self, scalar):
        return self._table(0).multiply(scalar)

    def _table(self, index):
        if index not in self._tables:
            self._tables[index] = FixedBase(self.vector(index) if index else self.blind)
        return self._tables[index]


class Context:
    """The ballot context of one contest of one ballot (45.3)."""

    FIELDS = ("e1", "domain", "key", "contest", "descriptor", "branch", "device", "serial", "style", "digits")

    def __init__(self, **values):
        for name in self.FIELDS:
            setattr(self, name, values.pop(name))
        if values:
            raise TypeError(f"unknown fields {sorted(values)}")

    def copy(self):
        return Context(**{name: getattr(self, name) for name in self.FIELDS})

    def transcript(self, label):
        """A transcript with the twelve records of the ballot context."""
        out = Transcript(label)
        out.append_integer("version", 1)
        out.append_bytes("suite", b"sandoq-1")
        out.append_bytes("e1", self.e1)
        out.append_integer("domain", self.domain)
        out.append_element("K", self.key)
        out.append_bytes("contest", self.contest)
        out.append_bytes("descriptor", self.descriptor)
        for name in ("branch", "device", "serial", "style", "digits"):
            out.append_integer(name, getattr(self, name))
        return out


class Shape:
    """Weights, n' and L of a contest."""

    def __init__(self, codes, most, least, blank, heavy=0):
        self.most = most
        self.weights, self.ciphertexts = contest_weights(codes, most, least, blank, heavy)
        self.bits = len(self.weights)

    def proof_size(self):
        return 6 * 32 + 4 + (self.bits - 1) * 32 + 3 * 32


def statement_transcript(context, shape, ciphertexts):
    """ciphertexts: n' values of 64 bytes."""
    out = context.transcript("sandoq-1/bit-vector")
    out.append_integer("ciphertexts", shape.ciphertexts)
    out.append_integer("bits", shape.bits)
    out.append_integer("limit", shape.most)
    out.append_bytes("weights", u32(shape.bits) + b"".join(map(u32, shape.weights)))
    out.append_elements("statement", [c[i:i + 32] for c in ciphertexts for i in (0, 32)])
    return out


def encryption_nonces(context, choices, seed):
    """r_1 ... r_n' of a ballot (52.4)."""
    nonces = Nonces(context.transcript("sandoq-1/encrypt"), bytes(choices), seed)
    return [nonces[i] for i in range(len(choices))]


def prove(context, shape, bases, key_table, ciphertexts, bits, randomness, seed, trace=None):
    """The proof's wire bytes. `bits` may be a lie: the verifier is what is tested with it."""
    n, total, q = shape.ciphertexts, shape.bits, ORDER
    transcript = statement_transcript(context, shape, ciphertexts)
    nonces = Nonces(transcript, bytes(b & 255 for b in bits) + b"".join(map(scalar_bytes, randomness)), seed)
    rho, alpha, tau1, tau0, sigma = (nonces[i] for i in range(5))
    mask = [nonces[5 + i] for i in range(total - 1)]
    mask.insert(0, -sum(u * a for u, a in zip(shape.weights[1:], mask)) % q)

    def commit(blinding, values):
        point = bases.multiply_blind(blinding)
        for index, value in enumerate(values, 1):
            if value:
                point = add(point, bases.multiply_vector(index, value))
        return encode(point)

    first = [commit(rho, bits), commit(alpha, mask)]
    transcript.append_elements("commit", first)
    y, w = transcript.challenge("y"), transcript.challenge("w")
    t1 = sum(pow(y, i, q) * a * (1 - 2 * b) for i, (a, b) in enumerate(zip(mask, bits), 1))
    t0 = -sum(pow(y, i, q) * a * a for i, a in enumerate(mask, 1))
    masked = sum(pow(w, i, q) * a for i, a in enumerate(mask[:n], 1))
    second = [encode(add(multiply_generator(t1), bases.multiply_blind(tau1))),
              encode(add(multiply_generator(t0), bases.multiply_blind(tau0))),
              encode(multiply_generator(sigma)),
              encode(add(key_table.multiply(sigma), multiply_generator(masked)))]
    transcript.append_elements("commit-2", second)
    x = transcript.challenge("x")
    responses = [x * b + a for a, b in zip(mask, bits)][1:]
    z_e = x * sum(pow(w, i, q) * r for i, r in enumerate(randomness, 1)) + sigma
    if trace is not None:
        trace.update(y=y, w=w, x=x)
    return (b"".join(first + second) + u32(total - 1) + b"".join(map(scalar_bytes, responses))
            + b"".join(map(scalar_bytes, (x * rho + alpha, x * tau1 + tau0, z_e))))


class Proof:
    """The parsed wire form: six elements as bytes, responses f_2.., three scalars."""

    def __init__(self, data, bits):
        if len(data) != 6 * 32 + 4 + (bits - 1) * 32 + 96:
            raise Failed("structure: proof length")
        if data[192:196] != u32(bits - 1):
            raise Failed("structure: number of responses")
        self.elements = [data[i:i + 32] for i in range(0, 192, 32)]
        try:
            scalars = [decode_scalar(data[i:i + 32]) for i in range(196, len(data), 32)]
        except InvalidElement as error:
            raise Failed("membership: " + str(error)) from None
        self.responses = scalars[:-3]
        self.z_b, self.z_t, self.z_e = scalars[-3:]


def equations(context, shape, bases, key_point, ciphertexts, proof, points=None):
    """The four equations of 45.5, in order; Failed if they cannot be written down.

    points: decoded α_1, β_1, ..., α_n', β_n' and the six elements of the proof, if already known.
    """
    n, q = shape.ciphertexts, ORDER
    if len(ciphertexts) != n:
        raise Failed("structure: number of ciphertexts")
    if context.key == IDENTITY_BYTES:
        raise Failed("identity: K")
    for index, ciphertext in enumerate(ciphertexts, 1):
        if ciphertext[:32] == IDENTITY_BYTES:
            raise Failed(f"identity: alpha of ciphertext {index}")
    parsed = Proof(proof, shape.bits)
    if points is None:
        try:
            points = [decode(c[i:i + 32]) for c in ciphertexts for i in (0, 32)]
            points += [decode(element) for element in parsed.elements]
        except InvalidElement as error:
            raise Failed("membership: " + str(error)) from None
    commit_b, commit_a, commit_t1, commit_t0, e_alpha, e_beta = points[2 * n:]
    transcript = statement_transcript(context, shape, ciphertexts)
    transcript.append_elements("commit", parsed.elements[:2])
    y, w = transcript.challenge("y"), transcript.challenge("w")
    transcript.append_elements("commit-2", parsed.elements[2:])
    x = transcript.challenge("x")
    if not (y and w and x):
        raise Failed("challenge is zero")
    f = [(shape.most * x - sum(u * v for u, v in zip(shape.weights[1:], parsed.responses))) % q]
    f += parsed.responses
    quadratic, power = 0, 1
    for value in f:
        power = power * y % q
        quadratic += power * value * (x - value)
    powers = [w]
    for _ in range(n - 1):
        powers.append(powers[-1] * w % q)
    linear = sum(p * v for p, v in zip(powers, f))
    return [
        [(x, commit_b), (1, commit_a), (-parsed.z_b, bases.blind)]
        + [(-value, bases.vector(i)) for i, value in enumerate(f, 1)],
        [(x, commit_t1), (1, commit_t0), (-quadratic, GENERATOR), (-parsed.z_t, bases.blind)],
        [(x * p, points[2 * i]) for i, p in enumerate(powers)] + [(1, e_alpha), (-parsed.z_e, GENERATOR)],
        [(x * p, points[2 * i + 1]) for i, p in enumerate(powers)]
        + [(1, e_beta), (-parsed.z_e, key_point), (-linear, GENERATOR)],
    ]
