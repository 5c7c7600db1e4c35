// SPDX-License-Identifier: Apache-2.0
package org.poolsim.storage;

/**
 * Where the time of a guest's request goes, in the order of its travel; the times of all stages add
 * up to what the guest waits.
 */
public enum IoStage {
  /** Waits in the guest for a slot of the ring. */
  RING("ring wait in the guest"),
  /** Waits for its tapdisk, which serves another request of the image. */
  TAPDISK_QUEUE("waiting for tapdisk"),
  /** Its tapdisk wants to run and does not get, or shares, a vCPU of dom0. */
  DOM0_WAIT("waiting for a dom0 vCPU"),
  /** Its tapdisk runs. */
  TAPDISK_CPU("tapdisk on CPU"),
  /** Waits for a place in the array's queue or for its devices. */
  ARRAY_QUEUE("array queue"),
  /** What the links between host and array add beyond the devices' queue, and the fabric. */
  LINKS("links and fabric"),
  /** The device's own latency and its transfer. */
  ARRAY_SERVICE("array service");

  private static final int COUNT = values().length;

  private final String text;

  IoStage(String text) {
    this.text = text;
  }

  /** Returns what it is called. */
  public String text() {
    return text;
  }

  /** Returns the number of stages. */
  public static int count() {
    return COUNT;
  }
}
