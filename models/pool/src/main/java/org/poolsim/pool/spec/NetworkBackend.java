// SPDX-License-Identifier: Apache-2.0
package org.poolsim.pool.spec;

/** What switches packets in dom0. */
public enum NetworkBackend {
  OPENVSWITCH,
  BRIDGE
}
