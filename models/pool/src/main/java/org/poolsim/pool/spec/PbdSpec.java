// SPDX-License-Identifier: Apache-2.0
package org.poolsim.pool.spec;

/**
 * A host's attachment to an SR.
 *
 * @param host the host's name
 * @param via the PIF or bond that carries the traffic of a network SR; {@code null} for a local
 *     disk or a fabric of its own
 */
public record PbdSpec(String host, String via) {
  public PbdSpec {
    Require.name(host, "the host of a PBD");
  }
}
