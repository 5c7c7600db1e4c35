// SPDX-License-Identifier: Apache-2.0
package org.poolsim.pool.spec;

/** How a guest is virtualised. */
public enum DomainType {
  HVM,
  PVH,
  PV
}
