#!/usr/bin/env bash
# Rows with and without expressions and maps: one process, one thread, interleaved rounds, rows from memory to the
# bytes of their records. Needs `make build`, and a machine with nothing else to do.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
classpath=${INITLOAD_CLASSPATH:-$here/../../cli/target/initload/lib/*}
classes=$(mktemp -d)
trap 'rm -rf "$classes"' EXIT
javac -nowarn -encoding UTF-8 -d "$classes" -cp "$classpath" "$here/Rows.java"
java -Xmx256m -cp "$classes:$classpath" Rows "${ROWS:-200000}" "${ROUNDS:-9}"
