"""The threat table: what has broken elections elsewhere, and what stands against it besides the records of the corpus."""

# Kinds of `elsewhere`: test vectors of other sections, tests of this tree, documents, and what has no object yet.
VECTORS, TEST, DOCUMENT, NOT_YET = "vectors", "test", "document", "not applicable yet"


class Threat:
    """name: in words; elsewhere: (kind, path or None, what it shows)."""

    def __init__(self, name, *elsewhere):
        self.name, self.elsewhere = name, elsewhere


NO_MIX = "there is no mix-net: ballots are added, never shuffled, and no single ballot is opened"

THREATS = {
    "T1": Threat("An element that is no member of the group, or the identity where it must not stand",
                 (VECTORS, "spec/10-ristretto255/vectors/decode_bad.json", "encodings that are no element"),
                 (VECTORS, "spec/12-integer-groups/vectors/integer_groups.json", "residues outside the subgroup, one by one and "
                  "in a batch")),
    "T2": Threat("A challenge that does not bind the whole statement (weak Fiat-Shamir)",
                 (VECTORS, "spec/40-sigma/vectors/sigma.json", "a proof for another statement"),
                 (VECTORS, "spec/45-bit-vector/vectors/bit_vector.json", "each absorbed field changed"),
                 (TEST, "tests/exhaustive", "all statements and challenges over groups of order 11 and 13")),
    "T3": Threat("A challenge that is computed and never compared",
                 (VECTORS, "spec/40-sigma/vectors/sigma.json", "each equation broken alone")),
    "T4": Threat("Parameters, a generator or a form of contest that the attacker chose",
                 (TEST, "tests/unit/group/integer_parameters_test.cpp", "parameters of integer groups are pinned and prime")),
    "T5": Threat("Commitment bases with a known relation",
                 (VECTORS, "spec/10-ristretto255/vectors/map.json", "bases are derived, not read")),
    "T6": Threat("Copies of ballots, whole or in part"),
    "T7": Threat("Related ciphertexts",
                 (NOT_YET, None, "inputs of a mix: " + NO_MIX)),
    "T8": Threat("Two voters with one confirmation code, or one ballot (clash)"),
    "T9": Threat("Anything removed, repeated, reordered, inserted or cut"),
    "T10": Threat("Totals over few ballots",
                  (VECTORS, "spec/55-threshold/vectors/ceremony.json", "requests that the policy allows or refuses"),
                  (TEST, "tests/unit/threshold/opening_policy_test.cpp", "the span of all openings, by brute force")),
    "T11": Threat("A trustee who waits for the others and bends the key, or copies a part of it"),
    "T12": Threat("A key that is not the one people agreed on, or that nobody has proved to hold"),
    "T13": Threat("A trustee who answers wrongly, twice, or in another's place"),
    "T14": Threat("A wrong share dealt in secret, or a false complaint"),
    "T15": Threat("Different contents with the same bytes",
                  (VECTORS, "spec/00-notation/vectors/notation.json", "every type has one encoding, and all others are refused"),
                  (VECTORS, "spec/30-transcript/vectors/transcript.json", "the same bytes cut or typed differently give other "
                   "challenges"),
                  (TEST, "tests/fuzz", "what a decoder accepts, it encodes to the same bytes")),
    "T16": Threat("Scalars that are not uniform (modulo bias)",
                  (VECTORS, "spec/00-notation/vectors/notation.json", "64 bytes modulo the order, the largest value too; no "
                   "scalar is made from fewer (30.2, 30.4)"),
                  (VECTORS, "spec/12-integer-groups/vectors/integer_groups.json", "the same in every integer group")),
    "T17": Threat("Small groups, or plaintexts outside the group",
                  (VECTORS, "spec/10-ristretto255/vectors/decode_bad.json", "one group of prime order, one decoder"),
                  (VECTORS, "spec/12-integer-groups/vectors/published.json", "the parameters that others published"),
                  (VECTORS, "spec/12-integer-groups/vectors/integer_groups.json", "elements of small order are refused"),
                  (DOCUMENT, "spec/20-elgamal/section.md", "plaintexts stand in the exponent, so each one is an element")),
    "T18": Threat("A mix that changes, drops or repeats votes",
                  (VECTORS, "spec/48-shuffle/vectors/shuffle.json", "one mixer that replaces, drops, repeats or marks ciphertexts"),
                  (NOT_YET, None, NO_MIX)),
    "T19": Threat("Something opened that was not to be opened, or opened twice",
                  (NOT_YET, None, "opening before or beside a mix: " + NO_MIX)),
    "T20": Threat("A ballot so long that its pattern is a signature (Italian attack)",
                  (DOCUMENT, "spec/55-threshold/section.md", "only sums of at least the floor are opened, no pattern of a ballot"),
                  (NOT_YET, None, "encodings that show single plaintexts: there is one encoding, the bit vector (50.5)")),
    "T21": Threat("A ballot whose size tells the choice",
                  (TEST, "tests/unit/ballot/ballot_size_test.cpp", "the length of a ballot follows from its style alone"),
                  (NOT_YET, None, "slots and packed choices: there is one encoding")),
    "T22": Threat("A ballot that cannot be counted, and blocks the tally",
                  (VECTORS, "spec/45-bit-vector/vectors/bit_vector.json", "plaintexts that are no permitted choice"),
                  (NOT_YET, None, "plaintexts that cannot be decoded after a mix: " + NO_MIX)),
    "T23": Threat("A challenged ballot cast, a cast ballot challenged",
                  (TEST, "tests/compile_fail/challenged_ballot_is_not_cast.cpp", "a device cannot even be programmed so"),
                  (TEST, "tests/compile_fail/cast_ballot_is_not_challenged.cpp", "nor so")),
    "T24": Threat("A device with weak or chosen randomness",
                  (VECTORS, "spec/52-ballot/vectors/ballot.json", "a challenged ballot made with other nonces"),
                  (TEST, "tests/unit/ballot/seed_test.cpp", "seeds of device and boards, each committed in advance")),
    "T25": Threat("A receipt that is not bound to the recorded ballot"),
    "T26": Threat("Holders of keys who are one person, or one board for all",
                  (TEST, "tests/unit/threshold/combine_test.cpp", "each board must reach its own threshold"),
                  (DOCUMENT, "README.md", "what boards can do who work together, which no record shows")),
    "T27": Threat("A board or a box that says two things: two closings of one election, a lot drawn twice",
                  (DOCUMENT, "spec/90-verification/section.md", "what a second head means (90.4); see Forks below")),
    "T28": Threat("Wrong arithmetic of counts, seats and ties",
                  (VECTORS, "spec/75-result/vectors/result.json", "seats and ties"),
                  (TEST, "tests/unit/tally/seats_test.cpp", "seats by a second implementation, on all small counts"),
                  (NOT_YET, None, "rules other than the most votes: there is one rule")),
    "T29": Threat("Keys, signatures or ballots of a drill in the real election, or of another one"),
    "T30": Threat("Bytes that a parser takes in two ways, or that break it",
                  (VECTORS, "spec/80-record/vectors/record.json", "items and their order"),
                  (TEST, "tests/fuzz", "any bytes, in every decoder and as a record")),
    "T31": Threat("Time or memory access that depends on a vote",
                  (TEST, "tests/ctime", "secrets poisoned, under valgrind and MemorySanitizer"),
                  (DOCUMENT, "docs/side_channels.md", "what leaves the secrets, and why it may")),
    "T32": Threat("A check left out for speed",
                  (TEST, "tests/compile_fail/only_verified_ballots_are_added.cpp", "what is not verified cannot be added"),
                  (TEST, "tests/compile_fail/only_verified_answers_combine.cpp", "nor combined")),
    "T33": Threat("Encryption that falls in a later time",
                  (DOCUMENT, "README.md", "what the system does not do: no vector can show it")),
}
