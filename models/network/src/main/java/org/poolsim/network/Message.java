// SPDX-License-Identifier: Apache-2.0
package org.poolsim.network;

import org.poolsim.engine.Event;

/**
 * What a guest sends or receives at a time: owned and reused by who hands it over, one at a time.
 */
public abstract class Message {
  private static final int MOST_PIECES = 32;

  Vif vif;
  Pif pif;
  Message next;
  boolean outgoing;
  long pieceBytes;

  /** Bytes not handed to the first stage yet. */
  long unstarted;

  /** Bytes that have not left the last stage. */
  long unfinished;

  /** The piece that the CPU serves or is to serve next. */
  long onCpu;

  long onWire;
  private final Event carried =
      new Event() {
        @Override
        protected void fire() {
          vif.carried(Message.this);
        }
      };

  /** Called when the last byte has arrived; the message may be handed over again from here. */
  protected abstract void completed();

  Event carried() {
    return carried;
  }

  void begin(Vif owner, Pif over, boolean leaves, long bytes) {
    vif = owner;
    pif = over;
    outgoing = leaves;
    long units = (bytes + MOST_PIECES - 1) / MOST_PIECES + NetworkCosts.UNIT_BYTES - 1;
    pieceBytes =
        Math.max(
            NetworkCosts.UNIT_BYTES, units / NetworkCosts.UNIT_BYTES * NetworkCosts.UNIT_BYTES);
    unstarted = bytes;
    unfinished = bytes;
    onCpu = 0;
    onWire = 0;
  }

  /** Takes the next piece off what is not started; 0 if there is none. */
  long takePiece() {
    long piece = Math.min(pieceBytes, unstarted);
    unstarted -= piece;
    return piece;
  }
}
