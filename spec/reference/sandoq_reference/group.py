"""ristretto255 (spec 10, RFC 9496) on extended coordinates (X, Y, Z, T) of plain integers."""

from functools import lru_cache

from .hashing import ORDER, frame, sha512, u32

P = 2**255 - 19
D = -121665 * pow(121666, P - 2, P) % P
TWO_D = 2 * D % P
SQRT_M1 = pow(2, (P - 1) // 4, P)
_EXPONENT = (P - 5) // 8

IDENTITY = (0, 1, 1, 0)
IDENTITY_BYTES = bytes(32)


class InvalidElement(ValueError):
    """The bytes are no element, or no scalar, of the group."""


def sqrt_ratio(u, v):
    """(was_square, r): r = sqrt(u/v), or sqrt(i·u/v) if u/v is no square; r even."""
    v3 = v * v % P * v % P
    r = u * v3 % P * pow(u * v3 % P * v3 % P * v % P, _EXPONENT, P) % P
    check = v * r % P * r % P
    u %= P
    minus_u = P - u if u else 0
    correct = check == u
    flipped = check == minus_u
    flipped_i = check == minus_u * SQRT_M1 % P
    if flipped or flipped_i:
        r = r * SQRT_M1 % P
    if r & 1:
        r = P - r
    return correct or flipped, r


SQRT_AD_MINUS_ONE = P - sqrt_ratio((-D - 1) % P, 1)[1]  # RFC 9496 fixes the odd root
INVSQRT_A_MINUS_D = sqrt_ratio(1, (-1 - D) % P)[1]
ONE_MINUS_D_SQ = (1 - D * D) % P
D_MINUS_ONE_SQ = (D - 1) * (D - 1) % P


def decode(data):
    """The element with these 32 bytes; InvalidElement if there is none (the identity is an element)."""
    s = int.from_bytes(data, "little")
    if len(data) != 32 or s >= P or s & 1:
        raise InvalidElement("not a canonical element encoding")
    ss = s * s % P
    u1 = (1 - ss) % P
    u2 = (1 + ss) % P
    u2_sqr = u2 * u2 % P
    v = (-(D * u1 % P * u1) - u2_sqr) % P
    w = v * u2_sqr % P
    # 1/sqrt(w): r = w^3 (w^7)^((p-5)/8), up to a fourth root of unity
    w3 = w * w % P * w % P
    r = w3 * pow(w3 * w3 % P * w % P, _EXPONENT, P) % P
    check = w * r % P * r % P
    if check == P - 1:
        r = r * SQRT_M1 % P
    elif check != 1:
        raise InvalidElement("not an element of the group")
    den_x = r * u2 % P
    x = 2 * s * den_x % P
    if x & 1:
        x = P - x
    y = u1 * r % P * den_x % P * v % P
    t = x * y % P
    if t & 1 or y == 0:
        raise InvalidElement("not an element of the group")
    return (x, y, 1, t)


@lru_cache(maxsize=16384)
def decode_cached(data):
    """decode() for elements that come again and again (keys)."""
    return decode(data)


def encode(point):
    x, y, z, t = point
    u1 = (z + y) * (z - y) % P
    u2 = x * y % P
    _, invsqrt = sqrt_ratio(1, u1 * u2 % P * u2 % P)
    den1 = invsqrt * u1 % P
    den2 = invsqrt * u2 % P
    z_inv = den1 * den2 % P * t % P
    if t * z_inv % P & 1:
        x, y = y * SQRT_M1 % P, x * SQRT_M1 % P
        den_inv = den1 * INVSQRT_A_MINUS_D % P
    else:
        den_inv = den2
    if x * z_inv % P & 1:
        y = -y
    s = den_inv * (z - y) % P
    if s & 1:
        s = P - s
    return s.to_bytes(32, "little")


def _map_half(data):
    t = (int.from_bytes(data, "little") & (2**255 - 1)) % P
    r = SQRT_M1 * t % P * t % P
    u = (r + 1) * ONE_MINUS_D_SQ % P
    v = (-1 - r * D) * (r + D) % P
    was_square, s = sqrt_ratio(u, v)
    if was_square:
        c = P - 1
    else:
        s = s * t % P
        if not s & 1:
            s = (P - s) % P
        c = r
    n = (c * (r - 1) % P * D_MINUS_ONE_SQ - v) % P
    w0 = 2 * s * v % P
    w1 = n * SQRT_AD_MINUS_ONE % P
    w2 = (1 - s * s) % P
    w3 = (1 + s * s) % P
    return (w0 * w3 % P, w2 * w1 % P, w1 * w3 % P, w0 * w2 % P)


def map_to_group(digest):
    """The map of RFC 9496 4.3.4 from 64 bytes."""
    if len(digest) != 64:
        raise ValueError("the map takes 64 bytes")
    return add(_map_half(digest[:32]), _map_half(digest[32:]))


def derived_base(e0, label, index):
    """base(label, index) of the election with manifest hash e0 (spec 10.5)."""
    return map_to_group(sha512(frame(b"sandoq-1/base"), frame(e0), frame(label.encode("ascii")), u32(index)))


def add(a, b):
    x1, y1, z1, t1 = a
    x2, y2, z2, t2 = b
    aa = (y1 - x1) * (y2 - x2) % P
    bb = (y1 + x1) * (y2 + x2) % P
    cc = t1 * TWO_D % P * t2 % P
    dd = 2 * z1 * z2 % P
    e, f, g, h = bb - aa, dd - cc, dd + cc, bb + aa
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def double(a):
    x1, y1, z1, _ = a
    aa = x1 * x1 % P
    bb = y1 * y1 % P
    e = ((x1 + y1) * (x1 + y1) - aa - bb) % P
    g = bb - aa
    f = g - 2 * z1 * z1 % P
    h = -aa - bb
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def negate(a):
    return (P - a[0] if a[0] else 0, a[1], a[2], P - a[3] if a[3] else 0)


def subtract(a, b):
    return add(a, negate(b))


def is_identity(a):
    """Any of the four representatives of the identity's coset (spec 10.4)."""
    return a[0] % P == 0 or a[1] % P == 0


def equal(a, b):
    return (a[0] * b[1] - a[1] * b[0]) % P == 0 or (a[1] * b[1] - a[0] * b[0]) % P == 0


def multiply(scalar, point):
    """scalar · point, by windows of four bits (public or not: nothing here is constant time)."""
    scalar %= ORDER
    table = [IDENTITY, point]
    for _ in range(14):
        table.append(add(table[-1], point))
    result = IDENTITY
    for shift in range(scalar.bit_length() + 3 & ~3, -4, -4):
        result = double(double(double(double(result))))
        digit = scalar >> shift & 15
        if digit:
            result = add(result, table[digit])
    return result


class FixedBase:
    """A base with a table of its multiples d·16^w, for many multiplications."""

    def __init__(self, point):
        self.point = point
        self.rows = []
        for _ in range(64):
            row = [IDENTITY]
            for _ in range(15):
                row.append(add(row[-1], point))
            self.rows.append(row)
            point = add(row[-1], point)

    def multiply(self, scalar):
        scalar %= ORDER
        result = IDENTITY
        for row in self.rows:
            digit = scalar & 15
            if digit:
                result = add(result, row[digit])
            scalar >>= 4
            if not scalar:
                break
        return result


def _generator():
    """The point of edwards25519 with y = 4/5 and even x (RFC 9496 4, RFC 8032)."""
    y = 4 * pow(5, P - 2, P) % P
    _, x = sqrt_ratio((y * y - 1) % P, (D * y * y + 1) % P)
    return (x, y, 1, x * y % P)


GENERATOR = _generator()
GENERATOR_BYTES = encode(GENERATOR)
_generator_table = None


def multiply_generator(scalar):
    global _generator_table
    if _generator_table is None:
        _generator_table = FixedBase(GENERATOR)
    return _generator_table.multiply(scalar)


def decode_scalar(data):
    value = int.from_bytes(data, "little")
    if len(data) != 32 or value >= ORDER:
        raise InvalidElement("not a scalar below the group order")
    return value
