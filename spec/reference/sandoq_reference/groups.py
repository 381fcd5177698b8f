"""ristretto255 as an object with the interface of IntegerGroup, for proofs that run in every group."""

from . import group, hashing
from .msm import multi_multiply


class Ristretto255:
    name = "ristretto255"
    order = group.ORDER
    element_bytes = scalar_bytes = 32
    nonce_blocks = 1
    generator = group.GENERATOR
    identity_bytes = group.IDENTITY_BYTES
    encode = staticmethod(group.encode)
    decode = staticmethod(group.decode)
    decode_cached = staticmethod(group.decode_cached)
    encode_scalar = staticmethod(hashing.scalar_bytes)
    decode_scalar = staticmethod(group.decode_scalar)
    is_identity = staticmethod(group.is_identity)
    negate = staticmethod(group.negate)
    sum_of_multiples = staticmethod(multi_multiply)

    def reduce(self, data):
        """64 bytes, little-endian, modulo q."""
        return int.from_bytes(data, "little") % self.order


RISTRETTO255 = Ristretto255()
