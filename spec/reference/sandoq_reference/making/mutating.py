"""What changes of a record are made of."""

import copy

from ..group import ORDER
from ..hashing import scalar_bytes
from ..items import KIND_OF
from .journals import quorum

NOT_AN_ELEMENT = b"\x01" + bytes(31)


def flipped(data, at=0):
    out = bytearray(data)
    out[at] ^= 1
    return bytes(out)


def shifted(proof):
    """The last scalar plus one: still a scalar, no longer a proof."""
    return proof[:-32] + scalar_bytes(int.from_bytes(proof[-32:], "little") + 1)


def unreduced(proof):
    return proof[:-32] + (int.from_bytes(proof[-32:], "little") + ORDER).to_bytes(32, "little")


class Mutation:
    """change(value, maker) is called once: the `nth` time (from 0) that hook NAME comes by and `when` holds.

    name: its id; threats: rows of the threat table, or None; fails: the check that fails, or None (with blanks between them:
    several that one attack breaks); what: what was done, in words; base: the election that is changed; options: what the
    verifier is asked besides.
    """

    def __init__(self, name, threats, fails, what, hook, change, nth=0, when=None, base="small", options=None):
        self.name, self.what = name, what
        self.threats, self.fails = (threats or "").split(), (fails or "").split()
        self.options = options or {}
        self.on, self.change, self.nth, self.when, self.base = hook, change, nth, when, base

    def hook(self):
        left = [self.nth]

        def call(name, value, maker):
            if name == self.on and left[0] >= 0 and (self.when is None or self.when(value, maker)):
                if left[0] == 0:
                    self.change(value, maker)
                left[0] -= 1
        return call


def setting(field, function):
    """A change that replaces one field by a function of it; dots and [i] walk down."""
    def change(value, maker):
        *path, last = field.split(".")
        for step in path:
            value = value[int(step)] if step.isdigit() else getattr(value, step)
        if last.isdigit():
            value[int(last)] = function(value[int(last)])
        else:
            setattr(value, last, function(getattr(value, last)))
    return change


def to(constant):
    return lambda old: constant


def plus(number):
    return lambda old: old + number


def swapped(values):
    return [values[1], values[0]] + values[2:]


def dropped(values):
    return values[:-1]


def remove_kind(file, kind, nth):
    def change(files, maker):
        at = [i for i, (k, _) in enumerate(files[file]) if k == KIND_OF[kind]][nth]
        del files[file][at]
    return change


def move_vote(result, maker):
    source = next(i for i, count in enumerate(result.counts) if count)
    target = next(i for i, count in enumerate(result.counts) if i != source and count < result.ballots
                  and i < len(result.counts) - 1)
    result.counts[source] -= 1
    result.counts[target] += 1


def planned(*plans):
    """A change of the manifest's step that gives the ceremony other attempts."""
    def change(value, maker):
        maker.plans = list(plans)
    return change


def rich(*arguments, **named):
    """A mutation of the election in which everything happens."""
    return Mutation(*arguments, **{"base": "everything", **named})


def mixed(*arguments, **named):
    """A mutation of the election with a contest of every encoding."""
    return Mutation(*arguments, **{"base": "mixed", **named})


def forms(*arguments, **named):
    """A mutation of the election with ballot rules of every form."""
    return Mutation(*arguments, **{"base": "forms", **named})


def in_manifest(change):
    """A change of the manifest item alone, where nothing could be made by a manifest that breaks its rules; the head names it."""
    def changed(files, maker):
        kind, manifest = files["manifest.pb"][0]
        manifest = copy.deepcopy(manifest)
        change(manifest, maker)
        files["manifest.pb"][0] = (kind, manifest)
    return changed


def all_trustees(maker):
    return [trustee for board in maker.trustees for trustee in board]


def by_shut_out(purpose, digest):
    """Valid signatures of the first trustees of the manifest, one of whom is shut out."""
    def change(value, maker):
        value.quorum = quorum(maker, purpose, maker.e1, digest(value), all_trustees(maker))
    return change
