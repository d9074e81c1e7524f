#!/bin/sh
# Writes the fixtures again: make.sh [FOLDER]. Needs a JDK 17, Node 20 and the network; no part of the build.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../../.." && pwd)
to=${1:-$here/../resources/fixtures}
mkdir -p "$to"
to=$(cd "$to" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
opens=""
for p in java.lang java.lang.invoke java.util java.util.concurrent java.nio sun.nio.ch sun.util.calendar; do
  opens="$opens --add-opens java.base/$p=ALL-UNNAMED"
done

for part in arrow spark; do
  "$root/mvnw" -q -f "$here/$part/pom.xml" dependency:build-classpath -Dmdep.outputFile="$work/$part.classpath"
  mkdir "$work/$part"
  javac -nowarn -d "$work/$part" -cp "$(cat "$work/$part.classpath")" "$here/$part"/src/main/java/*.java
done

run() { # part, class, folder
  rm -rf "${to:?}/$3"
  # shellcheck disable=SC2086
  java $opens -cp "$work/$1:$(cat "$work/$1.classpath")" "$2" "$to/$3" >"$work/$3.log" 2>&1 || { cat "$work/$3.log"; exit 1; }
}
run arrow DuckFixtures duckdb
run arrow ArrowFixtures arrow
run arrow ParquetMrFixtures parquet-mr
run arrow AvroFixtures avro
run spark SparkFixtures spark

cp -r "$here/rust" "$work/rust"
(cd "$work/rust" && npm install --no-audit --no-fund >"$work/npm.log")
rm -rf "$to/rust"
(cd "$work/rust" && node fixtures.js "$to/rust")
