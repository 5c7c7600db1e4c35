// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cpu;

/** A piece of CPU work of a guest or a backend: owned and reused by who submits it. */
public abstract class CpuWork {
  private int queuePosition = -1;

  /**
   * Called when the CPU time asked for has been received; the work may be submitted again from
   * here.
   */
  protected abstract void completed();

  /** Returns whether this work is submitted and neither completed nor withdrawn. */
  public final boolean isQueued() {
    return queuePosition >= 0;
  }

  /** Returns the place in the queue that holds this work, or -1; for the queue alone. */
  public final int queuePosition() {
    return queuePosition;
  }

  /** Notes the place in the queue that holds this work, or -1; for the queue alone. */
  public final void setQueuePosition(int position) {
    queuePosition = position;
  }

  /** Hands the work back to its owner; for the queue that held it alone. */
  public final void complete() {
    queuePosition = -1;
    completed();
  }
}
