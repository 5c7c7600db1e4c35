// SPDX-License-Identifier: Apache-2.0
package org.poolsim.network;

import org.poolsim.engine.Simulator;

/**
 * A VM's NIC: a netback thread for each direction, then the uplink of its network, if that has one.
 */
public final class Vif {
  private final Simulator simulator;
  private final HostNetwork host;
  private final NetworkCosts costs;
  private final Uplink uplink;
  private final Framing framing;
  private final int hash;
  private final double limitNanosPerByte;
  private final Netback sending;
  private final Netback receiving;
  private final VifSources sources;
  private double limitFreeAtNanos;
  private double sentBytes;
  private double receivedBytes;
  private boolean detached;
  private boolean metered;

  Vif(
      Simulator simulator,
      HostNetwork host,
      NetworkCosts costs,
      BackendCpu cpu,
      Uplink uplink,
      int mtuBytes,
      String mac,
      long limitBytesPerSecond,
      VifSources sources) {
    this.simulator = simulator;
    this.host = host;
    this.costs = costs;
    this.uplink = uplink;
    framing = Framing.of(mtuBytes);
    hash = mac.hashCode();
    limitNanosPerByte = limitBytesPerSecond == 0 ? 0 : 1e9 / limitBytesPerSecond;
    sending = new Netback(this, cpu);
    receiving = new Netback(this, cpu);
    this.sources = sources;
  }

  /**
   * Sends a message to outside the pool.
   *
   * @param bytes payload, at least 1
   */
  public void send(Message message, long bytes) {
    message.begin(this, uplink == null ? null : uplink.member(hash), true, bytes);
    toCpu(message, message.takePiece());
  }

  /**
   * Lets a message from outside the pool arrive.
   *
   * @param bytes payload, at least 1
   */
  public void receive(Message message, long bytes) {
    message.begin(this, uplink == null ? null : uplink.member(hash), false, bytes);
    toWire(message, message.takePiece());
  }

  /** Takes the NIC away; messages that have not ended never will. */
  public void detach() {
    detached = true;
    sending.stop();
    receiving.stop();
    host.detached(this);
  }

  boolean isDetached() {
    return detached;
  }

  boolean meter() {
    boolean known = metered;
    metered = true;
    return known;
  }

  void unmeter() {
    metered = false;
  }

  /** Brings the data sources up to date; returns whether anything was new. */
  boolean publish() {
    return sources.publish(receivedBytes, sentBytes);
  }

  long cpuNanos(Message message) {
    return message.outgoing ? costs.sendNanos(message.onCpu) : costs.receiveNanos(message.onCpu);
  }

  /** The CPU has served a message's piece. */
  void processed(Message message) {
    long piece = message.onCpu;
    message.onCpu = 0;
    if (message.outgoing) {
      sentBytes += piece * framing.framePerByte();
      host.active(this);
      if (message.onWire == 0) {
        toWire(message, piece);
        startNext(message);
      } else {
        // The wire is still busy with the piece before: this one waits for it.
        message.onCpu = -piece;
      }
    } else {
      receivedBytes += piece * framing.framePerByte();
      host.active(this);
      finish(message, piece);
    }
  }

  /** The wire has carried a message's piece. */
  void carried(Message message) {
    if (detached) {
      return;
    }
    long piece = message.onWire;
    message.onWire = 0;
    if (message.outgoing) {
      if (message.onCpu < 0) {
        long waiting = -message.onCpu;
        message.onCpu = 0;
        toWire(message, waiting);
        startNext(message);
      }
      finish(message, piece);
    } else if (message.onCpu == 0) {
      toCpu(message, piece);
      startNext(message);
    } else {
      // The CPU still has the piece before.
      message.onWire = -piece;
    }
  }

  private void startNext(Message message) {
    long piece = message.takePiece();
    if (piece > 0) {
      if (message.outgoing) {
        toCpu(message, piece);
      } else {
        toWire(message, piece);
      }
    }
  }

  private void finish(Message message, long piece) {
    message.unfinished -= piece;
    if (message.unfinished == 0) {
      message.completed();
    } else if (!message.outgoing && message.onWire < 0) {
      long waiting = -message.onWire;
      message.onWire = 0;
      toCpu(message, waiting);
      startNext(message);
    }
  }

  private void toCpu(Message message, long piece) {
    message.onCpu = piece;
    (message.outgoing ? sending : receiving).handle(message);
  }

  private void toWire(Message message, long piece) {
    long nowNanos = simulator.nowNanos();
    long ready = nowNanos;
    message.onWire = piece;
    if (message.outgoing && limitNanosPerByte > 0) {
      limitFreeAtNanos = Math.max((double) nowNanos, limitFreeAtNanos) + piece * limitNanosPerByte;
      ready = (long) Math.ceil(limitFreeAtNanos);
    }
    if (message.pif != null) {
      Wire wire = message.outgoing ? message.pif.sending() : message.pif.receiving();
      boolean last = message.unstarted == 0;
      ready =
          Math.max(
              ready,
              wire.carry(nowNanos, piece, framing) + (last ? message.pif.latencyNanos() : 0));
      host.active();
    }
    simulator.schedule(message.carried(), ready);
  }
}
