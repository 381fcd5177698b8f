#!/usr/bin/env bash
# A whole election on real ballots: ceremony, encryption, casting, tally, opening; the counts beside a
# plain count of the same ballots; the record beside two verifiers of different hands.
# Usage: run.sh SANDOQ PYTHON [--limit N | --full] [--out DIR]      (./dev demo passes the first two)
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
sandoq=$1
python=$2
shift 2

ballots=$root/data/cvr/minneapolis-2013-park.csv.gz
limit=1000
out=
usage() {
  echo "demo: $1; usage: ./dev demo [--limit N | --full] [--out DIR]" >&2
  exit 2
}
while (($#)); do
  case $1 in
    --full) limit= && shift ;;
    --limit)
      [[ ${2-} =~ ^[1-9][0-9]{0,8}$ ]] || usage "--limit needs a number of ballots"
      limit=$2 && shift 2
      ;;
    --out)
      [[ -n ${2-} ]] || usage "--out needs a folder"
      out=$2 && shift 2
      ;;
    *) usage "unknown argument '$1'" ;;
  esac
done

# What is no part of the record lies beside it, never in it.
beside=$(mktemp -d "${TMPDIR:-/tmp}/sandoq-demo.XXXXXX")
: "${out:=$beside/record}"
amount=(${limit:+--limit "$limit"})
start=$SECONDS

step() { printf '\n== %s\n' "$*"; }

# The exit code of a verifier is its verdict; the comparison below reads the JSON, so it must exist.
verify_into() {
  local file=$1
  shift
  "$@" >"$file" || [[ $? -eq 1 ]]
}

step "an election with the ${limit:+first $limit }ballots of Minneapolis, park board, 2013"
"$sandoq" drill --ballots "$ballots" "${amount[@]}" --out "$out"

step "the same ballots, counted plainly"
"$sandoq" oracle --ballots "$ballots" "${amount[@]}" --json >"$beside/oracle.json"

step "the record, verified by sandoq"
verify_into "$beside/sandoq.json" "$sandoq" verify "$out" --json
"$python" "$root/tools/demo/compare.py" accepted "$beside/sandoq.json"
"$python" "$root/tools/demo/compare.py" counts "$beside/oracle.json" "$beside/sandoq.json"

step "the record, verified by the reference in Python"
verify_into "$beside/reference.json" "$python" "$root/spec/reference/verify.py" "$out" --json
"$python" "$root/tools/demo/compare.py" accepted "$beside/reference.json"
"$python" "$root/tools/demo/compare.py" verdicts "$beside/sandoq.json" "$beside/reference.json"

printf '\nin all %d s; the verdicts and the plain count are in %s\nrecord: %s\n' \
  $((SECONDS - start)) "$beside" "$out"
