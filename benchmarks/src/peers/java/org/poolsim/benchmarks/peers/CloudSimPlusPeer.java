// SPDX-License-Identifier: Apache-2.0
package org.poolsim.benchmarks.peers;

import ch.qos.logback.classic.Level;
import java.util.ArrayList;
import java.util.List;
import org.cloudsimplus.core.CloudSimEntity;
import org.cloudsimplus.core.CloudSimPlus;
import org.cloudsimplus.core.events.CloudSimEvent;
import org.cloudsimplus.core.events.SimEvent;
import org.cloudsimplus.util.Log;

/**
 * CloudSim Plus: one entity that sends itself messages, each a new object, as its interface wants.
 * Its own cancelling searches all pending messages; here a message that was cancelled is left to
 * arrive and ignored, which is far cheaper.
 */
final class CloudSimPlusPeer extends Peer {
  private static final double SECOND = 1e9;
  private static final int TAG = 1_000_000;

  private final CloudSimPlus simulation;
  private final Holder holder;
  private final Baton baton;
  private final List<Runnable> beforeStart = new ArrayList<>();
  private boolean running;

  CloudSimPlusPeer() {
    Log.setLevel(Level.OFF);
    simulation = new CloudSimPlus();
    holder = new Holder(this);
    baton = new Baton(simulation::start);
  }

  @Override
  Timer timer(Runnable action) {
    return new Message(this, action);
  }

  @Override
  void run() {
    baton.run();
  }

  @Override
  void pause() {
    baton.pause();
  }

  @Override
  double nowNanos() {
    return simulation.clock() * SECOND;
  }

  private static final class Message extends Timer {
    private final CloudSimPlusPeer peer;
    private final Runnable action;
    private SimEvent current;

    Message(CloudSimPlusPeer peer, Runnable action) {
      this.peer = peer;
      this.action = action;
    }

    @Override
    void scheduleAfter(long nanos) {
      if (peer.running) {
        send(nanos);
      } else {
        peer.beforeStart.add(() -> send(nanos));
      }
    }

    private void send(long nanos) {
      current = new CloudSimEvent(nanos / SECOND, peer.holder, peer.holder, TAG, this);
      peer.simulation.send(current);
    }

    @Override
    void cancel() {
      current = null;
    }

    void arrived(SimEvent event) {
      if (event == current) {
        action.run();
      }
    }
  }

  private static final class Holder extends CloudSimEntity {
    private final CloudSimPlusPeer peer;

    Holder(CloudSimPlusPeer peer) {
      super(peer.simulation);
      this.peer = peer;
    }

    @Override
    protected void startInternal() {
      peer.running = true;
      peer.beforeStart.forEach(Runnable::run);
      peer.beforeStart.clear();
    }

    @Override
    public void processEvent(SimEvent event) {
      if (event.getData() instanceof Message message) {
        message.arrived(event);
      }
    }
  }
}
