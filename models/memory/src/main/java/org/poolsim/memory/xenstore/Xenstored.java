// SPDX-License-Identifier: Apache-2.0
package org.poolsim.memory.xenstore;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.poolsim.engine.Event;
import org.poolsim.engine.Simulator;

/**
 * The daemon: serves one request after the other, one of each client in turn. A reply leaves when
 * the CPU time of its request has been spent. An idle daemon costs no events.
 */
public final class Xenstored {
  private final Simulator simulator;
  private final StoreDaemon daemon;
  private final ConflictCredit credit;
  private final ArrayDeque<StoreConnection> turn = new ArrayDeque<>();
  private final ArrayDeque<Commit> history = new ArrayDeque<>();
  private final Map<StorePath, Map<String, StorePath>> paths = new HashMap<>();
  private final Map<String, Integer> nameIds = new HashMap<>();
  private final Map<StorePath, Integer> watchesBelowTop = new HashMap<>();
  private final StorePath rootPath = new StorePath(null, "", -1);
  private final StoreTree tree = new StoreTree();
  private final StoreCpu.Worker worker;

  private int watches;
  private boolean stopped;
  private StoreConnection serving;
  private StoreRequest request;
  private long busyNanos;
  private long requestsServed;
  private long commits;
  private long conflicts;

  /** What a domain other than dom0 changed lately. */
  private record Commit(long nanos, StoreConnection by, StoreNode before, StoreNode after) {}

  /** Creates a daemon with an empty store and a CPU of its own. */
  public Xenstored(Simulator simulator, StoreDaemon daemon) {
    this(simulator, daemon, listener -> new OwnCpu(simulator, listener));
  }

  /** Creates a daemon with an empty store. */
  public Xenstored(Simulator simulator, StoreDaemon daemon, StoreCpu cpu) {
    this.simulator = simulator;
    this.daemon = daemon;
    worker = cpu.worker(this::reply);
    credit = new ConflictCredit(simulator, this);
  }

  /** A CPU that nobody else wants. */
  private static final class OwnCpu extends Event implements StoreCpu.Worker {
    private final Simulator simulator;
    private final StoreCpu.Listener listener;

    OwnCpu(Simulator simulator, StoreCpu.Listener listener) {
      this.simulator = simulator;
      this.listener = listener;
    }

    @Override
    public void run(long cpuNanos) {
      simulator.scheduleAfter(this, cpuNanos);
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

  /** The daemon is gone with its host: nobody is answered any more. */
  public void stop() {
    worker.stop();
    credit.stop();
    turn.clear();
    history.clear();
    stopped = true;
  }

  /**
   * Drops what is kept of a domain's paths for the sake of requests to come; the store and its
   * watches stay. A path object of the domain that was asked for before is not to be used again.
   */
  public void forgetDomain(int domid) {
    for (String top : StoreScript.topsOf(domid)) {
      StorePath path = path(top);
      if (prune(path)) {
        paths.get(path.parent).remove(path.name);
      }
    }
  }

  /** Drops paths without watchers; returns whether nothing is left at and below this one. */
  private boolean prune(StorePath path) {
    Map<String, StorePath> children = paths.get(path);
    if (children != null) {
      children.values().removeIf(this::prune);
      if (children.isEmpty()) {
        paths.remove(path);
      }
    }
    return !paths.containsKey(path) && path.watchers.isEmpty();
  }

  /** Connects a client of a domain; 0 is dom0. */
  public StoreConnection connect(int domid, StoreConnection.Client client) {
    return new StoreConnection(domid, client);
  }

  /** Returns the path of that name, which begins with a slash (or with @). */
  public StorePath path(String text) {
    StorePath at = rootPath;
    for (String name : text.split("/", -1)) {
      if (!name.isEmpty()) {
        at = below(at, name);
      }
    }
    return at;
  }

  /** Returns the path of a child. */
  public StorePath below(StorePath parent, String name) {
    return paths
        .computeIfAbsent(parent, key -> new HashMap<>())
        .computeIfAbsent(
            name,
            key -> {
              Integer known = nameIds.get(name);
              int id = known == null ? nameIds.size() : known;
              nameIds.put(name, id);
              return new StorePath(parent, name, id);
            });
  }

  /** Forgets what a client has asked; what is being served is answered. */
  void forget(StoreConnection connection) {
    connection.requests.clear();
    connection.transaction = null;
    if (connection.queued) {
      connection.queued = false;
      turn.remove(connection);
    }
  }

  /** Queues a request of a client. */
  public void submit(StoreConnection from, StoreRequest newRequest) {
    from.requests.add(newRequest);
    listenTo(from);
  }

  void listenTo(StoreConnection connection) {
    if (!connection.queued
        && connection != serving
        && !connection.requests.isEmpty()
        && !credit.isPaused(connection)) {
      connection.queued = true;
      turn.add(connection);
    }
    serveNext();
  }

  private void serveNext() {
    if (serving != null || stopped) {
      return;
    }
    StoreConnection next = turn.poll();
    while (next != null && credit.isPaused(next)) {
      next.queued = false;
      next = turn.poll();
    }
    if (next == null) {
      return;
    }
    next.queued = false;
    serving = next;
    request = next.requests.remove();
    long cost = daemon.requestNanos(request.op) + serve(next, request);
    busyNanos += cost;
    worker.run(cost);
  }

  /**
   * Does requests that were made before the simulation began: their nodes and watches are there,
   * and they cost and count nothing.
   */
  public void alreadyDone(StoreConnection from, List<StoreRequest> requests) {
    long counted = commits;
    for (StoreRequest asked : requests) {
      serve(from, asked);
    }
    commits = counted;
  }

  private void reply() {
    StoreConnection client = serving;
    StoreRequest answered = request;
    serving = null;
    requestsServed++;
    // Its further requests go to the end of the row.
    listenTo(client);
    client.client.replied(answered);
    serveNext();
  }

  /** Does what is asked and returns what it costs beyond the request itself. */
  private long serve(StoreConnection from, StoreRequest asked) {
    switch (asked.op) {
      case TRANSACTION_START -> {
        from.transaction = new StoreTransaction(tree.root(), simulator.nowNanos());
        asked.status = StoreRequest.Status.OK;
        return 0;
      }
      case TRANSACTION_END -> {
        return commit(from, asked);
      }
      case WATCH -> {
        return watch(from, asked);
      }
      case UNWATCH -> {
        asked.status =
            unwatch(from, asked.path) ? StoreRequest.Status.OK : StoreRequest.Status.ENOENT;
        return 0;
      }
      default -> {
        return from.transaction == null ? direct(from, asked) : inTransaction(from, asked);
      }
    }
  }

  private long direct(StoreConnection from, StoreRequest asked) {
    StoreNode before = tree.root();
    tree.apply(asked, from, daemon.quota());
    if (tree.root() == before) {
      return 0;
    }
    remember(from, before);
    return tell(asked.path, before);
  }

  private long inTransaction(StoreConnection from, StoreRequest asked) {
    StoreTransaction transaction = from.transaction;
    if (!from.isPrivileged() && transaction.log.size() >= daemon.quota().requestsPerTransaction()) {
      asked.status = StoreRequest.Status.EQUOTA;
      return 0;
    }
    transaction.root = tree.applyTo(transaction.root, asked, from, daemon.quota());
    transaction.writes |= asked.op.changes();
    transaction.log.add(
        new StoreTransaction.Done(asked, asked.status, asked.readValue, asked.names));
    return 0;
  }

  private long commit(StoreConnection from, StoreRequest asked) {
    StoreTransaction transaction = from.transaction;
    from.transaction = null;
    if (transaction == null) {
      asked.status = StoreRequest.Status.ENOENT;
      return 0;
    }
    long cost = daemon.committedOperationNanos() * transaction.log.size();
    if (tree.root() != transaction.base && collides(transaction, from)) {
      asked.status = StoreRequest.Status.EAGAIN;
      conflicts++;
      if (daemon == StoreDaemon.OXENSTORED) {
        blame(from, transaction);
      }
      return cost;
    }
    StoreNode before = tree.root();
    for (int i = 0; i < transaction.log.size(); i++) {
      StoreRequest operation = transaction.log.get(i).request();
      if (operation.op.changes()) {
        StoreNode root = tree.root();
        tree.apply(operation, from, daemon.quota());
        cost += tell(operation.path, root);
      }
    }
    if (transaction.writes) {
      remember(from, before);
    }
    commits++;
    asked.status = StoreRequest.Status.OK;
    return cost;
  }

  private boolean collides(StoreTransaction transaction, StoreConnection from) {
    return switch (daemon) {
      case OXENSTORED -> transaction.writes && !repliesEqual(transaction, from, tree.root());
      case C_XENSTORED -> !generationsEqual(transaction);
    };
  }

  /** The OCaml daemon: does every operation, done now, get the recorded answer? */
  private boolean repliesEqual(
      StoreTransaction transaction, StoreConnection from, StoreNode against) {
    StoreNode root = against;
    boolean equal = true;
    for (int i = 0; i < transaction.log.size() && equal; i++) {
      StoreTransaction.Done done = transaction.log.get(i);
      StoreRequest operation = done.request();
      root = tree.applyTo(root, operation, from, daemon.quota());
      equal =
          operation.status == done.status()
              && operation.readValue == done.readValue()
              && Arrays.equals(operation.names, done.names());
    }
    return equal;
  }

  /** The C daemon: is every node accessed the one that the snapshot had? */
  private boolean generationsEqual(StoreTransaction transaction) {
    for (int i = 0; i < transaction.log.size(); i++) {
      StorePath path = transaction.log.get(i).request().path;
      // What is not there yet is made in the node above.
      while (transaction.base.find(path) == null && tree.root().find(path) == null) {
        path = path.parent;
      }
      StoreNode then = transaction.base.find(path);
      StoreNode now = tree.root().find(path);
      if (then == null || now == null || then.generation != now.generation) {
        return false;
      }
    }
    return true;
  }

  private void remember(StoreConnection by, StoreNode before) {
    if (by.isPrivileged() || daemon != StoreDaemon.OXENSTORED) {
      return;
    }
    forgetOld();
    history.add(new Commit(simulator.nowNanos(), by, before, tree.root()));
  }

  private void forgetOld() {
    long oldest = simulator.nowNanos() - ConflictCredit.HISTORY_NANOS;
    while (!history.isEmpty() && history.peek().nanos() < oldest) {
      history.remove();
    }
  }

  private void blame(StoreConnection victim, StoreTransaction transaction) {
    forgetOld();
    for (Commit commit : history) {
      if (commit.nanos() >= transaction.startNanos
          && commit.by() != victim
          && repliesEqual(transaction, victim, commit.before())
          && !repliesEqual(transaction, victim, commit.after())) {
        credit.penalise(commit.by());
      }
    }
  }

  private long watch(StoreConnection from, StoreRequest asked) {
    if (!from.isPrivileged() && from.watches.size() >= daemon.quota().watches()) {
      asked.status = StoreRequest.Status.EQUOTA;
      return 0;
    }
    from.watches.add(asked.path);
    asked.path.watchers.add(from);
    count(asked.path, 1);
    asked.status = StoreRequest.Status.OK;
    // Each watch fires once when it is registered; the measured cost of the request holds that.
    from.client.watchFired(asked.path, asked.path);
    return 0;
  }

  private boolean unwatch(StoreConnection from, StorePath path) {
    if (!from.watches.remove(path)) {
      return false;
    }
    path.watchers.remove(from);
    count(path, -1);
    return true;
  }

  private void count(StorePath path, int change) {
    watches += change;
    if (path.depth > 0) {
      watchesBelowTop.merge(path.ancestor(1), change, Integer::sum);
    }
  }

  /** Fires the watches at and above a change and, if a subtree went, those below. */
  private long tell(StorePath path, StoreNode before) {
    int events = 0;
    for (StorePath at = path; at != null; at = at.parent) {
      for (int i = 0; i < at.watchers.size(); i++) {
        events++;
        at.watchers.get(i).client.watchFired(at, path);
      }
    }
    if (tree.root().find(path) == null && before.find(path) != null) {
      events += tellBelow(path);
    }
    int near = path.depth == 0 ? 0 : watchesBelowTop.getOrDefault(path.ancestor(1), 0);
    return daemon.changedNanos(events, watches, near);
  }

  private int tellBelow(StorePath path) {
    Map<String, StorePath> children = paths.get(path);
    if (children == null || watches == 0) {
      return 0;
    }
    int events = 0;
    Iterator<StorePath> each = children.values().stream().sorted(StoreTree.BY_NAME).iterator();
    while (each.hasNext()) {
      StorePath child = each.next();
      for (int i = 0; i < child.watchers.size(); i++) {
        events++;
        child.watchers.get(i).client.watchFired(child, child);
      }
      events += tellBelow(child);
    }
    return events;
  }

  /** Returns the CPU time that the daemon has spent or begun to spend, in nanoseconds. */
  public long busyNanos() {
    return busyNanos;
  }

  /** Returns the requests answered. */
  public long requestsServed() {
    return requestsServed;
  }

  /** Returns the transactions committed. */
  public long commits() {
    return commits;
  }

  /** Returns the transactions answered EAGAIN. */
  public long conflicts() {
    return conflicts;
  }

  /** Returns the watches of all clients. */
  public int watches() {
    return watches;
  }

  /** Returns the nodes of the store, the root not counted. */
  public long nodes() {
    return tree.nodes();
  }
}
