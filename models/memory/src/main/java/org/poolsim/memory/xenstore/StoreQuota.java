// SPDX-License-Identifier: Apache-2.0
package org.poolsim.memory.xenstore;

/**
 * Limits of a domain that is not dom0.
 *
 * @param nodes nodes that it owns
 * @param watches watches that it has
 * @param requestsPerTransaction operations in a transaction
 */
public record StoreQuota(int nodes, int watches, int requestsPerTransaction) {
  /** The OCaml daemon's, from define.ml and quota.ml. */
  public static final StoreQuota OXENSTORED = new StoreQuota(1000, 100, 1024);

  /** The C daemon's, from domain.c and core.c. */
  public static final StoreQuota C_XENSTORED = new StoreQuota(1000, 128, 1024);
}
