// SPDX-License-Identifier: Apache-2.0
package org.poolsim.network;

/** One netback thread of a VIF: serves pieces of messages in FIFO order on dom0's CPU. */
final class Netback {
  private final Vif vif;
  private final BackendCpu.Worker worker;
  private Message first;
  private Message last;
  private Message current;

  Netback(Vif vif, BackendCpu cpu) {
    this.vif = vif;
    worker = cpu.worker(this::workDone);
  }

  /** Queues a message for the piece that it has {@code onCpu}. */
  void handle(Message message) {
    message.next = null;
    if (last == null) {
      first = message;
    } else {
      last.next = message;
    }
    last = message;
    if (current == null) {
      next();
    }
  }

  void stop() {
    worker.stop();
    first = null;
    last = null;
    current = null;
  }

  private void next() {
    current = first;
    if (current == null) {
      return;
    }
    first = current.next;
    if (first == null) {
      last = null;
    }
    worker.run(vif.cpuNanos(current));
  }

  private void workDone() {
    Message message = current;
    current = null;
    vif.processed(message);
    if (current == null && !vif.isDetached()) {
      next();
    }
  }
}
