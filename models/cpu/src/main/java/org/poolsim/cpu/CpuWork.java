// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cpu;

/** A piece of CPU work of a guest or a backend: owned and reused by who submits it. */
public abstract class CpuWork {
  /**
   * Called when the CPU time asked for has been received; the work may be submitted again from
   * here.
   */
  protected abstract void completed();
}
