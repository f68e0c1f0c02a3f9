#!/usr/bin/env bash
# What digesting a row costs while it is staged, and what hashes cost: one process, one thread, interleaved
# rounds. Needs `make build`, and a machine with nothing else to do.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
classpath=${INITLOAD_CLASSPATH:-$here/../../cli/target/initload/lib/*}
classes=$(mktemp -d)
trap 'rm -rf "$classes"' EXIT
javac -nowarn -encoding UTF-8 -d "$classes" -cp "$classpath" "$here/Digest.java" "$here/../encode/Encode.java"
java -Xmx1g -cp "$classes:$classpath" io.initload.pipeline.extract.Digest "${ROWS:-100000}" "${PASSES:-4}" "${ROUNDS:-9}"
