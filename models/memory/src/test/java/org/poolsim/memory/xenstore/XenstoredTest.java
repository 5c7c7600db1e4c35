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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.poolsim.engine.Simulator;

/** Both daemons against what was measured of them. */
class XenstoredTest {
  @Test
  void theEndOfADomainLeavesNothingOfItsStart() {
    Simulator simulator = new Simulator();
    Xenstored store = new Xenstored(simulator, StoreDaemon.OXENSTORED);
    long[] nodes = new long[40];
    for (int domid = 1; domid < nodes.length; domid++) {
      int now = domid;
      StoreScript script = new StoreScript(simulator, store, 0, 0);
      script.run(
          StoreScript.vmStart(store, domid, 2, 1),
          () -> {
            store.forgetDomain(now);
            script.run(StoreScript.vmEnd(store, now), () -> store.forgetDomain(now));
          });
      simulator.runUntil(domid * 1_000_000_000L);
      nodes[domid] = store.nodes();
    }
    assertThat(store.watches()).isZero();
    assertThat(nodes[39]).isEqualTo(nodes[1]);
  }

  @ParameterizedTest
  @EnumSource(StoreDaemon.class)
  void whatWasDoneBeforeTheSimulationIsThereAndCostsNothing(StoreDaemon daemon) {
    Simulator simulator = new Simulator();
    Xenstored started = new Xenstored(simulator, daemon);
    Xenstored filled = new Xenstored(simulator, daemon);
    List<StoreScript> clients = new ArrayList<>();
    for (int domid = 1; domid <= 30; domid++) {
      new StoreScript(simulator, started, 0, 0)
          .run(StoreScript.vmStart(started, domid, 2, 1), () -> {});
      StoreScript client = new StoreScript(simulator, filled, 0, 0);
      filled.alreadyDone(client.connection(), StoreScript.vmStart(filled, domid, 2, 1));
      filled.forgetDomain(domid);
      clients.add(client);
    }
    assertThat(filled.busyNanos()).isZero();
    assertThat(filled.commits()).isZero();
    simulator.runUntil(100 * SECOND);
    assertThat(filled.nodes()).isEqualTo(started.nodes());
    assertThat(filled.watches()).isEqualTo(started.watches()).isEqualTo(8 * 30);

    // The next start costs what it costs after thirty others.
    long before = started.busyNanos();
    new StoreScript(simulator, started, 0, 0).run(StoreScript.vmStart(started, 31, 1, 1), () -> {});
    new StoreScript(simulator, filled, 0, 0).run(StoreScript.vmStart(filled, 31, 1, 1), () -> {});
    simulator.runUntil(200 * SECOND);
    assertThat(filled.busyNanos()).isEqualTo(started.busyNanos() - before);

    for (int domid = 1; domid <= 30; domid++) {
      clients.get(domid - 1).run(StoreScript.vmEnd(filled, domid), () -> {});
    }
    simulator.runUntil(300 * SECOND);
    assertThat(filled.watches()).as("those of the last one").isEqualTo(8);
  }

  @Test
  void whoGivesUpATransactionIsNotAnsweredAndBeginsAnew() {
    Simulator simulator = new Simulator();
    Xenstored store = new Xenstored(simulator, StoreDaemon.OXENSTORED);
    StoreScript script = new StoreScript(simulator, store, 0, 0);
    List<String> told = new ArrayList<>();
    script.run(StoreScript.vmStart(store, 1, 1, 1), () -> told.add("started"));
    simulator.runUntil(1_000_000);
    script.abandon();
    script.run(StoreScript.vmEnd(store, 1), () -> told.add("ended"));
    simulator.runUntil(1_000_000_000L);
    assertThat(told).containsExactly("ended");
    // What the transaction did was never committed.
    assertThat(store.nodes()).isEqualTo(1);
  }

  private static final long SECOND = 1_000_000_000L;

  private final Simulator simulator = new Simulator();

  // --- Costs -----------------------------------------------------------------------------------

  @ParameterizedTest
  @CsvSource({
    "OXENSTORED, oxenstored, 0",
    "OXENSTORED, oxenstored, 200",
    "C_XENSTORED, c-xenstored, 0",
    "C_XENSTORED, c-xenstored, 50",
    "C_XENSTORED, c-xenstored, 200"
  })
  void everyOperationCostsWhatWasMeasuredWithinAFactorOfTwo(
      StoreDaemon daemon, String name, int domains) throws IOException {
    Map<String, Double> measured = measuredMicros(name, domains);
    Map<String, List<StoreRequest>> operations = new HashMap<>();
    Xenstored store = populated(daemon, domains);
    operations(store, operations);
    List<String> off = new ArrayList<>();
    for (Map.Entry<String, List<StoreRequest>> operation : operations.entrySet()) {
      double micros = cpuMicros(store, operation.getValue());
      double ratio = micros / measured.get(operation.getKey());
      if (ratio < 0.5 || ratio > 2) {
        off.add(operation.getKey() + ": " + micros + " for " + measured.get(operation.getKey()));
      }
    }
    assertThat(off).isEmpty();
  }

  @Test
  void theOcamlDaemonDoesNotCareForTheSizeOfTheStore() {
    assertThat(startMicros(StoreDaemon.OXENSTORED, 200))
        .isEqualTo(startMicros(StoreDaemon.OXENSTORED, 0));
  }

  @Test
  void theCDaemonGrowsWithIt() {
    assertThat(startMicros(StoreDaemon.C_XENSTORED, 200))
        .isGreaterThan(4 * startMicros(StoreDaemon.C_XENSTORED, 0));
  }

  private double startMicros(StoreDaemon daemon, int domains) {
    Xenstored store = populated(daemon, domains);
    Map<String, List<StoreRequest>> operations = new HashMap<>();
    operations(store, operations);
    return cpuMicros(store, operations.get("vm_start_pattern"));
  }

  private double cpuMicros(Xenstored store, List<StoreRequest> requests) {
    long before = store.busyNanos();
    new StoreScript(simulator, store, 0, 1000).run(requests, () -> {});
    simulator.runUntilIdle();
    return (store.busyNanos() - before) / 1e3;
  }

  private Xenstored populated(StoreDaemon daemon, int domains) {
    Xenstored store = new Xenstored(simulator, daemon);
    List<StoreRequest> requests = new ArrayList<>();
    requests.add(StoreRequest.write(store.path("/bench/read"), 1));
    requests.add(StoreRequest.write(store.path("/bench/watched"), 1));
    requests.add(StoreRequest.of(StoreRequest.Op.WATCH, store.path("/bench/watched")));
    for (int domain = 1; domain <= domains; domain++) {
      StorePath path = store.path("/local/domain/" + domain);
      for (int node = 0; node < 200; node++) {
        requests.add(StoreRequest.write(store.below(path, "node" + node), node));
      }
      for (int watch = 0; watch < 10; watch++) {
        requests.add(StoreRequest.of(StoreRequest.Op.WATCH, store.below(path, "node" + watch)));
      }
    }
    new StoreScript(simulator, store, 0, 0).run(requests, () -> {});
    simulator.runUntilIdle();
    return store;
  }

  /** The operations of the measurement, as the header lines of its file describe them. */
  private static void operations(Xenstored store, Map<String, List<StoreRequest>> operations) {
    StorePath key = store.path("/bench/key");
    StorePath read = store.path("/bench/read");
    operations.put("read", List.of(StoreRequest.of(StoreRequest.Op.READ, read)));
    operations.put(
        "directory_bench",
        List.of(StoreRequest.of(StoreRequest.Op.DIRECTORY, store.path("/bench"))));
    operations.put("write", List.of(StoreRequest.write(key, 1)));
    operations.put(
        "write_watched_key", List.of(StoreRequest.write(store.path("/bench/watched"), 2)));
    operations.put(
        "mkdir_rm_pair",
        List.of(
            StoreRequest.of(StoreRequest.Op.MKDIR, store.path("/bench/dir")),
            StoreRequest.of(StoreRequest.Op.RM, store.path("/bench/dir"))));
    operations.put(
        "watch_unwatch_pair",
        List.of(
            StoreRequest.of(StoreRequest.Op.WATCH, key),
            StoreRequest.of(StoreRequest.Op.UNWATCH, key)));
    operations.put("tx_empty", List.of(StoreRequest.start(), StoreRequest.end()));
    operations.put(
        "tx_1read_1write",
        List.of(
            StoreRequest.start(),
            StoreRequest.of(StoreRequest.Op.READ, read),
            StoreRequest.write(key, 3),
            StoreRequest.end()));
    List<StoreRequest> ten = new ArrayList<>();
    ten.add(StoreRequest.start());
    for (int i = 0; i < 10; i++) {
      ten.add(StoreRequest.write(store.path("/bench/key" + i), i));
    }
    ten.add(StoreRequest.end());
    operations.put("tx_10writes", ten);
    List<StoreRequest> start = new ArrayList<>();
    StorePath domain = store.path("/local/domain/9999");
    start.add(StoreRequest.start());
    for (int i = 0; i < 3; i++) {
      start.add(StoreRequest.of(StoreRequest.Op.RM, store.below(domain, "old" + i)));
    }
    for (int i = 0; i < 12; i++) {
      start.add(StoreRequest.of(StoreRequest.Op.MKDIR, store.below(domain, "dir" + i)));
      start.add(StoreRequest.of(StoreRequest.Op.SET_PERMS, store.below(domain, "dir" + i)));
    }
    for (int i = 0; i < 16; i++) {
      start.add(StoreRequest.write(store.below(domain, "key" + i), i));
    }
    start.add(StoreRequest.end());
    for (int i = 0; i < 120; i++) {
      start.add(StoreRequest.write(store.below(domain, "later" + i), i));
    }
    for (int i = 0; i < 40; i++) {
      start.add(StoreRequest.of(StoreRequest.Op.READ, store.below(domain, "later" + i)));
    }
    for (int i = 0; i < 12; i++) {
      start.add(StoreRequest.of(StoreRequest.Op.WATCH, store.below(domain, "dir" + i)));
    }
    operations.put("vm_start_pattern", start);
  }

  private static Map<String, Double> measuredMicros(String daemon, int domains) throws IOException {
    Map<String, Double> micros = new HashMap<>();
    for (String[] fields : Recorded.rows("xenstored-opcost.csv")) {
      if (fields[0].equals(daemon) && fields[3].equals(Integer.toString(domains))) {
        micros.put(fields[1], Double.valueOf(fields[6]));
      }
    }
    return micros;
  }

  // --- Rules -----------------------------------------------------------------------------------

  @Test
  void aTransactionSeesItsSnapshotAndItsOwnWrites() {
    Xenstored store = new Xenstored(simulator, StoreDaemon.OXENSTORED);
    StorePath key = store.path("/a/b");
    StoreRequest inside = StoreRequest.of(StoreRequest.Op.READ, key);
    StoreRequest outside = StoreRequest.of(StoreRequest.Op.READ, key);
    StoreScript writer = new StoreScript(simulator, store, 0, 10);
    writer.run(List.of(StoreRequest.start(), StoreRequest.write(key, 5), inside), () -> {});
    simulator.runUntilIdle();
    new StoreScript(simulator, store, 0, 10).run(List.of(outside), () -> {});
    simulator.runUntilIdle();

    assertThat(inside.readValue()).isEqualTo(5);
    assertThat(outside.status()).isEqualTo(StoreRequest.Status.ENOENT);
  }

  @Test
  void aDomainMayOwnAThousandNodesAndDom0AnyNumber() {
    Xenstored store = new Xenstored(simulator, StoreDaemon.OXENSTORED);
    List<StoreRequest> requests = new ArrayList<>();
    for (int i = 0; i < 1100; i++) {
      requests.add(StoreRequest.write(store.path("/local/domain/5/key" + i), i));
    }
    StoreScript guest = new StoreScript(simulator, store, 5, 0);
    guest.run(requests, () -> {});
    simulator.runUntilIdle();

    assertThat(guest.connection().nodes()).isEqualTo(1000);
    assertThat(requests.get(1099).status()).isEqualTo(StoreRequest.Status.EQUOTA);
    new StoreScript(simulator, store, 0, 0).run(requests, () -> {});
    simulator.runUntilIdle();
    assertThat(requests.get(1099).status()).isEqualTo(StoreRequest.Status.OK);
  }

  @Test
  void aWatchFiresAtRegistrationForChangesAtAndBelowAndWhenAParentGoes() {
    Xenstored store = new Xenstored(simulator, StoreDaemon.OXENSTORED);
    List<String> fired = new ArrayList<>();
    StoreConnection watcher =
        store.connect(
            3,
            new StoreConnection.Client() {
              @Override
              public void replied(StoreRequest request) {}

              @Override
              public void watchFired(StorePath watched, StorePath changed) {
                fired.add(watched + " " + changed);
              }
            });
    store.submit(watcher, StoreRequest.of(StoreRequest.Op.WATCH, store.path("/a/b")));
    simulator.runUntilIdle();
    new StoreScript(simulator, store, 0, 0)
        .run(
            List.of(
                StoreRequest.write(store.path("/a/b/c"), 1),
                StoreRequest.write(store.path("/a/x"), 1),
                StoreRequest.of(StoreRequest.Op.RM, store.path("/a"))),
            () -> {});
    simulator.runUntilIdle();

    assertThat(fired).containsExactly("/a/b /a/b", "/a/b /a/b/c", "/a/b /a/b");
  }

  @Test
  void aDomainThatBreaksTheTransactionsOfOthersIsNotListenedToForAWhile() {
    Xenstored store = new Xenstored(simulator, StoreDaemon.OXENSTORED);
    StoreScript culprit = new StoreScript(simulator, store, 4, 1000);
    StoreScript victim = new StoreScript(simulator, store, 9, 30_000);
    double[] least = {5};
    churn(store, culprit, 0, least);
    StorePath hot = store.path("/hot");
    victim.run(
        List.of(
            StoreRequest.start(),
            StoreRequest.of(StoreRequest.Op.READ, hot),
            StoreRequest.write(store.path("/mine"), 1),
            StoreRequest.end()),
        () -> {});
    simulator.runUntil(SECOND);

    // Without the penalty the victim would never get through.
    assertThat(victim.retries()).isBetween(3L, 40L);
    assertThat(store.commits()).isEqualTo(1);
    assertThat(least[0]).isLessThanOrEqualTo(1);
    assertThat(victim.connection().credit()).isEqualTo(5);
  }

  private static void churn(Xenstored store, StoreScript script, int round, double[] least) {
    least[0] = Math.min(least[0], script.connection().credit());
    script.run(
        List.of(StoreRequest.write(store.path("/hot"), round)),
        () -> churn(store, script, round + 1, least));
  }

  @Test
  void theRequestsOfAStartKeepTheOcamlDaemonBusyForSomeMilliseconds() {
    Xenstored store = new Xenstored(simulator, StoreDaemon.OXENSTORED);
    List<StoreRequest> requests = StoreScript.vmStart(store, 7, 2, 1);

    double micros = cpuMicros(store, requests);

    assertThat(requests.size()).isBetween(350, 500);
    assertThat(micros).isBetween(8_000.0, 16_000.0);
  }
}
