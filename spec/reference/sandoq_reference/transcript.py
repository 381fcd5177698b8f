"""The typed transcript, prover nonces and public weights (spec 30)."""

import hashlib

from .hashing import frame, hash64, scalar_bytes, sha512, u8, u32, u64, wide

BYTES, INTEGER, SCALAR, ELEMENT, SCALARS, ELEMENTS = 0x01, 0x02, 0x03, 0x04, 0x05, 0x06
SQUEEZE, SQUEEZED, FORK = 0x10, 0x11, 0x12


class Transcript:
    """A running hash; elements and scalars are absorbed as their 32 bytes."""

    def __init__(self, label):
        self._hash = hashlib.sha512(frame(b"sandoq-1/transcript") + frame(label.encode("ascii")))

    @staticmethod
    def _record(kind, label, data):
        return u8(kind) + frame(label.encode("ascii")) + frame(data)

    def _append(self, kind, label, data):
        self._hash.update(self._record(kind, label, data))

    def append_bytes(self, label, data):
        self._append(BYTES, label, data)

    def append_integer(self, label, value):
        self._append(INTEGER, label, u64(value))

    def append_scalar(self, label, value):
        self._append(SCALAR, label, scalar_bytes(value))

    def append_element(self, label, element):
        self._append(ELEMENT, label, element)

    def append_scalars(self, label, values):
        self._append(SCALARS, label, u32(len(values)) + b"".join(map(scalar_bytes, values)))

    def append_elements(self, label, elements):
        self._append(ELEMENTS, label, u32(len(elements)) + b"".join(elements))

    def squeeze(self, label):
        """The 64 bytes behind a challenge."""
        self._append(SQUEEZE, label, b"")
        digest = self._hash.digest()
        self._append(SQUEEZED, label, digest)
        return digest

    def challenge(self, label):
        """A scalar; 0 makes the proof invalid, which the caller checks."""
        return wide(self.squeeze(label))

    def nonces(self, witness, seed):
        return Nonces(self, witness, seed)

    def fork(self, label):
        branch = self._hash.copy()
        branch.update(self._record(FORK, label, b""))
        return branch.digest()

    def copy(self):
        other = Transcript.__new__(Transcript)
        other._hash = self._hash.copy()
        return other

    def digest(self):
        """SHA-512 of everything so far (for test vectors)."""
        return self._hash.copy().digest()


class Nonces:
    """nonce_i of 30.4; made after the whole statement has been absorbed."""

    def __init__(self, transcript, witness, seed):
        self._key = hash64("nonce", frame(transcript.fork("nonce")), frame(witness), frame(seed))

    def __getitem__(self, index):
        return wide(self.octets(index, 1))

    def octets(self, index, blocks):
        """block_index,0 ‖ ... : as many as the order of the group needs."""
        prefix = frame(b"sandoq-1/nonce") + self._key + u32(index)
        return b"".join(sha512(prefix, u32(j) if j else b"") for j in range(blocks))


def weight(digest, index):
    """weight_i of 30.5, a 128-bit integer, from a 64-byte fork or seed."""
    return int.from_bytes(sha512(frame(b"sandoq-1/weights"), digest, u32(index))[:16], "little")


class BatchWeights:
    """The weights of a batch of items with these hashes (40.10)."""

    def __init__(self, election, hashes, tag="batch"):
        self.seed = hash64(tag, election, u32(len(hashes)), *hashes)

    def weight(self, item, equation):
        """item counts from 1, equation from 0."""
        digest = sha512(frame(b"sandoq-1/weights"), self.seed, u32(item), u32(equation))
        return int.from_bytes(digest[:16], "little")
