// SPDX-License-Identifier: Apache-2.0
package org.poolsim.pool;

/** The CPU time of dom0 that one kind of backend has used for work that has ended. */
final class BackendAccount {
  private long nanos;

  void add(long cpuNanos) {
    nanos += cpuNanos;
  }

  long nanos() {
    return nanos;
  }
}
