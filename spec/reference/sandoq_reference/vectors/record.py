"""Vectors of section 80: segments, heads, orders of items, good and bad."""

import copy
import io

from ..hashing import hash32
from ..items import HEAD, KIND_OF
from ..layout import StructureError, Value
from ..making.election import Maker
from ..making.journals import quorum
from ..random_stream import RandomStream
from ..segments import SegmentReader, item_bytes, varint
from ..verify.files import Order, expected_names
from .section import Section, changed


def _read(data):
    return [(kind, canonical) for _, kind, canonical in SegmentReader(io.BytesIO(data))]


def _good(section, comment, items):
    data = b"".join(item_bytes(kind, canonical) for kind, canonical in items)
    assert _read(data) == items
    return section.add(comment, "segment", bytes=data, items=[{"kind": k, "canonical": c} for k, c in items])


def _segments(section, stream):
    _good(section, "no items", [])
    _good(section, "empty canonical bytes", [(1, b"")])
    _good(section, "lengths around the edges of varints", [(7, stream.bytes(n)) for n in (1, 122, 123, 124, 127, 128, 129)])
    _good(section, "kinds around the edges of varints", [(kind, b"x") for kind in (1, 127, 128, 16383, 16384, 2**32 - 1)])
    _good(section, "a long item", [(21, stream.bytes(17000))])
    body = stream.bytes(5)
    base = _good(section, "two items", [(22, body), (24, body)])
    one = item_bytes(22, body)
    message = one[1:]
    bad = {
        "cut in the bytes": one[:-1], "cut in the head": one[:3], "only a length": one[:1], "a byte after the item": one + b"\0",
        "kind 0": varint(len(message)) + b"\x08\x00" + message[2:],
        "length not in its shortest form": bytes([len(message) | 128, 0]) + message,
        "kind not in its shortest form": varint(len(message) + 1) + b"\x08\x96\x00" + message[2:],
        "field length not in its shortest form": varint(len(message) + 1) + message[:3] + b"\x85\x00" + body,
        "kind of 33 bits": varint(len(message) + 4) + b"\x08" + varint(2**32) + message[2:],
        "fields in the other order": varint(len(message)) + message[2:] + message[:2],
        "kind missing": varint(len(message) - 2) + message[2:],
        "canonical missing": b"\x02" + message[:2],
        "kind twice": varint(len(message) + 2) + message[:2] + message,
        "canonical twice": varint(2 * len(message) - 2) + message + message[2:],
        "an unknown field": varint(len(message) + 2) + message + b"\x18\x01",
        "kind of wire type 5": varint(len(message) + 3) + b"\x0d\x16\0\0\0" + message[2:],
        "message shorter than its field": varint(len(message) - 1) + message,
        "message longer than its field": varint(len(message) + 1) + message + b"\0",
        "a length of 2^63": varint(2**63) + message, "a length of 2^70": b"\xff" * 10 + b"\x01" + message,
        "a field of 2^40 bytes": varint(2**40 + 9) + b"\x08\x16\x12" + varint(2**40) + body,
        "a field one byte above 16 MiB": varint(2**24 + 8) + b"\x08\x16\x12" + varint(2**24 + 1) + body,
    }
    for comment, data in bad.items():
        _bad(section, comment, base, data)
    return base, one


def _bad(section, comment, base, data):
    try:
        _read(data)
    except StructureError:
        section.add(comment, "segment", "reject", base, "record.items", bytes=data)
    else:
        raise AssertionError(comment)


def _field_numbers(section, base, one):
    """Each of the two fields under another number, all else as it should be."""
    _bad(section, "the kind under another number", base, changed(one, 1, 0x10))
    _bad(section, "the bytes under another number", base, changed(one, 3, 0x08))


def _head_ok(data):
    try:
        return expected_names([entry.name for entry in HEAD.decode(data).files])
    except StructureError:
        return False


def _heads(section, stream):
    maker = Maker("80").run(until="polls")
    names = ["manifest.pb", "ceremony.pb", "ballots-000001.pb", "ballots-000002.pb", "tally.pb", "opening.pb"]
    files = [Value(name=name.encode(), bytes=stream.below(1 << 40), items=stream.below(1 << 32), hash=stream.bytes(32))
             for name in names]
    head = Value(format=1, suite=b"sandoq-1", domain=2, e0=maker.election.e0, e1=maker.e1, cast=stream.below(1 << 40), files=files)
    digest = hash32("head", HEAD.before(head, "quorum"))
    head.quorum = quorum(maker, "head", maker.e1, digest)
    data = HEAD.encode(head)
    assert _head_ok(data)
    boards = [{"threshold": board.threshold, "signing_keys": [t.signing_key for t in board.trustees]}
              for board in maker.election.boards]
    base = section.add("a head with its quorum", "head", bytes=data, names=names, digest=digest, boards=boards)

    def bad(comment, change):
        wrong = copy.deepcopy(head)
        made = change(wrong)
        wrong = made if isinstance(made, bytes) else HEAD.encode(wrong)
        assert not _head_ok(wrong), comment
        section.add(comment, "head", "reject", base, "record.head", bytes=wrong)

    def renamed(index, name):
        return lambda h: setattr(h.files[index], "name", name)

    bad("truncated", lambda h: data[:-1])
    bad("prolonged", lambda h: data + b"\0")
    bad("format 0", lambda h: changed(data, 0))
    bad("another suite", lambda h: changed(data, 8))
    bad("domain 0", lambda h: setattr(h, "domain", 0))
    bad("domain 3", lambda h: setattr(h, "domain", 3))
    bad("no files", lambda h: setattr(h, "files", []))
    bad("no ballot file", lambda h: setattr(h, "files", h.files[:2] + h.files[4:]))
    mixes = [Value(name=b"mix-%06d.pb" % number, bytes=1, items=1, hash=bytes(32)) for number in (1, 2)]
    mixed = copy.deepcopy(head)
    mixed.files[5:5] = mixes
    digest = hash32("head", HEAD.before(mixed, "quorum"))
    mixed.quorum = quorum(maker, "head", maker.e1, digest)
    assert _head_ok(HEAD.encode(mixed))
    section.add("a head with two mix files", "head", bytes=HEAD.encode(mixed), names=[f.name.decode() for f in mixed.files],
                digest=digest, boards=boards)
    bad("mix files before the tally", lambda h: h.files.__setitem__(slice(4, 4), mixes))
    bad("a mix file last of all", lambda h: h.files.append(mixes[0]))
    bad("mix files in the other order", lambda h: h.files.__setitem__(slice(5, 5), mixes[::-1]))
    bad("the first mix file missing", lambda h: h.files.insert(5, mixes[1]))
    bad("a mix file twice", lambda h: h.files.__setitem__(slice(5, 5), [mixes[0], mixes[0]]))
    bad("tally missing", lambda h: h.files.pop(4))
    bad("opening missing", lambda h: h.files.pop(5))
    bad("another order", lambda h: h.files.reverse())
    bad("a file twice", lambda h: h.files.insert(1, h.files[1]))
    bad("the head itself", lambda h: h.files.insert(0, Value(name=b"head.pb", bytes=1, items=1, hash=bytes(32))))
    bad("a gap in the numbers", renamed(3, b"ballots-000003.pb"))
    bad("numbers from 0", renamed(2, b"ballots-000000.pb"))
    bad("five digits", renamed(2, b"ballots-00001.pb"))
    bad("seven digits", renamed(2, b"ballots-0000001.pb"))
    bad("an upper-case name", renamed(0, b"Manifest.pb"))
    bad("a path", renamed(0, b"../manifest.pb"))
    bad("an empty name", renamed(0, b""))
    bad("a name of 65 bytes", renamed(0, b"m" * 65))
    bad("an empty quorum", lambda h: setattr(h, "quorum", []))
    bad("nine boards in the quorum", lambda h: setattr(h, "quorum", [h.quorum[0]] * 9))
    bad("an empty entry of the quorum", lambda h: h.quorum.__setitem__(1, []))


def _order(section):
    """kinds: the items of a file (or of all ballot files, or all mix files), each with the number of items that follow an exclusion."""
    def case(comment, file, names, base=None):
        kinds, order = [], Order(file)
        for name in names.split():
            name, _, items = name.partition(":")
            kinds.append([KIND_OF[name], int(items or 0)])
        try:
            for kind, items in kinds:
                order.take(kind, Value(items=items))
            order.end()
            good = True
        except StructureError:
            good = False
        assert good == (base is None), comment
        return section.add(comment, "order", "reject" if base else "accept", base, "record.items" if base else None,
                           file=file, kinds=kinds)

    c, r, d, f = (f"dkg_{name} dkg_{name} " for name in ("commit", "reveal", "deal", "confirm"))
    k = "election_key"
    one = c + r + d + f
    base = case("one attempt", "ceremony.pb", one + k)
    case("an attempt that failed at a complaint", "ceremony.pb", c + r + d + "dkg_complaint " + one + k)
    case("one that failed at a reveal, then an absence", "ceremony.pb", c + r + "dkg_absence dkg_absence " + one + k)
    case("an attempt without confirmations: for ceremony.complete to say", "ceremony.pb", c + r + k)
    case("a complaint without a deal: for ceremony.complete to say", "ceremony.pb", c + r + "dkg_complaint " + one + k)
    for comment, names in (("an absence after the commits", c + "dkg_absence " + r + d + f + k), ("no reveals", c + d + f + k),
                           ("no election key", one), ("nothing", ""), ("two election keys", one + k + " " + k),
                           ("an attempt after the key", k + " " + one), ("deals before reveals", c + d + r + f + k),
                           ("a complaint after a confirm", one + "dkg_complaint " + k), ("only absences", "dkg_absence " + k)):
        case(comment, "ceremony.pb", names, base)
    vote = "opening ballot cast ballot challenge ballot void close "
    base = case("two journals", "ballots", vote + "opening close")
    case("an eligibility log after each", "ballots", vote + "eligibility " + vote + "eligibility")
    case("a recovery in the place of a close", "ballots", "opening ballot void recovery " + vote)
    case("an exclusion without evidence", "ballots", "exclusion:0 " + vote)
    case("an exclusion with evidence in no order", "ballots", "exclusion:5 close ballot ballot cast recovery " + vote)
    case("an exclusion, then a log", "ballots", "exclusion:1 opening eligibility")
    for comment, names in (("two logs", vote + "eligibility eligibility"), ("a log before any journal", "eligibility " + vote),
                           ("a log inside a journal", "opening eligibility close"),
                           ("close and recovery", "opening close recovery"),
                           ("a recovery with a ballot unresolved", "opening ballot recovery"),
                           ("evidence missing", "exclusion:2 opening"),
                           ("an exclusion in an exclusion", "exclusion:2 opening exclusion:0"),
                           ("a log as evidence", vote + "exclusion:1 eligibility"),
                           ("an exclusion inside a journal", "opening exclusion:0"),
                           ("a ballot resolved twice", "opening ballot cast cast close"), ("no journal", "")):
        case(comment, "ballots", names, base)
    opened = "request partial partial request partial result result "
    base = case("totals and results", "opening.pb", opened)
    case("everything", "opening.pb", "lot_commit lot_commit " + opened
         + "subtotal attributes lot_reveal lot_reveal lot_beacon resolution")
    case("nothing at all: for later checks to say", "opening.pb", "")
    case("a resolution without anything else: for result.ties to say", "opening.pb", opened + "resolution resolution")
    for comment, names in (("a partial first", "partial " + opened),
                           ("a commitment after a request", "request lot_commit result"),
                           ("a partial after a result", opened + "partial"),
                           ("a subtotal before a result", "request subtotal result"),
                           ("a request after a subtotal", opened + "subtotal request"),
                           ("two beacons", opened + "lot_beacon lot_beacon"),
                           ("a reveal after the beacon", opened + "lot_beacon lot_reveal"),
                           ("attributes after a resolution", opened + "resolution attributes")):
        case(comment, "opening.pb", names, base)
    _mixed_order(case)


def _mixed_order(case):
    """What mixed lists add to opening.pb, and the mix files, all of them together."""
    opened = "request partial list_request list_partial list_partial request partial result "
    base = case("totals, lists, other sums", "opening.pb", opened + "subtotal")
    case("allocations behind the results", "opening.pb", opened + "allocation allocation")
    case("allocations last of all", "opening.pb", "lot_commit " + opened + "attributes lot_reveal lot_beacon resolution allocation")
    case("a list that nobody has answered: for opening.quorum to say", "opening.pb", "list_request result")
    for comment, names in (("an answer to a list under a sum", "request list_partial result"),
                           ("an answer to a sum under a list", "list_request partial result"),
                           ("an answer to a list first", "list_partial " + opened),
                           ("a list ordered opened behind a result", opened + "list_request"),
                           ("an allocation before a subtotal", opened + "allocation subtotal"),
                           ("a resolution behind an allocation", opened + "allocation resolution"),
                           ("a stage among what is opened", opened + "mix_stage")):
        case(comment, "opening.pb", names, base)
    stage, factors = "mix_stage mix_elements ", "mix_factors mix_elements "
    base = case("two groups", "mix", "mix_group " + stage * 2 + factors * 4 + "mix_group " + stage * 2 + factors * 4)
    case("lists and factors in parts", "mix", "mix_group " + stage + "mix_elements " + stage + factors + "mix_elements mix_elements")
    case("a group without stages and factors: for mix.stages to say", "mix", "mix_group mix_group")
    case("a group that nobody has opened: for opening.quorum to say", "mix", "mix_group " + stage)
    for comment, names in (("no group", ""), ("a stage first", stage), ("a stage without a list", "mix_group mix_stage"),
                           ("factors without elements", "mix_group " + stage + "mix_factors"),
                           ("elements first", "mix_elements"), ("elements of no stage", "mix_group mix_elements"),
                           ("a stage behind factors", "mix_group " + stage + factors + stage),
                           ("a stage in a stage", "mix_group mix_stage mix_stage mix_elements"),
                           ("a tally node among the mix", "mix_group " + stage + "tally_node")):
        case(comment, "mix", names, base)


def make():
    section = Section("80", "80-record/vectors/record.json")
    stream = RandomStream("80/record")
    base, one = _segments(section, stream)
    _heads(section, stream)
    _order(section)
    _field_numbers(section, base, one)
    return section
