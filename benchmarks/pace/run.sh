#!/usr/bin/env bash
# What ordering children by parent and learning the number of jobs are worth, in the org's own time: the
# simulated org's lock model on a virtual clock. Needs `make build`. A function of its seeds: any machine
# gives the same figures.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
classpath=${INITLOAD_CLASSPATH:-$here/../../cli/target/initload/lib/*}
classes=$(mktemp -d)
trap 'rm -rf "$classes"' EXIT
javac -nowarn -d "$classes" -cp "$classpath" "$here/Pace.java"
java -Xmx512m -cp "$classes:$classpath" Pace
