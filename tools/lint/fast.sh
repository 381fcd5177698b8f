#!/usr/bin/env bash
# The lints that look at text only. Usage: fast.sh PYTHON
cd "$(dirname "${BASH_SOURCE[0]}")" || exit 1
status=0
for lint in layers specrefs filesize words releases; do
  "$1" "$lint.py" || status=1
done
exit "$status"
