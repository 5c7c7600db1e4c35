// SPDX-License-Identifier: Apache-2.0
package org.poolsim.validation.queueing;

/** A closed product-form network. */
final class ClosedNetwork {
  private final double[] demands;
  private final int[] servers;
  private final double think;
  private final int clients;
  private final double unitNanos;

  /**
   * Creates a network.
   *
   * @param demands mean service of each station
   * @param servers servers of each station, 0 for a delay
   * @param think mean time between two cycles
   * @param clients number of clients
   * @param unitNanos the unit of the times
   */
  ClosedNetwork(double[] demands, int[] servers, double think, int clients, double unitNanos) {
    this.demands = demands;
    this.servers = servers;
    this.think = think;
    this.clients = clients;
    this.unitNanos = unitNanos;
  }

  int stations() {
    return demands.length;
  }

  double demand(int station) {
    return demands[station];
  }

  int servers(int station) {
    return servers[station];
  }

  double think() {
    return think;
  }

  int clients() {
    return clients;
  }

  double unitNanos() {
    return unitNanos;
  }

  /** Returns the time of a cycle without queues. */
  double cycle() {
    double cycle = think;
    for (double demand : demands) {
      cycle += demand;
    }
    return cycle;
  }

  /** Returns a lower bound of the time from one end of a cycle to the next. */
  double timePerCycle() {
    double slowest = cycle() / clients;
    for (int i = 0; i < demands.length; i++) {
      slowest = Math.max(slowest, servers[i] == 0 ? 0 : demands[i] / servers[i]);
    }
    return slowest;
  }
}
