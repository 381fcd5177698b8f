"""Manifest, roster, key ceremony and the head's signatures."""

from .. import ceremony as rules
from .. import roster
from ..blame import account, blame_problem
from ..bit_vector import Bases
from ..ballots import ElectionKeys
from ..hashing import hash32
from ..items import HEAD
from ..manifest import Election, rule_problem
from ..signature import quorum_items


def check_manifest(record, findings, pinned, domain):
    """manifest.rules, .pin, .domain, record.binding; returns the Election, if there can be one."""
    manifest = record.items["manifest"][0]
    e0 = hash32("manifest", record.manifest_bytes)
    findings.judge("manifest.rules", "manifest.pb", rule_problem, manifest)
    if pinned is not None:
        findings.judge("manifest.pin", "manifest.pb", lambda: None if e0 == pinned else
                       f"its hash is {e0.hex()}, not {pinned.hex()}")
    if domain is not None:
        findings.judge("manifest.domain", "manifest.pb", lambda: None if manifest.domain == domain else
                       "it is a drill, not a real election" if domain == 1 else "it is a real election, not a drill")

    def binding():
        head = record.head
        if head.domain != manifest.domain:
            return "head and manifest are of different domains"
        if head.e0 != e0:
            return "the head's e0 is not the manifest's hash"
        if head.e1 != record.items["election_key"][0].e1:
            return "the head's e1 is not that of the election key"
        return None
    findings.judge("record.binding", "head.pb", binding)
    if not findings.sound("manifest.rules"):
        return None
    return Election(manifest, record.manifest_bytes)


def check_roster(findings, election):
    findings.judge_items("manifest.roster", "manifest.pb", election.e0, roster.items, election)


def check_head(record, findings, election, held):
    def head_items():
        head = record.head
        digest = hash32("head", HEAD.before(head, "quorum"))
        return quorum_items(election.boards, head.quorum, "head", election.domain, head.e1, digest, "head",
                            held.shut_out(election))
    findings.judge_items("record.signatures", "head.pb", record.head.e1, head_items)


def gathered_ceremony(record):
    return rules.Ceremony.gathered(record.ceremony, record.items["election_key"][0])


def check_ceremony(held, findings, election):
    """All checks of the ceremony; returns ElectionKeys if the key is good."""
    place, e0 = "ceremony.pb", election.e0
    findings.judge("ceremony.complete", place, rules.completeness_problem, held, election)
    findings.judge_items("ceremony.signatures", place, e0, rules.signature_items, held, election)
    findings.judge("ceremony.blame", place, blame_problem, held, election)
    findings.judge("ceremony.commitments", place, rules.commitments_problem, held, election)
    findings.judge_items("ceremony.possession", place, e0, rules.possession_items, held, election)
    keys = None
    if findings.sound("ceremony.commitments"):
        with findings.judging("ceremony.key", place):
            keys = rules.Keys(held, election)
    findings.judge("ceremony.confirmations", place, lambda: rules.confirmations_problem(held, election, keys))
    findings.judge("ceremony.key", place, lambda: rules.key_problem(held, election, keys))
    if not findings.sound("ceremony.key"):
        return None
    return ElectionKeys(election, Bases(e0), keys.key, keys.point, held.election_key.e1, shut_out=held.shut_out(election))


def told(held, election):
    """(absences, who was shut out) of a good ceremony, for the report."""
    absences = [{"board": item.board, "trustee": item.trustee, "attempt": item.attempt, "remark": item.remark.decode()}
                for attempt in held.attempts for item in attempt.absences]
    shut_out = [{"board": board, "trustee": trustee, "attempt": attempt, "reason": reason}
                for board, trustee, attempt, reason in account(held, election)]
    return absences, shut_out
