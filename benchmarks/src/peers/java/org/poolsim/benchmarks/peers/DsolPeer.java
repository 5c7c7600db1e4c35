// SPDX-License-Identifier: Apache-2.0
package org.poolsim.benchmarks.peers;

import java.util.ArrayList;
import java.util.List;
import nl.tudelft.simulation.dsol.experiment.SingleReplication;
import nl.tudelft.simulation.dsol.formalisms.eventscheduling.Executable;
import nl.tudelft.simulation.dsol.formalisms.eventscheduling.LambdaSimEvent;
import nl.tudelft.simulation.dsol.formalisms.eventscheduling.SimEventInterface;
import nl.tudelft.simulation.dsol.model.AbstractDsolModel;
import nl.tudelft.simulation.dsol.simulators.DevsSimulator;
import nl.tudelft.simulation.dsol.simulators.DevsSimulatorInterface;

/**
 * DSOL with {@code double} time and its default event list, a red-black tree: a new event each
 * time, the lambda in it reused; a cancelled one is taken out.
 */
final class DsolPeer extends Peer {
  private static final double SECOND = 1e9;
  private static final double END = 1e12;

  private final DevsSimulator<Double> simulator = new DevsSimulator<>("hold");
  private final Baton baton;
  private final List<Runnable> beforeStart = new ArrayList<>();
  private boolean running;

  DsolPeer() {
    baton = new Baton(this::runAll);
  }

  private void runAll() {
    simulator.initialize(new Model(this), new SingleReplication<>("run", 0.0, 0.0, END));
    simulator.start();
    // The simulator has a thread of its own, which waits in an event between two measurements.
    while (simulator.isStartingOrRunning()) {
      try {
        Thread.sleep(100);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  @Override
  Timer timer(Runnable action) {
    return new Scheduled(this, action);
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
    return simulator.getSimulatorTime() * SECOND;
  }

  private static final class Scheduled extends Timer {
    private final DsolPeer peer;
    private final Executable action;
    private SimEventInterface<Double> current;

    Scheduled(DsolPeer peer, Runnable action) {
      this.peer = peer;
      this.action = action::run;
    }

    @Override
    void scheduleAfter(long nanos) {
      if (peer.running) {
        schedule(nanos);
      } else {
        peer.beforeStart.add(() -> schedule(nanos));
      }
    }

    private void schedule(long nanos) {
      current =
          new LambdaSimEvent<>(peer.simulator.getSimulatorTime() + nanos / SECOND, action);
      peer.simulator.scheduleEvent(current);
    }

    @Override
    void cancel() {
      peer.simulator.cancelEvent(current);
    }
  }

  private static final class Model
      extends AbstractDsolModel<Double, DevsSimulatorInterface<Double>> {
    private static final long serialVersionUID = 1L;
    private final transient DsolPeer peer;

    Model(DsolPeer peer) {
      super(peer.simulator);
      this.peer = peer;
    }

    @Override
    public void constructModel() {
      peer.running = true;
      peer.beforeStart.forEach(Runnable::run);
      peer.beforeStart.clear();
    }
  }
}
