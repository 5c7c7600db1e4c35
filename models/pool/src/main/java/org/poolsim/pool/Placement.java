// SPDX-License-Identifier: Apache-2.0
package org.poolsim.pool;

import java.util.List;
import org.poolsim.pool.spec.VbdSpec;

/**
 * Where a VM goes: the host that it names, else of all hosts that are up, have its SRs plugged and
 * enough memory to promise the one with the most of it left; among equals the one with the fewest
 * vCPUs placed; among those the first of the pool.
 */
final class Placement {
  private final Pool pool;
  private final List<PoolHost> hosts;

  Placement(Pool pool, List<PoolHost> hosts) {
    this.pool = pool;
    this.hosts = hosts;
  }

  /** Returns the host, or {@code null} if there is none. */
  PoolHost choose(PoolVm vm) {
    PoolHost best = null;
    for (PoolHost host : hosts) {
      if (isCandidate(vm, host)
          && fits(vm, host)
          && (best == null
              || host.memory().uncommittedBytes() > best.memory().uncommittedBytes()
              || (host.memory().uncommittedBytes() == best.memory().uncommittedBytes()
                  && host.placedVcpus() < best.placedVcpus()))) {
        best = host;
      }
    }
    return best;
  }

  /** Returns why there is none, for people. */
  String reason(PoolVm vm) {
    long most = -1;
    long required = 0;
    for (PoolHost host : hosts) {
      if (isCandidate(vm, host) && host.memory().availableBytes() > most) {
        most = host.memory().availableBytes();
        required = vm.requiredBytes(host.memory().version());
      }
    }
    if (most < 0) {
      return vm.spec().host() == null
          ? "no host that is up sees its storage"
          : "host " + vm.spec().host() + " is down or does not see its storage";
    }
    return String.format(
        "it needs %d MiB of memory and no host has more than %d MiB", required >> 20, most >> 20);
  }

  private boolean isCandidate(PoolVm vm, PoolHost host) {
    if (!host.isUp() || (vm.spec().host() != null && !vm.spec().host().equals(host.name()))) {
      return false;
    }
    for (VbdSpec vbd : vm.spec().vbds()) {
      if (vbd.vdi() != null && !host.storage().isPlugged(pool.srOf(vbd).name())) {
        return false;
      }
    }
    return true;
  }

  private static boolean fits(PoolVm vm, PoolHost host) {
    return vm.requiredBytes(host.memory().version()) <= host.memory().availableBytes();
  }
}
