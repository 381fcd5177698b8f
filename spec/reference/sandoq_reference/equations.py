"""Equations Σ s_i E_i = 0 over public values: one at a time, or folded into one multiplication (spec 40.9, 40.10)."""

from .group import is_identity
from .groups import RISTRETTO255
from .msm import multi_multiply
from .transcript import BatchWeights


class Failed(Exception):
    """An item is wrong: `what` says which condition, in words."""

    def __init__(self, what):
        super().__init__(what)
        self.what = what


def holds(terms, group=RISTRETTO255):
    """Is Σ scalar · point the identity?  terms: list of (scalar, point)."""
    return group.is_identity(group.sum_of_multiples(terms))


def failing(equations, group=RISTRETTO255):
    """Indices of the equations that do not hold, each checked alone."""
    return [k for k, terms in enumerate(equations) if not holds(terms, group)]


class Item:
    """One thing to be verified: the hash of its complete bytes, its equations, and who it is."""

    __slots__ = ("digest", "equations", "name")

    def __init__(self, digest, equations, name):
        self.digest = digest
        self.equations = equations
        self.name = name


def _fold(items, election, tag):
    weights = BatchWeights(election, [item.digest for item in items], tag)
    scalars = {}  # bases shared by many equations are added up before the multiplication
    for j, item in enumerate(items, 1):
        for k, terms in enumerate(item.equations):
            omega = weights.weight(j, k)
            for scalar, point in terms:
                scalars[point] = scalars.get(point, 0) + omega * scalar
    return is_identity(multi_multiply([(scalar, point) for point, scalar in scalars.items()]))


def culprits(items, election, tag="batch"):
    """(item, indices of its failing equations) for every item that is wrong, in order."""
    if not items:
        return []
    if len(items) == 1:
        wrong = failing(items[0].equations)
        return [(items[0], wrong)] if wrong else []
    if _fold(items, election, tag):
        return []
    half = len(items) // 2
    return culprits(items[:half], election, "bisect") + culprits(items[half:], election, "bisect")


def first_culprit(items, election):
    """The first item that is wrong, in words, or None."""
    for item, _ in culprits(items, election):
        return f"{item.name} is not valid"
    return None
