"""Vectors of section 30: a list of operations on one transcript, with what each yields."""

from ..hashing import scalar_bytes
from ..random_stream import RandomStream
from ..transcript import Nonces, Transcript, weight
from .section import Section, plain


def _run(label, operations):
    """The operations with their results filled in."""
    transcript, out = Transcript(label), []
    for operation in operations:
        name, args = operation[0], operation[1:]
        entry = {"op": name, "label": args[0]}
        if name in ("scalar", "scalars"):
            values = args[1] if name == "scalars" else [args[1]]
            getattr(transcript, f"append_{name}")(args[0], args[1])
            blocks = [scalar_bytes(value) for value in values]
            entry["data"] = plain(blocks if name == "scalars" else blocks[0])
        elif name in ("bytes", "integer", "element", "elements"):
            getattr(transcript, f"append_{name}")(args[0], args[1])
            entry["data"] = plain(args[1])
        elif name == "challenge":
            entry["result"] = plain(scalar_bytes(transcript.challenge(args[0])))
        else:
            entry["result"] = plain(transcript.fork(args[0]))
        out.append(entry)
    return out


def make():
    section = Section("30", "30-transcript/vectors/transcript.json")
    stream = RandomStream("30/transcript")

    def run(comment, label, *operations):
        section.add(comment, "transcript", transcript=label, operations=_run(label, operations))

    run("nothing absorbed", "sandoq-1/test", ("fork", "state"), ("challenge", "c"))
    run("two challenges at one stage", "sandoq-1/test", ("bytes", "a", b"abc"), ("challenge", "y"), ("challenge", "w"),
        ("fork", "state"))
    run("a fork changes nothing", "sandoq-1/test", ("bytes", "a", b"abc"), ("fork", "nonce"), ("challenge", "y"),
        ("challenge", "w"), ("fork", "state"))
    run("empty data", "sandoq-1/test", ("bytes", "a", b""), ("elements", "b", []), ("scalars", "c", []), ("challenge", "c"))
    run("the same bytes under another type", "sandoq-1/test", ("bytes", "a", bytes(8)), ("challenge", "c"))
    run("the same bytes under another type, integer", "sandoq-1/test", ("integer", "a", 0), ("challenge", "c"))
    for index in range(4):
        run("all types", "sandoq-1/test/all", ("integer", "n", stream.below(1 << 63)), ("integer", "max", 2**64 - 1),
            ("scalar", "s", stream.scalar()), ("element", "e", stream.element()),
            ("scalars", "ss", [stream.scalar() for _ in range(index)]),
            ("elements", "es", [stream.element() for _ in range(index + 1)]),
            ("bytes", "data", stream.bytes(50 * index)), ("challenge", "x"), ("fork", "weights"), ("bytes", "more", b"\1"),
            ("challenge", "x"), ("challenge", "x"))
    for size in (0, 1, 32, 64):
        transcript = Transcript("sandoq-1/test")
        absorbed, witness, seed = stream.bytes(40), stream.bytes(size), stream.bytes(32)
        transcript.append_bytes("statement", absorbed)
        nonces = Nonces(transcript, witness, seed)
        section.add("prover nonces after one record (0x01, statement)", "nonces", transcript="sandoq-1/test",
                    statement=absorbed, witness=witness, seed=seed, fork=transcript.fork("nonce"),
                    nonces=[scalar_bytes(nonces[i]) for i in range(6)])
    for digest in (bytes(64), stream.bytes(64)):
        section.add("public weights, 16 bytes little-endian each", "weights", digest=digest,
                    weights=[weight(digest, i).to_bytes(16, "little") for i in range(8)])
    stream = RandomStream("30/cut")
    element, other = stream.element(), stream.element()
    alike = [(("bytes", "a", b"abc"), ("bytes", "b", b"de")), (("bytes", "a", b"abcd"), ("bytes", "b", b"e")),
             (("bytes", "a", b"abcde"), ("bytes", "b", b"")), (("bytes", "a", b"abcde"),),
             (("elements", "es", [element, other]), ("elements", "es", [])),
             (("elements", "es", [element]), ("elements", "es", [other])),
             (("element", "es", element), ("element", "es", other)), (("bytes", "es", element + other),)]
    for parts in alike:
        run("the same bytes cut or typed differently", "sandoq-1/test", *parts, ("challenge", "c"))
    assert len({vector["operations"][-1]["result"] for vector in section.vectors[-len(alike):]}) == len(alike)
    return section
