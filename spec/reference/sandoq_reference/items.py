"""The layouts of all record items (spec 50.1, 52.1, 55, 60.2, 70.4, 75, 80.5) and their kinds (80.3)."""

from .layout import (B32, B48, CHAUM_PEDERSEN_PROOF, CIPHERTEXT, DOMAIN, ELEMENT, FORMAT, ID, LABELS, QUORUM, REMARK,
                     SCALAR, SCHNORR_PROOF, SIGNATURE, SIGNERS, SUITE, U8, U16, U32, U64, ByEncoding, Fixed, Integer, ListOf,
                     Only, Struct, Text, Variable)
from .rules.rule import LISTS, RULE
from .rules.steps import TRANSCRIPT

BIT_VECTOR, SLOTS, SUBSET, RANKING = ENCODINGS = (1, 2, 3, 4)
PACKED = (SUBSET, RANKING)
PLURALITY, RULE_THAT_FOLLOWS = 1, 2


class _OneMethod(Struct):
    """A rule as it stands in a manifest: with exactly one method."""

    def read(self, reader):
        value = super().read(reader)
        if len(value.plurality) + len(value.proportional) + len(value.ranking) != 1:
            reader.fail("a rule without exactly one method")
        return value


TRUSTEE = Struct("trustee", id=ID, labels=LABELS, signing_key=ELEMENT, encryption_key=ELEMENT,
                 signing_proof=SCHNORR_PROOF, encryption_proof=SCHNORR_PROOF)
BOARD = Struct("board", id=ID, labels=LABELS, threshold=U32, trustees=ListOf(TRUSTEE, 1, 64))
AUTHORITY = Struct("authority", id=ID, labels=LABELS, signing_key=ELEMENT, signing_proof=SCHNORR_PROOF)
NODE = Struct("node", id=ID, level=U8, parent=U32, labels=LABELS)
OPTION = Struct("option", id=ID, labels=LABELS)
ATTRIBUTE = Struct("attribute", id=ID, labels=LABELS)
CONTEST = Struct("contest", id=ID, labels=LABELS, scope=U32, encoding=U8, options=ListOf(OPTION, 1, 8192), max=U32,
                 min=U32, blank=Integer(1, (0, 1)), seats=U32, alternates=U32, rule=U8, floor=U32,
                 attributes=ListOf(ATTRIBUTE, 0, 8), text=Only(lambda contest: contest.encoding in PACKED, U32, 0),
                 law=Only(lambda contest: contest.rule == RULE_THAT_FOLLOWS, _OneMethod("rule", **RULE.fields), None),
                 lists=Only(lambda contest: contest.rule == RULE_THAT_FOLLOWS, LISTS, ()))
STYLE = Struct("style", id=ID, contests=ListOf(U32, 1, 64))
MANIFEST = Struct("manifest", format=FORMAT, suite=SUITE, domain=DOMAIN, election=ID, title=LABELS,
                  boards=ListOf(BOARD, 1, 8), authority=ListOf(AUTHORITY, 0, 1), beacon=LABELS,
                  eligibility=Integer(1, (0, 1)), nodes=ListOf(NODE, 1, 1048576), contests=ListOf(CONTEST, 1, 1024),
                  styles=ListOf(STYLE, 1, 4096), branch_styles=ListOf(ListOf(U32, 1, 4096), 1, 1048576))

DKG_COMMIT = Struct("dkg_commit", attempt=U32, board=U32, trustee=U32, h=B32, signature=SIGNATURE)
DKG_REVEAL = Struct("dkg_reveal", attempt=U32, board=U32, trustee=U32, coefficients=ListOf(ELEMENT, 1, 64), salt=B32,
                    proofs=ListOf(SCHNORR_PROOF, 1, 64), signature=SIGNATURE)
DEAL_ENTRY = Struct("entry", c1=ELEMENT, box=B48)
DKG_DEAL = Struct("dkg_deal", attempt=U32, board=U32, trustee=U32, entries=ListOf(DEAL_ENTRY, 1, 64),
                  signature=SIGNATURE)
DKG_CONFIRM = Struct("dkg_confirm", attempt=U32, board=U32, trustee=U32, transcript=B32, signature=SIGNATURE)
DKG_COMPLAINT = Struct("dkg_complaint", attempt=U32, board=U32, trustee=U32, dealer=U32, shared=ELEMENT,
                       proof=CHAUM_PEDERSEN_PROOF, signature=SIGNATURE)
DKG_ABSENCE = Struct("dkg_absence", attempt=U32, board=U32, trustee=U32, remark=REMARK, quorum=QUORUM)
BOARD_KEY = Struct("board_key", key=ELEMENT, share_keys=ListOf(ELEMENT, 1, 64))
ELECTION_KEY = Struct("election_key", boards=ListOf(BOARD_KEY, 1, 8), key=ELEMENT, e1=B32)

OPENING = Struct("opening", branch=U32, device=U32, key=ELEMENT, key_proof=SCHNORR_PROOF, time=U64, capacity=U32,
                 seed_root=B32, device_signature=SIGNATURE, board_roots=ListOf(B32, 1, 8), quorum=QUORUM)
PACKED_BALLOT = {"ciphertexts": ListOf(CIPHERTEXT, 1, 16), "proof": SCHNORR_PROOF}
CONTEST_BALLOT = ByEncoding(
    "contest_ballot",
    e1={"ciphertexts": ListOf(CIPHERTEXT, 1, 1025), "commitments": Fixed(192, "EEEEEE"), "responses": ListOf(SCALAR, 0, 2100),
        "final": Fixed(96, "SSS")},
    e2={"ciphertexts": ListOf(CIPHERTEXT, 1, 65), "commitments": Fixed(192, "EEEEEE"), "rounds": ListOf(Fixed(64, "EE"), 0, 10),
        "final": Fixed(224, "SSSSSSS")},
    e3=PACKED_BALLOT, e4=PACKED_BALLOT)
BALLOT = Struct("ballot", branch=U32, device=U32, serial=U32, style=U32, digits=U16,
                contests=ListOf(CONTEST_BALLOT, 1, 64), time=U64, previous=B32, code=B32)
CAST = Struct("cast", branch=U32, device=U32, serial=U32, time=U64)
VOID = Struct("void", branch=U32, device=U32, serial=U32, time=U64)
SEED = Struct("seed", value=B32, path=ListOf(B32, 0, 32))
CODES = ListOf(U32, 0, 64)
PACKED_CHOICES = {"codes": CODES, "text": Variable(0, 240)}
CHOICES = ByEncoding("choices", e1={"marks": Variable(0, 1025, frozenset((0, 1)))}, e2={"codes": CODES}, e3=PACKED_CHOICES,
                     e4=PACKED_CHOICES)
CHALLENGE = Struct("challenge", branch=U32, device=U32, serial=U32, time=U64, choices=ListOf(CHOICES, 1, 64),
                   device_seed=SEED, board_seeds=ListOf(SEED, 1, 8))
CLOSE = Struct("close", branch=U32, device=U32, time=U64, committed=U32, cast=U32, challenged=U32, voided=U32,
               last_link=B32, device_signature=SIGNATURE, quorum=QUORUM)
RECOVERY = Struct("recovery", branch=U32, device=U32, time=U64, committed=U32, cast=U32, challenged=U32, voided=U32,
                  last_link=B32, remark=REMARK, quorum=QUORUM)
TOKEN = Struct("token", hash=B32, style=U32)
ELIGIBILITY = Struct("eligibility", branch=U32, tokens=ListOf(TOKEN, 0, 262144), quorum=QUORUM)
EXCLUSION = Struct("exclusion", branch=U32, device=U32, time=U64, reason=U8, items=U32, evidence=B32, remark=REMARK,
                   quorum=QUORUM)

TOTAL = Struct("total", contest=U32, ballots=U64, ciphertexts=ListOf(CIPHERTEXT, 0, 1025))
TOTALS = ListOf(TOTAL, 0, 1024)
TALLY_NODE = Struct("tally_node", node=U32, lo=U64, hi=U64, totals=TOTALS, root=B32, hash=B32)

PLACE = Struct("place", node=U32, hash=B32)
REQUEST = Struct("request", e1=B32, domain=DOMAIN, number=U32, previous=B32, contest=U32, nodes=ListOf(PLACE, 1, 4096),
                 ballots=U64, ciphertexts=ListOf(CIPHERTEXT, 1, 1025), closings=B32, quorum=QUORUM)
PARTIAL = Struct("partial", number=U32, board=U32, trustee=U32, factors=ListOf(ELEMENT, 1, 1025),
                 proof=CHAUM_PEDERSEN_PROOF, signature=SIGNATURE)
LIST_REQUEST = Struct("list_request", e1=B32, domain=DOMAIN, number=U32, previous=B32, group=U32, contest=U32, stages=U32,
                      ciphertexts=U32, list=B32, closings=B32, quorum=QUORUM)
LIST_PARTIAL = Struct("list_partial", number=U32, board=U32, trustee=U32, factors=B32, proof=CHAUM_PEDERSEN_PROOF,
                      signature=SIGNATURE)
MIX_GROUP = Struct("mix_group", group=U32, contest=U32, nodes=ListOf(PLACE, 1, 4096), ballots=U64, size=U32)
MIX_STAGE = Struct("mix_stage", group=U32, stage=U32, board=U32, trustee=U32, previous=B32, list=B32,
                   proof=Variable(0, 15 << 20), signature=SIGNATURE)
MIX_ELEMENTS = Struct("mix_elements", elements=ListOf(B32, 1, 131072))
MIX_FACTORS = Struct("mix_factors", group=U32, board=U32, trustee=U32, count=U32)
TIE = Struct("tie", seats=U32, alternates=U32, options=ListOf(U32, 2, 8192))
RESULT = Struct("result", contest=U32, ballots=U64, counts=ListOf(U64, 1, 8194), elected=ListOf(U32, 0, 8192),
                alternates=ListOf(U32, 0, 8192), ties=ListOf(TIE, 0, 2))
SUBTOTAL = Struct("subtotal", number=U32, ballots=U64, counts=ListOf(U64, 1, 1025))
RANKED = Struct("ranked", option=U32, values=ListOf(U32, 1, 8))
ATTRIBUTES = Struct("attributes", contest=U32, options=ListOf(RANKED, 1, 8192), signature=SIGNATURE)
LOT_COMMIT = Struct("lot_commit", board=U32, commitment=B32, signers=SIGNERS)
LOT_REVEAL = Struct("lot_reveal", board=U32, value=B32)
LOT_BEACON = Struct("lot_beacon", value=Variable(1, 1024), quorum=QUORUM)
RESOLUTION = Struct("resolution", contest=U32, tie=U32, options=ListOf(U32, 2, 8192))
ALLOCATION = Struct("allocation", contest=U32, elected=ListOf(U32, 0, 1024), alternates=ListOf(U32, 0, 8192),
                    runoff=ListOf(U32, 0, 8192), transcript=TRANSCRIPT)

FILE = Struct("file", name=Text(1, 64), bytes=U64, items=U32, hash=B32)
HEAD = Struct("head", format=FORMAT, suite=SUITE, domain=DOMAIN, e0=B32, e1=B32, cast=U64, files=ListOf(FILE, 1, 100000),
              quorum=QUORUM)

KINDS = {1: HEAD, 2: MANIFEST, 10: DKG_COMMIT, 11: DKG_REVEAL, 12: DKG_DEAL, 13: DKG_CONFIRM, 14: ELECTION_KEY,
         15: DKG_COMPLAINT, 16: DKG_ABSENCE, 20: OPENING, 21: BALLOT, 22: CAST, 23: CHALLENGE, 24: VOID, 25: CLOSE,
         26: EXCLUSION, 27: RECOVERY, 28: ELIGIBILITY, 30: TALLY_NODE, 40: REQUEST, 41: PARTIAL, 42: RESULT, 43: SUBTOTAL,
         44: ATTRIBUTES, 45: LOT_COMMIT, 46: LOT_REVEAL, 47: LOT_BEACON, 48: RESOLUTION, 49: LIST_REQUEST, 50: LIST_PARTIAL,
         51: ALLOCATION, 60: MIX_GROUP, 61: MIX_STAGE, 62: MIX_ELEMENTS, 63: MIX_FACTORS}
KIND_OF = {layout.name: kind for kind, layout in KINDS.items()}


def proof_bytes(part):
    """The wire form of a contest ballot's proof (45.4, 46.5, 47.3)."""
    data = CONTEST_BALLOT.encode(part)
    return data[1 + 4 + 64 * len(part.ciphertexts):]


def split_proof(encoding, proof):
    """The fields of a contest ballot that hold these wire bytes of a proof; their length fits."""
    if encoding in PACKED:
        return {"proof": proof}
    name, size, last = ("responses", 32, 96) if encoding == BIT_VECTOR else ("rounds", 64, 224)
    end = len(proof) - last
    return {"commitments": proof[:192], name: [proof[i:i + size] for i in range(196, end, size)], "final": proof[end:]}
