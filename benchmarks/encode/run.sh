#!/usr/bin/env bash
# The CSV encoder beside FastCSV: one process, one thread, interleaved rounds, rows from memory to bytes that
# are thrown away. Needs `make build`, and a machine with nothing else to do.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
classpath=${INITLOAD_CLASSPATH:-$here/../../cli/target/initload/lib/*}
classes=$(mktemp -d)
trap 'rm -rf "$classes"' EXIT
javac -nowarn -encoding UTF-8 -d "$classes" -cp "$classpath" "$here/Encode.java"
java -Xmx1g -cp "$classes:$classpath" io.initload.staging.Encode "${ROWS:-150000}" "${PASSES:-4}" "${ROUNDS:-9}"
