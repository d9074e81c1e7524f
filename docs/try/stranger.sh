#!/usr/bin/env bash
# What somebody does who has no checkout: a project of their own from the archetype, in an empty folder, with
# an empty local repository that is filled from our build and Maven Central alone; then its tests, a
# training set, a model, a stream that a program of theirs writes to, scores and decisions.
#
#   bash docs/try/stranger.sh            all libraries are fetched again, as a stranger's Maven does
#   STRANGER_REPOSITORY=~/.m2/repository bash docs/try/stranger.sh      with libraries that are there; ours are never put there
#
# Prints each step's time; ends with 1 at the first step that fails, and says where its output is.
set -euo pipefail
checkout=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
work=$(mktemp -d)
parts=()
finish() {
  for pid in "${parts[@]}"; do kill "$pid" 2>/dev/null || true; done
  wait 2>/dev/null || true
  if [ "${done:-}" = yes ]; then rm -rf "$work"; else echo "failed; what was printed is in $work" >&2; fi
}
trap finish EXIT

step() {
  local name=$1 begin=$SECONDS
  shift
  printf '%-46s' "$name"
  if ! "$@" >"$work/${name// /-}.log" 2>&1; then
    echo "FAILED"
    tail -n 30 "$work/${name// /-}.log" >&2
    exit 1
  fi
  printf '%5d s\n' $((SECONDS - begin))
}

part() { # a process that runs beside: its name, what it says when it is ready, the command
  local name=$1 ready=$2
  shift 2
  "$@" >"$work/$name.log" 2>&1 &
  parts+=($!)
  step "$name is ready" await "$work/$name.log" "$ready" $!
}

await() { # a file, what is to appear in it, the process that writes it
  for _ in $(seq 1 2400); do
    if grep -q "$2" "$1"; then return 0; fi
    if ! kill -0 "$3" 2>/dev/null; then cat "$1"; return 1; fi
    sleep 0.25
  done
  cat "$1"
  return 1
}

kafka_client() { tr ':' '\n' <.lockstep/cli.txt | grep -E '/(kafka-clients|slf4j-api|slf4j-simple|lz4-java|snappy-java|zstd-jni)-' | paste -sd: -; }

scored() { # enough scores are there
  for _ in $(seq 1 240); do
    if [ "$(./lockstep peek shop scores --newest 1000 --output json | grep -c '"request_id" *:')" -ge "$1" ]; then return 0; fi
    sleep 0.5
  done
  return 1
}

# Lockstep's artefacts, as they would be in a repository.
version=$(sed -n 's|.*<version>\(.*\)</version>.*|\1|p' "$checkout/pom.xml" | head -n 1)
step "Lockstep's artefacts" "$checkout/mvnw" -B -ntp -f "$checkout/pom.xml" -Dmaven.test.skip=true \
  -pl cli,local-servers,bom,testing,archetype -am deploy "-Dlockstep.repository=file://$work/repository"

export MAVEN_ARGS="${MAVEN_ARGS:-} -B -ntp -Dmaven.repo.local=$work/m2 ${STRANGER_REPOSITORY:+-Dmaven.repo.local.tail=$STRANGER_REPOSITORY}"
cat >"$work/settings.xml" <<XML
<settings>
  <profiles><profile>
    <id>lockstep</id>
    <repositories><repository>
      <id>archetype</id><url>file://$work/repository</url><snapshots><enabled>true</enabled></snapshots>
    </repository></repositories>
  </profile></profiles>
  <activeProfiles><activeProfile>lockstep</activeProfile></activeProfiles>
</settings>
XML
mkdir "$work/home"
cd "$work/home"
step "archetype" "$checkout/mvnw" -gs "$work/settings.xml" archetype:generate -DarchetypeGroupId=dev.lockstep \
  -DarchetypeArtifactId=lockstep-archetype "-DarchetypeVersion=$version" -DgroupId=com.acme -DartifactId=shop \
  -Dversion=1.0-SNAPSHOT -Dpackage=com.acme.shop "-DlockstepRepository=file://$work/repository"
cd shop
begin=$SECONDS
step "verify: its tests" ./mvnw verify
step "plan: the command line" ./lockstep plan shop
downloaded=$SECONDS
step "backfill: a training set" ./lockstep backfill shop
step "train: a model" ./lockstep train shop
part servers "^READY" ./lockstep servers
eval "$(grep '^ *export' "$work/servers.log")"
part stream "^READY" ./lockstep stream shop --make-topics
part score "^READY" ./lockstep score shop
part act "^READY" ./lockstep act shop
actor=${parts[-1]}
step "a producer of one's own" java -cp "$(kafka_client)" "$checkout/docs/try/Produce.java" "$LOCKSTEP_KAFKA" 1 200
step "scores" scored 200
step "parity" ./lockstep parity shop
kill "$actor"
wait "$actor" || true
step "decisions" ./lockstep decisions shop
cat "$work/decisions.log" | head -n 5
echo "all of it in $((SECONDS - begin)) s, $((SECONDS - downloaded)) s after the downloads"
done=yes
