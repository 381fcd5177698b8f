"""Opening of mixed lists: requests, answers, combination, and what the opened elements say (spec 55.11, 60.6).

A list is its ciphertexts as bytes, α_1, β_1, ..., α_w, β_w; `pairs` are those of all ciphertexts, 64 bytes each.
"""

from . import packed
from .equations import Failed, Item
from .group import GENERATOR, IDENTITY, IDENTITY_BYTES, add, encode
from .hashing import hash32, sha512, u32
from .items import LIST_PARTIAL, LIST_REQUEST
from .opening import answer_equations, combine_factors
from .shuffle import list_hash
from .signature import signature_item


def request_hash(request):
    return hash32("request/list", LIST_REQUEST.before(request, "quorum"))


def factors_hash(factors):
    return hash32("partial/factors", u32(len(factors)) + b"".join(factors))


def partial_digest(request_digest, partial):
    return hash32("partial/list", request_digest, LIST_PARTIAL.before(partial, "signature"))


def pairs_of(request, width, ciphertexts):
    """The pairs that the request orders opened; Failed if these ciphertexts are not its list."""
    if len(ciphertexts) != request.ciphertexts or any(len(each) != 64 * width for each in ciphertexts):
        raise Failed(f"request {request.number}: the list has not {request.ciphertexts} ciphertexts of width {width}")
    if list_hash(ciphertexts) != request.list:
        raise Failed(f"request {request.number}: the hash of another list")
    pairs = [each[64 * place:64 * place + 64] for each in ciphertexts for place in range(width)]
    if any(pair[:32] == IDENTITY_BYTES for pair in pairs):
        raise Failed(f"request {request.number}: an alpha is the identity")
    return pairs


def partial_items(partial, factors, request, pairs, request_digest, share_key, signing_key, domain, e1, name):
    """Proof and signature of one answer, as items; Failed if its form is wrong, or other factors stand beside the list."""
    if partial.number != request.number:
        raise Failed(f"{name}: answers request {partial.number}")
    if len(factors) == len(pairs) and factors_hash(factors) != partial.factors:
        raise Failed(f"{name}: the factors beside the list have another hash")
    terms = answer_equations(request_digest, partial, share_key, [pair[:32] for pair in pairs], factors, name)
    covered = sha512(request_digest, LIST_PARTIAL.encode(partial))[:32]
    return [Item(covered, terms, name + ": proof"),
            signature_item(signing_key, "partial", domain, e1, partial_digest(request_digest, partial),
                           partial.signature, name + ": signature")]


def combine(boards, pairs, answers):
    """M of every pair as bytes; answers: (partial, factors), valid ones. Failed if a quorum is missing."""
    points = combine_factors(boards, [pair[32:] for pair in pairs],
                             [(partial.board, partial.trustee, factors) for partial, factors in answers])
    return [encode(point) for point in points]


def _without_fillings(size, opened):
    """Places of the opened ballots: the first ciphertexts that are the identity everywhere are the fillings."""
    fillings, places = len(opened) - size, []
    for place, elements in enumerate(opened):
        if fillings and all(element == IDENTITY_BYTES for element in elements):
            fillings -= 1
        else:
            places.append(place)
    if fillings:
        raise Failed(f"fillings: {fillings} are missing")
    return places


def count_codes(codes, size, opened):
    """How often each code 1 ... codes stands in an opened list of `size` slots; Failed if something is no code."""
    table, running, counts = {}, IDENTITY, [0] * codes
    for code in range(codes):
        running = add(running, GENERATOR)
        table[encode(running)] = code
    for place in _without_fillings(size, opened):
        code = table.get(opened[place][0])
        if code is None:
            raise Failed(f"ciphertext {place}: holds no code from 1 to {codes}")
        counts[code] += 1
    return counts


def read_choices(shape, size, opened):
    """(choices in the list's order, places of invalid votes) of an opened list of `size` packed ballots.

    shape: of a contest, or of no contest, and then without any rule for the codes of subsets.
    """
    choices, invalid, rule = [], [], None if shape.ranked else getattr(shape, "codes", None)
    for place in _without_fillings(size, opened):
        choice = packed.read_choice(shape, opened[place])
        if choice is None or rule and rule.problem(choice[0]):
            invalid.append(place)
        else:
            choices.append(choice)
    return choices, invalid
