#!/bin/sh
# The day on the fluid CPU model: nanoseconds per change and heap in use, alone, with data sources, and recorded.
#   benchmarks/fluid-day.sh [HOSTS...]     hosts, 250 500 1000 unless given
# FLUID_DAY_JAVA: options for the virtual machine (-Xmx1g -XX:+UseSerialGC -XX:+UseTransparentHugePages unless set).
set -eu
home=$(cd "$(dirname "$0")/.." && pwd)
if [ ! -d "$home/benchmarks/target/classes" ]; then
  (cd "$home" && ./mvnw -q -B -ntp -pl benchmarks -am -DskipTests -Djacoco.skip compile)
fi
classes=$home/benchmarks/target/classes
for module in engine models/cpu reports; do
  classes=$classes:$home/$module/target/classes
done
if [ $# -eq 0 ]; then set -- 250 500 1000; fi
echo "hosts with 20 VMs of one vCPU, every demand changing every 300 s for 24 h"
for pcpus in 16 8; do
  for what in alone sources recorded everything; do
    for hosts in "$@"; do
      # shellcheck disable=SC2086
      java ${FLUID_DAY_JAVA:--Xmx1g -XX:+UseSerialGC -XX:+UseTransparentHugePages} -cp "$classes" org.poolsim.benchmarks.cpu.FluidDay \
        "$hosts" "$pcpus" "$what"
    done
  done
done
