"""The slot proof of a contest (spec 46)."""

from .equations import Failed
from .group import (GENERATOR, IDENTITY_BYTES, ORDER, InvalidElement, add, decode, decode_scalar, derived_base, encode,
                    multiply_generator)
from .hashing import scalar_bytes, u32
from .msm import multi_multiply
from .transcript import Nonces


class Shape:
    """What 46.2 derives from the limits of a contest."""

    packed, width = False, 1

    def __init__(self, options, most, least, blank):
        self.options, self.slots, self.least, self.blank = options, most, least, blank
        self.digits = options.bit_length()
        self.ranges = most + 1 + (1 if least else 0)
        self.constraints = self.ranges + (1 if blank else 0)
        used = self.ranges * self.digits + (1 if blank else 0)
        self.bits, self.rounds = 1, 0
        while self.bits < used:
            self.bits *= 2
            self.rounds += 1
        self.ciphertexts = most + (1 if blank else 0)

    def weights(self, u):
        """W_1 ... W_N of 46.5, step 2."""
        out = [0] * self.bits
        power = u * u % ORDER
        for j in range(self.ranges):
            for i in range(self.digits):
                out[j * self.digits + i] = (power << i) % ORDER
            power = power * u % ORDER
        if self.blank:
            out[self.ranges * self.digits] = power
        return out

    def values(self, codes, blank, constant=1):
        """d_0 ... d_(R-1), then z; with constant 0 the linear forms without their constants."""
        out = [codes[0] - self.options * blank - constant]
        out += [codes[j + 1] - codes[j] - constant for j in range(self.slots - 1)]
        out.append((self.options + self.slots) * constant - codes[-1])
        if self.least:
            out.append(self.options * constant + self.least * blank - codes[self.least - 1])
        return out + ([blank] if self.blank else [])

    def proof_size(self):
        return 6 * 32 + 4 + self.rounds * 64 + 7 * 32


def codes_of(shape, chosen):
    """c_1 ... c_k and z of the options that were chosen, counted from 1 (46.1)."""
    codes = sorted(chosen)
    return codes + [shape.options + j for j in range(len(codes) + 1, shape.slots + 1)], 0 if chosen else 1


class Bases:
    """H, G_i, R_i and U of one election, derived on demand (46.3)."""

    def __init__(self, e0):
        self.e0 = e0
        self.blind = derived_base(e0, "blind", 1)
        self.inner = derived_base(e0, "vec/U", 1)
        self._rows = {"vec/G": [], "vec/R": []}

    def row(self, label, count):
        row = self._rows[label]
        while len(row) < count:
            row.append(derived_base(self.e0, label, len(row) + 1))
        return row[:count]


def code_bytes(codes, blank):
    return b"".join(u32(c % 2**32) for c in codes) + bytes([blank & 255])


def encryption_nonces(context, shape, codes, blank, seed):
    """r_1 ... r_k, and that of Z, of a ballot (46.5)."""
    nonces = Nonces(context.transcript("sandoq-1/encrypt"), code_bytes(codes, blank), seed)
    return [nonces[i] for i in range(shape.ciphertexts)]


def encrypt(key_table, shape, codes, blank, nonces):
    """The ciphertexts, 64 bytes each."""
    values = codes + ([blank] if shape.blank else [])
    return [encode(multiply_generator(r)) + encode(add(key_table.multiply(r), multiply_generator(v)))
            for r, v in zip(nonces, values)]


def statement_transcript(context, shape, ciphertexts):
    """ciphertexts: k values of 64 bytes, then Z's where blanks are counted."""
    out = context.transcript("sandoq-1/slots")
    out.append_integer("options", shape.options)
    out.append_integer("slots", shape.slots)
    out.append_integer("minimum", shape.least)
    out.append_integer("blank", 1 if shape.blank else 0)
    out.append_integer("bits", shape.bits)
    out.append_elements("statement", [c[i:i + 32] for c in ciphertexts for i in (0, 32)])
    return out


def inner_product(left, right):
    return sum(a * b for a, b in zip(left, right)) % ORDER


def powers(base, count):
    out = [1]
    while len(out) < count:
        out.append(out[-1] * base % ORDER)
    return out


def prove(context, shape, bases, key_table, ciphertexts, codes, blank, randomness, seed, trace=None):
    """The proof's wire bytes. Codes and blank may be a lie: the verifier is what is tested with it."""
    q, n = ORDER, shape.bits
    transcript = statement_transcript(context, shape, ciphertexts)
    witness = code_bytes(codes, blank) + b"".join(map(scalar_bytes, randomness))
    nonces = Nonces(transcript, witness, seed)
    alpha, beta, eps, sigma, tau1, tau2 = (nonces[i] for i in range(6))
    s_left = [nonces[6 + i] for i in range(n)]
    s_right = [nonces[6 + n + i] for i in range(n)]
    base_g, base_r = bases.row("vec/G", n), bases.row("vec/R", n)
    values = shape.values(codes, blank)
    left = [values[j] % q >> i & 1 for j in range(shape.ranges) for i in range(shape.digits)]
    left += ([blank] if shape.blank else [])
    left += [0] * (n - len(left))
    right = [bit - 1 for bit in left]

    def commit(blinding, lefts, rights):
        return encode(multi_multiply([(blinding, bases.blind)] + list(zip(lefts, base_g)) + list(zip(rights, base_r))))

    first = [commit(alpha, left, right), commit(beta, s_left, s_right)]
    transcript.append_elements("commit", first)
    y, u = transcript.challenge("y"), transcript.challenge("u")
    y_powers, weights = powers(y, n), shape.weights(u)
    l0 = [a - u for a in left]
    r0 = [p * (a + u) + w for p, a, w in zip(y_powers, right, weights)]
    r1 = [p * s % q for p, s in zip(y_powers, s_right)]
    t1 = inner_product(l0, r1) + inner_product(s_left, r0)
    t2 = inner_product(s_left, r1)
    second = [encode(add(multiply_generator(t1 - eps), multi_multiply([(tau1, bases.blind)]))),
              encode(add(multiply_generator(t2), multi_multiply([(tau2, bases.blind)]))),
              encode(multiply_generator(sigma)),
              encode(add(key_table.multiply(sigma), multiply_generator(eps)))]
    transcript.append_elements("commit-2", second)
    x = transcript.challenge("x")
    a = [(low + x * high) % q for low, high in zip(l0, s_left)]
    b = [(low + x * high) % q for low, high in zip(r0, r1)]
    z_nonce = randomness[shape.slots] if shape.blank else 0
    u_powers = powers(u, shape.constraints + 2)[2:]
    responses = [inner_product(a, b), x * tau1 + x * x * tau2, alpha + x * beta,
                 inner_product(u_powers, values) + x * eps,
                 inner_product(u_powers, shape.values(randomness[:shape.slots], z_nonce, 0)) + x * sigma]
    transcript.append_scalars("responses", [r % q for r in responses])
    c = transcript.challenge("c")
    if trace is not None:
        trace.update(y=y, u=u, x=x, c=c, h=[])
    rounds, (a, b) = fold(transcript, bases, base_g, base_r, powers(pow(y, -1, q), n), a, b, c, trace)
    return (b"".join(first + second) + u32(shape.rounds) + b"".join(rounds)
            + b"".join(map(scalar_bytes, responses + [a, b])))


def fold(transcript, bases, base_g, base_r, r_scale, a, b, c, trace):
    """Step 6 of 46.5: L and R of every round as bytes, then what is left of a and b."""
    q = ORDER
    out = []
    g_rows, r_rows = [[(i, 1)] for i in range(len(a))], [[(i, s)] for i, s in enumerate(r_scale)]

    def terms(scalars, rows, points):
        return [(s * f % q, points[i]) for s, row in zip(scalars, rows) for i, f in row]

    def scaled(factor, row):
        return [(i, factor * f % q) for i, f in row]

    while len(a) > 1:
        half = len(a) // 2
        pair = []
        for mine, other in ((0, half), (half, 0)):  # L takes the lower half of a, R the upper
            a_part, b_part = a[mine:mine + half], b[other:other + half]
            pair.append(encode(multi_multiply(
                terms(a_part, g_rows[other:other + half], base_g) + terms(b_part, r_rows[mine:mine + half], base_r)
                + [(inner_product(a_part, b_part) * c, bases.inner)])))
        transcript.append_elements("round", pair)
        h = transcript.challenge("h")
        if trace is not None:
            trace["h"].append(h)
        inverse = pow(h, -1, q)
        a = [(h * low + inverse * high) % q for low, high in zip(a[:half], a[half:])]
        b = [(inverse * low + h * high) % q for low, high in zip(b[:half], b[half:])]
        g_rows = [scaled(inverse, low) + scaled(h, high) for low, high in zip(g_rows[:half], g_rows[half:])]
        r_rows = [scaled(h, low) + scaled(inverse, high) for low, high in zip(r_rows[:half], r_rows[half:])]
        out += pair
    return out, (a[0], b[0])


class Proof:
    """The parsed wire form: elements as bytes (A, S, T1, T2, E, then L, R of every round) and seven scalars."""

    def __init__(self, data, shape):
        if len(data) != shape.proof_size():
            raise Failed("structure: proof length")
        if data[192:196] != u32(shape.rounds):
            raise Failed("structure: number of rounds")
        split = 196 + 64 * shape.rounds
        self.elements = [data[i:i + 32] for i in (*range(0, 192, 32), *range(196, split, 32))]
        try:
            (self.t_hat, self.tau_x, self.mu, self.f, self.z_e, self.a, self.b) = (
                decode_scalar(data[i:i + 32]) for i in range(split, len(data), 32))
        except InvalidElement as error:
            raise Failed("membership: " + str(error)) from None

    def rounds(self):
        return [self.elements[i:i + 2] for i in range(6, len(self.elements), 2)]


def slot_scalars(shape, u):
    """The scalars of C_1 ... C_k, Z (0 without blanks) and of the constant in sum of u^(2+j) D_j."""
    terms = powers(u, shape.constraints + 2)[2:]
    slots, blank, constant = [0] * shape.slots, 0, 0
    slots[0] += terms[0]
    blank -= shape.options * terms[0]
    constant -= terms[0]
    for j in range(1, shape.slots):
        slots[j] += terms[j]
        slots[j - 1] -= terms[j]
        constant -= terms[j]
    slots[-1] -= terms[shape.slots]
    constant += (shape.options + shape.slots) * terms[shape.slots]
    if shape.least:
        slots[shape.least - 1] -= terms[shape.slots + 1]
        blank += shape.least * terms[shape.slots + 1]
        constant += shape.options * terms[shape.slots + 1]
    if shape.blank:
        blank += terms[-1]
    return [s % ORDER for s in slots], blank % ORDER, constant % ORDER


def equations(context, shape, bases, key_point, ciphertexts, proof, points=None):
    """The four equations of 46.6, in order; Failed if they cannot be written down.

    points: decoded elements of the ciphertexts and of the proof, in order, if already known.
    """
    q, n = ORDER, shape.bits
    if len(ciphertexts) != shape.ciphertexts:
        raise Failed("structure: number of ciphertexts")
    if context.key == IDENTITY_BYTES:
        raise Failed("identity: K")
    for index, ciphertext in enumerate(ciphertexts, 1):
        if ciphertext[:32] == IDENTITY_BYTES:
            raise Failed(f"identity: alpha of ciphertext {index}")
    parsed = Proof(proof, shape)
    if points is None:
        try:
            points = [decode(c[i:i + 32]) for c in ciphertexts for i in (0, 32)]
            points += [decode(element) for element in parsed.elements]
        except InvalidElement as error:
            raise Failed("membership: " + str(error)) from None
    commit_a, commit_s, commit_t1, commit_t2, e_alpha, e_beta, *lr = points[2 * shape.ciphertexts:]
    transcript = statement_transcript(context, shape, ciphertexts)
    transcript.append_elements("commit", parsed.elements[:2])
    y, u = transcript.challenge("y"), transcript.challenge("u")
    transcript.append_elements("commit-2", parsed.elements[2:6])
    x = transcript.challenge("x")
    transcript.append_scalars("responses", [parsed.t_hat, parsed.tau_x, parsed.mu, parsed.f, parsed.z_e])
    c = transcript.challenge("c")
    h = []
    for pair in parsed.rounds():
        transcript.append_elements("round", pair)
        h.append(transcript.challenge("h"))
    if not all((y, u, x, c, *h)):
        raise Failed("challenge is zero")
    h_inverse = [pow(value, -1, q) for value in h]
    s = [1]
    for value, inverse in zip(h, h_inverse):
        s = [entry * factor % q for entry in s for factor in (inverse, value)]
    weights = shape.weights(u)
    y_powers, y_inverse = powers(y, n), powers(pow(y, -1, q), n)
    kappa = (u - u * u) * sum(y_powers) - u * sum(weights)
    slots, blank, constant = slot_scalars(shape, u)
    scalars = slots + ([blank] if shape.blank else [])
    return [
        [(parsed.t_hat - kappa - parsed.f, GENERATOR), (parsed.tau_x, bases.blind), (-x, commit_t1), (-x * x, commit_t2)],
        [(v, points[2 * i]) for i, v in enumerate(scalars)] + [(x, e_alpha), (-parsed.z_e, GENERATOR)],
        [(v, points[2 * i + 1]) for i, v in enumerate(scalars)]
        + [(x, e_beta), (-parsed.z_e, key_point), (constant - parsed.f, GENERATOR)],
        [(1, commit_a), (x, commit_s), (-parsed.mu, bases.blind)]
        + [(v * v, lr[2 * i]) for i, v in enumerate(h)] + [(v * v, lr[2 * i + 1]) for i, v in enumerate(h_inverse)]
        + [(c * (parsed.t_hat - parsed.a * parsed.b), bases.inner)]
        + [(-(u + parsed.a * v), g) for v, g in zip(s, bases.row("vec/G", n))]
        + [(u + p * (w - parsed.b * v), r) for p, w, v, r in
           zip(y_inverse, weights, reversed(s), bases.row("vec/R", n))],
    ]
