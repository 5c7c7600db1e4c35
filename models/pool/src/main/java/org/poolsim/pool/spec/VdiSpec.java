// SPDX-License-Identifier: Apache-2.0
package org.poolsim.pool.spec;

/**
 * A virtual disk image.
 *
 * @param name unique in the pool; what a VBD refers to
 * @param uuid may be {@code null}
 * @param sr the SR's name
 * @param virtualSizeBytes what the guest sees
 * @param cloneOf the image that it is a clone of; {@code null} for none
 */
public record VdiSpec(String name, String uuid, String sr, long virtualSizeBytes, String cloneOf) {
  public VdiSpec {
    Require.name(name, "a VDI");
    Require.name(sr, "the SR of VDI " + name);
    Require.notNegative(virtualSizeBytes, "virtual size of VDI " + name + " in bytes");
  }
}
