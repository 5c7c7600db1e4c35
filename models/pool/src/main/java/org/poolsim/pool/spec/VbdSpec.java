// SPDX-License-Identifier: Apache-2.0
package org.poolsim.pool.spec;

/**
 * A VM's attachment to a VDI.
 *
 * @param device as the guest names it, for example {@code xvda}; unique in its VM
 * @param vdi the VDI's name; {@code null} for an empty drive
 * @param mode whether the guest may write
 */
public record VbdSpec(String device, String vdi, Mode mode) {
  /** Whether the guest may write. */
  public enum Mode {
    READ_WRITE,
    READ_ONLY
  }

  public VbdSpec {
    Require.name(device, "a VBD");
    Require.present(mode, "the mode of VBD " + device);
  }
}
