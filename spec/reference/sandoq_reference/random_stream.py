"""Deterministic bytes from a seed: test vectors and made records only, never a real election."""

from .group import encode, map_to_group
from .hashing import frame, sha512, u64, wide


class RandomStream:
    def __init__(self, seed):
        self.seed = seed
        self._counter = 0
        self._left = b""

    def bytes(self, count):
        while len(self._left) < count:
            self._left += sha512(b"sandoq-1/test-stream", frame(self.seed.encode("utf-8")), u64(self._counter))
            self._counter += 1
        out, self._left = self._left[:count], self._left[count:]
        return out

    def scalar(self):
        return wide(self.bytes(64))

    def nonzero(self):
        return self.scalar() or 1

    def element(self):
        """A random element whose logarithm nobody knows."""
        return encode(map_to_group(self.bytes(64)))

    def below(self, bound):
        return int.from_bytes(self.bytes(8), "little") % bound

    def fork(self, label):
        return RandomStream(f"{self.seed}/{label}")
