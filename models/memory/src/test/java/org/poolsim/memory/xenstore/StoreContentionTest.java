// SPDX-License-Identifier: Apache-2.0
package org.poolsim.memory.xenstore;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.poolsim.engine.Event;
import org.poolsim.engine.Simulator;
import org.poolsim.engine.random.RandomStream;
import org.poolsim.engine.random.RandomStreams;

/**
 * Clients whose transactions collide, against what was measured of both daemons: the share of
 * commits answered EAGAIN.
 *
 * <p>The measurement was taken on two virtual cores under heavy unrelated load. How heavy is not
 * recorded; what decides how transactions overlap is that load. Here every process, the daemon too,
 * has a CPU half of the time, in turns of 3 ms on average: one other process on each core that is
 * always runnable. The same assumption in every row also gives the recorded numbers of
 * transactions; with a CPU of their own the clients make two to six times as many and march in
 * step.
 */
class StoreContentionTest {
  private static final long SECOND = 1_000_000_000L;
  private static final int RUNS = 12;
  private static final double TURN_NANOS = 3e6;

  /** Client-seen time of the cheapest requests less the daemon's CPU time, in the measurement. */
  private static final double CLIENT_NANOS = 5e3;

  /** Commits and conflicts of half a second, the mean of the runs. */
  private record Outcome(double committed, double eagain) {
    double total() {
      return committed + eagain;
    }

    double share() {
      return eagain / total();
    }
  }

  @ParameterizedTest
  @EnumSource(StoreDaemon.class)
  void clientsInOneDirectoryCollideTheMoreTheMoreThereAre(StoreDaemon daemon) throws IOException {
    assertThat(run(daemon, 1, StoreContentionTest::listAndAdd).eagain).isZero();
    risesAsRecorded(daemon, "shared_dir", StoreContentionTest::listAndAdd);
  }

  @Test
  void anEqualValueWrittenAgainIsAConflictForTheCDaemonAlone() throws IOException {
    for (int clients : new int[] {2, 4, 8, 16}) {
      assertThat(run(StoreDaemon.OXENSTORED, clients, StoreContentionTest::sameValue).eagain)
          .isZero();
    }
    assertThat(run(StoreDaemon.C_XENSTORED, 1, StoreContentionTest::sameValue).eagain).isZero();
    risesAsRecorded(StoreDaemon.C_XENSTORED, "same_value", StoreContentionTest::sameValue);
  }

  @ParameterizedTest
  @EnumSource(StoreDaemon.class)
  void clientsInTreesOfTheirOwnNeverCollide(StoreDaemon daemon) {
    for (int clients : new int[] {1, 2, 4, 8, 16}) {
      assertThat(run(daemon, clients, StoreContentionTest::ownTree).eagain).isZero();
    }
  }

  private static void risesAsRecorded(StoreDaemon daemon, String mode, Load load)
      throws IOException {
    Map<Integer, Outcome> recorded = recorded(daemon, mode);
    double before = 0;
    for (int clients : new int[] {2, 4, 8, 16}) {
      Outcome outcome = run(daemon, clients, load);
      Outcome real = recorded.get(clients);
      String row =
          String.format(
              "%s, %s, %d clients: share %.3f for %.3f, transactions %.0f for %.0f",
              daemon, mode, clients, outcome.share(), real.share(), outcome.total(), real.total());
      assertThat(outcome.share() / real.share()).as(row).isBetween(0.5, 2.0);
      assertThat(outcome.total() / real.total()).as(row).isBetween(0.5, 2.0);
      assertThat(outcome.share()).as(row).isGreaterThan(before);
      before = outcome.share();
    }
  }

  private static Map<Integer, Outcome> recorded(StoreDaemon daemon, String mode)
      throws IOException {
    String name = daemon == StoreDaemon.OXENSTORED ? "oxenstored" : "c-xenstored";
    Map<Integer, Outcome> outcomes = new HashMap<>();
    for (String[] fields : Recorded.rows("xenstored-conflicts.csv")) {
      if (fields[0].equals(name) && fields[1].equals(mode)) {
        double runs = Double.parseDouble(fields[3]);
        outcomes.put(
            Integer.valueOf(fields[2]),
            new Outcome(
                Double.parseDouble(fields[4]) / runs, Double.parseDouble(fields[5]) / runs));
      }
    }
    return outcomes;
  }

  private interface Load {
    List<StoreRequest> transaction(Xenstored store, int client, int round);
  }

  private static List<StoreRequest> listAndAdd(Xenstored store, int client, int round) {
    StorePath shared = store.path("/shared");
    return List.of(
        StoreRequest.start(),
        StoreRequest.of(StoreRequest.Op.DIRECTORY, shared),
        StoreRequest.write(store.below(shared, client + "-" + round % 50), round),
        StoreRequest.end());
  }

  private static List<StoreRequest> ownTree(Xenstored store, int client, int round) {
    List<StoreRequest> requests = new ArrayList<>();
    requests.add(StoreRequest.start());
    for (int i = 0; i < 5; i++) {
      StorePath own = store.path("/own/" + client + "/" + i);
      requests.add(StoreRequest.of(StoreRequest.Op.READ, own));
      requests.add(StoreRequest.write(own, round));
    }
    requests.add(StoreRequest.end());
    return requests;
  }

  private static List<StoreRequest> sameValue(Xenstored store, int client, int round) {
    StorePath common = store.path("/common");
    return List.of(
        StoreRequest.start(),
        StoreRequest.of(StoreRequest.Op.READ, common),
        StoreRequest.write(common, 7),
        StoreRequest.end());
  }

  private static Outcome run(StoreDaemon daemon, int clients, Load load) {
    long committed = 0;
    long eagain = 0;
    for (int run = 0; run < RUNS; run++) {
      RandomStreams streams = new RandomStreams(run);
      Simulator simulator = new Simulator();
      Xenstored store =
          new Xenstored(
              simulator,
              daemon,
              listener -> new SharedCpu(simulator, streams.stream("daemon"), listener));
      setUp(simulator, store, clients);
      long committedBefore = store.commits();
      for (int client = 0; client < clients; client++) {
        new LoadClient(simulator, store, streams.stream("client-" + client), client, load).begin();
      }
      simulator.runUntil(simulator.nowNanos() + SECOND / 2);
      committed += store.commits() - committedBefore;
      eagain += store.conflicts();
    }
    return new Outcome((double) committed / RUNS, (double) eagain / RUNS);
  }

  private static void setUp(Simulator simulator, Xenstored store, int clients) {
    List<StoreRequest> requests = new ArrayList<>();
    requests.add(StoreRequest.of(StoreRequest.Op.MKDIR, store.path("/shared")));
    requests.add(StoreRequest.write(store.path("/common"), 7));
    for (int client = 0; client < clients; client++) {
      requests.add(StoreRequest.write(store.path("/own/" + client + "/0"), 0));
    }
    new StoreScript(simulator, store, 0, 0).run(requests, () -> {});
    simulator.runUntilIdle();
  }

  /** A CPU that another process takes half of the time. */
  private static final class SharedCpu extends Event implements StoreCpu.Worker {
    private final Simulator simulator;
    private final RandomStream turns;
    private final StoreCpu.Listener listener;
    private long takenNanos;

    SharedCpu(Simulator simulator, RandomStream turns, StoreCpu.Listener listener) {
      this.simulator = simulator;
      this.turns = turns;
      this.listener = listener;
      takenNanos = simulator.nowNanos() + turn();
    }

    private long turn() {
      return (long) turns.exponential(TURN_NANOS);
    }

    @Override
    public void run(long cpuNanos) {
      long from = simulator.nowNanos();
      long left = cpuNanos;
      while (from + left > takenNanos) {
        left -= Math.max(0, takenNanos - from);
        from = Math.max(from, takenNanos + turn());
        takenNanos = from + turn();
      }
      simulator.schedule(this, from + left);
    }

    @Override
    public void stop() {
      simulator.cancel(this);
    }

    @Override
    protected void fire() {
      listener.completed();
    }
  }

  /** A process that makes one transaction after the other, and goes on to the next at EAGAIN. */
  private static final class LoadClient implements StoreConnection.Client {
    private final Xenstored store;
    private final StoreConnection connection;
    private final RandomStream own;
    private final SharedCpu cpu;
    private final int client;
    private final Load load;
    private List<StoreRequest> requests = List.of();
    private int at;
    private int round;

    LoadClient(Simulator simulator, Xenstored store, RandomStream own, int client, Load load) {
      this.store = store;
      this.own = own;
      this.client = client;
      this.load = load;
      cpu = new SharedCpu(simulator, own, this::submit);
      connection = store.connect(0, this);
    }

    void begin() {
      requests = load.transaction(store, client, round++);
      at = 0;
      think();
    }

    private void think() {
      cpu.run((long) (CLIENT_NANOS * own.uniform(0.5, 1.5)));
    }

    private void submit() {
      store.submit(connection, requests.get(at));
    }

    @Override
    public void replied(StoreRequest request) {
      at++;
      if (at == requests.size()) {
        begin();
      } else {
        think();
      }
    }
  }
}
