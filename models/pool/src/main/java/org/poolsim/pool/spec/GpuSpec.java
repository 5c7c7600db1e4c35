// SPDX-License-Identifier: Apache-2.0
package org.poolsim.pool.spec;

/**
 * A physical GPU of a host: inventory only, nothing is simulated on it.
 *
 * @param name as the toolstack shows it
 */
public record GpuSpec(String name) {
  public GpuSpec {
    Require.name(name, "a GPU");
  }
}
