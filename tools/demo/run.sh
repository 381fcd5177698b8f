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

compare() { "$python" "$root/tools/demo/compare.py" "$@"; }

# verify_into FILE COMMAND...: both what a verifier says and how it leaves must be acceptance.
verify_into() {
  local file=$1 code=0
  shift
  "$@" >"$file" || code=$?
  compare accepted "$file"
  if ((code != 0)); then
    echo "demo: the verifier says accept and leaves with $code" >&2
    exit 1
  fi
}

step "an election with the ${limit:+first $limit }ballots of Minneapolis, park board, 2013"
"$sandoq" drill --ballots "$ballots" "${amount[@]}" --out "$out"

step "the same ballots, counted plainly"
"$sandoq" oracle --ballots "$ballots" "${amount[@]}" --json >"$beside/oracle.json"

step "the record, verified by sandoq"
verify_into "$beside/sandoq.json" "$sandoq" verify "$out" --json
compare counts "$beside/oracle.json" "$beside/sandoq.json"

step "the record, verified by the reference in Python"
verify_into "$beside/reference.json" "$python" "$root/spec/reference/verify.py" "$out" --json
compare verdicts "$beside/sandoq.json" "$beside/reference.json"

printf '\nin all %d s; the verdicts and the plain count are in %s\nrecord: %s\n' \
  $((SECONDS - start)) "$beside" "$out"
