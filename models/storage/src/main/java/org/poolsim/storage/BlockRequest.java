// SPDX-License-Identifier: Apache-2.0
package org.poolsim.storage;

import org.poolsim.engine.Event;

/** A guest's read or write: owned and reused by who submits it, one at a time. */
public abstract class BlockRequest {
  IoDirection direction;
  long bytes;
  Access access;
  Vbd vbd;
  StorageArray array;
  BlockRequest next;
  long submittedNanos;
  long fetchedNanos;
  boolean returned;
  private final Event served =
      new Event() {
        @Override
        protected void fire() {
          array.served(BlockRequest.this);
        }
      };

  /** Called when the guest has its answer; the request may be submitted again from here. */
  protected abstract void completed();

  Event served() {
    return served;
  }
}
