"""Multi-scalar multiplication over public values: Pippenger's buckets with signed digits."""

from .group import IDENTITY, ORDER, P, TWO_D, add, double, multiply, negate


def _window(count):
    """The window width with the lowest estimated number of additions."""
    return min(range(2, 14), key=lambda c: -(-254 // c) * (count + 2.6 * (1 << c - 1)))


def _cached(point):
    """(Y + X, Y − X, 2dT, 2Z or 0 for Z = 1): what an addition needs of its second operand."""
    x, y, z, t = point
    return (y + x, y - x, TWO_D * t % P, 0 if z == 1 else 2 * z)


def _digits(scalar, width):
    """Signed digits in −2^(w−1) .. 2^(w−1), lowest first."""
    half, full, mask = 1 << width - 1, 1 << width, (1 << width) - 1
    digits = []
    while scalar:
        digit = scalar & mask
        scalar >>= width
        if digit > half:
            digit -= full
            scalar += 1
        digits.append(digit)
    return digits


def _fill(buckets, entries, level):
    p = P
    for digits, (plus, minus, t2d, z2) in entries:
        if level >= len(digits):
            continue
        digit = digits[level]
        if digit > 0:
            bucket = buckets[digit]
        elif digit < 0:
            digit = -digit
            bucket = buckets[digit]
            plus, minus, t2d = minus, plus, -t2d
        else:
            continue
        if bucket is None:
            bucket = IDENTITY
        x1, y1, z1, t1 = bucket
        a = (y1 - x1) * minus % p
        b = (y1 + x1) * plus % p
        c = t1 * t2d % p
        d = z1 * z2 % p if z2 else z1 + z1
        e = b - a
        f = d - c
        g = d + c
        h = b + a
        buckets[digit] = (e * f % p, g * h % p, f * g % p, e * h % p)


def _collapse(buckets):
    """Σ d · buckets[d]."""
    running = total = None
    for bucket in reversed(buckets):
        if bucket is not None:
            running = bucket if running is None else add(running, bucket)
        if running is not None:
            total = running if total is None else add(total, running)
    return total


def multi_multiply(terms):
    """Σ scalar · point over a list of (scalar, point)."""
    prepared = []
    for scalar, point in terms:
        scalar %= ORDER
        if scalar > ORDER // 2:
            scalar, point = ORDER - scalar, negate(point)
        if scalar:
            prepared.append((scalar, point))
    if not prepared:
        return IDENTITY
    if len(prepared) == 1:
        return multiply(*prepared[0])
    width = _window(len(prepared))
    entries = [(_digits(scalar, width), _cached(point)) for scalar, point in prepared]
    result = None
    for level in range(max(len(digits) for digits, _ in entries) - 1, -1, -1):
        if result is not None:
            for _ in range(width):
                result = double(result)
        # index 0 stays None, so that the collapse below adds each bucket d exactly d times
        buckets = [None] * ((1 << width - 1) + 1)
        _fill(buckets, entries, level)
        part = _collapse(buckets[1:])
        if part is not None:
            result = part if result is None else add(result, part)
    return IDENTITY if result is None else result
