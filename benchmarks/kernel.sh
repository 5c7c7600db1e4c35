#!/usr/bin/env bash
# Measures the kernel: HOLD (every number pending, every pattern), timers, M/M/1, bytes an event.
#
#   benchmarks/kernel.sh [short|full] [DIRECTORY]
#
# short (100,000 pending, exponential) takes half a minute, full (default) six minutes.
# Where the system offers transparent huge pages on demand, both sides use them (-XX:+UseTransparentHugePages); full measures
# HOLD, exponential, without them too.
# Wants a machine with nothing else to do and 6 GiB. Builds benchmarks/target/benchmarks.jar
# if it is not there: delete it after a change. Writes kernel.json, kernel.txt (JMH's report), kernel.md (the machine and the
# tables) and, when full, kernel-hold.svg (with the peers whose results are there, see PeersBenchmark) to DIRECTORY, by default benchmarks/results/.
set -euo pipefail
cd "$(dirname "$0")/.."
mode=${1:-full}
results=${2:-benchmarks/results}
jar=benchmarks/target/benchmarks.jar
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
case $mode in
  full) hold=(-f 1 -wi 2 -w 700ms -i 3 -r 700ms); mm1=(-f 1 -wi 1 -i 3) ;;
  short) hold=(-f 1 -wi 1 -w 700ms -i 3 -r 300ms -p pending=100000 -p increments=exponential); mm1=(-f 1 -wi 1 -i 1) ;;
  *) echo "usage: $0 [short|full] [DIRECTORY]" >&2; exit 2 ;;
esac
if [ ! -f "$jar" ]; then
  ./mvnw -q -B -ntp -pl benchmarks -am package -DskipTests
fi
mkdir -p "$results"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
pages=/sys/kernel/mm/transparent_hugepage/enabled
huge=
with="transparent huge pages are not offered"
case $(cat "$pages" 2>/dev/null) in
  *'[madvise]'* | *'[always]'*)
    huge=-XX:+UseTransparentHugePages
    with="with $huge"
    ;;
esac
run() { # NAME BENCHMARK OPTIONS...
  local name=$1 benchmark=$2
  shift 2
  "$java" -jar "$jar" "$benchmark" "$@" -jvmArgsAppend "-Xmx5g $huge" -prof gc -rf json -rff "$work/$name.json" -o "$work/$name.txt"
}
table() { "$java" -cp "$jar" org.poolsim.benchmarks.engine.KernelTable "$@"; }
load=$(cut -d' ' -f1-3 /proc/loadavg)
started=$(date +%s)
run hold HoldBenchmark "${hold[@]}"
run timer TimerBenchmark -f 1 -wi 3 -w 1s -i 3 -r 1s
run mm1 MM1Benchmark "${mm1[@]}"
if [ "$mode" = full ] && [ -n "$huge" ]; then
  huge='' run small-pages HoldBenchmark "${hold[@]}" -p increments=exponential
fi
"$java" -Xmx4g -cp "$jar" org.poolsim.benchmarks.engine.KernelFacts "$mode" >"$work/facts.txt"
seconds=$(($(date +%s) - started))
cat "$work"/{hold,timer,mm1}.txt | sed "s|$(readlink -f "$(command -v "$java")" | xargs dirname)/||" >"$results/kernel.txt"
{
  echo "# Kernel"
  echo
  echo "$(grep -m1 'model name' /proc/cpuinfo | cut -d: -f2 | xargs), $(nproc) processors, $(awk '/MemTotal/ {printf "%.0f GiB", $2 / 1048576}' /proc/meminfo)," \
    "$("$java" -version 2>&1 | sed -n 2p | xargs). Load average before: $load. $mode run, $seconds s, $with. Elapsed time, median of the iterations of one fork."
  echo
  table "$work"/{hold,timer,mm1}.json
  echo
  if [ -f "$work/small-pages.json" ]; then
    echo "Without that option:"
    echo
    table "$work/small-pages.json"
    echo
  fi
  echo '```'
  cat "$work/facts.txt"
  echo '```'
} >"$results/kernel.md"
if [ "$mode" = full ]; then
  peers=()
  for file in "$results"/peers-*.json; do
    if [ -f "$file" ]; then peers+=("$file"); fi
  done
  "$java" -cp "$jar" org.poolsim.benchmarks.engine.HoldPlot "$work/hold.json" "${peers[@]}" "$results/kernel-hold.svg"
fi
for name in hold timer mm1 small-pages; do
  [ -f "$work/$name.json" ] || continue
  sed -E 's|"jvm" : ".*"|"jvm" : "java"|' "$work/$name.json" >"$results/kernel-$name.json"
done
echo "$results/kernel.md ($seconds s)"
