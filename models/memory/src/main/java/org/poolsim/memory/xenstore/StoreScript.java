// SPDX-License-Identifier: Apache-2.0
package org.poolsim.memory.xenstore;

import java.util.ArrayList;
import java.util.List;
import org.poolsim.engine.Event;
import org.poolsim.engine.Simulator;

/**
 * A client that does a list of requests, each when the one before has been answered, and begins a
 * transaction anew whenever it is answered EAGAIN, without a limit and without a pause, as
 * xenopsd's client does.
 */
public final class StoreScript implements StoreConnection.Client {
  /** What squeezed watches of each domain. */
  private static final int WATCHES = 8;

  private final Simulator simulator;
  private final Xenstored daemon;
  private final StoreConnection connection;
  private final long turnaroundNanos;
  private final Event next =
      new Event() {
        @Override
        protected void fire() {
          submit();
        }
      };

  private List<StoreRequest> requests = List.of();
  private Runnable done;
  private int at;
  private int transactionStart;
  private long retries;

  /**
   * Connects a client.
   *
   * @param domid the domain; 0 is dom0
   * @param turnaroundNanos time from a reply to the next request at the daemon: the client's own
   *     and both ways, not negative
   */
  public StoreScript(Simulator simulator, Xenstored daemon, int domid, long turnaroundNanos) {
    this.simulator = simulator;
    this.daemon = daemon;
    this.turnaroundNanos = turnaroundNanos;
    connection = daemon.connect(domid, this);
  }

  /** Does the requests, then runs {@code then}. Only when nothing is under way. */
  public void run(List<StoreRequest> newRequests, Runnable then) {
    if (at < requests.size()) {
      throw new IllegalStateException("a script is under way");
    }
    requests = newRequests;
    done = then;
    at = 0;
    submit();
  }

  private void submit() {
    StoreRequest request = requests.get(at);
    if (request.op == StoreRequest.Op.TRANSACTION_START) {
      transactionStart = at;
    }
    daemon.submit(connection, request);
  }

  @Override
  public void replied(StoreRequest request) {
    if (requests.isEmpty() || request != requests.get(at)) {
      // It was given up meanwhile.
      return;
    }
    if (request.status() == StoreRequest.Status.EAGAIN) {
      retries++;
      at = transactionStart;
    } else {
      at++;
    }
    if (at == requests.size()) {
      requests = List.of();
      at = 0;
      done.run();
    } else if (turnaroundNanos == 0) {
      submit();
    } else {
      simulator.scheduleAfter(next, turnaroundNanos);
    }
  }

  /** Gives up what is under way; a transaction that has begun is forgotten. */
  public void abandon() {
    simulator.cancel(next);
    daemon.forget(connection);
    requests = List.of();
    at = 0;
  }

  /** Returns how often a transaction had to be begun anew. */
  public long retries() {
    return retries;
  }

  /** Returns the connection. */
  public StoreConnection connection() {
    return connection;
  }

  /**
   * Returns the requests that the start of one VM makes (fact sheet, section 12): create, single
   * keys, build and introduce, ballooning, and a transaction for each device.
   *
   * @param disks at least 0
   * @param nics at least 0
   */
  public static List<StoreRequest> vmStart(Xenstored daemon, int domid, int disks, int nics) {
    StorePath domain = daemon.path(domain(domid));
    StorePath vm = daemon.path("/vm/uuid-" + domid);
    List<StoreRequest> all = new ArrayList<>();
    all.add(StoreRequest.start());
    for (StorePath old : List.of(domain, vm, daemon.path("/libxl/" + domid))) {
      all.add(StoreRequest.of(StoreRequest.Op.RM, old));
    }
    for (StorePath directory :
        List.of(
            domain, daemon.path("/xenops/domain/" + domid), daemon.path("/libxl/" + domid), vm)) {
      directory(all, directory);
    }
    all.add(StoreRequest.of(StoreRequest.Op.READ, daemon.below(vm, "uuid")));
    writes(daemon, all, vm, "vm", 3);
    writes(daemon, all, domain, "link", 4);
    for (int i = 0; i < 21; i++) {
      directory(all, daemon.below(domain, "dir" + i));
    }
    all.add(StoreRequest.end());

    writes(daemon, all, daemon.below(domain, "platform"), "key", 50);

    all.add(StoreRequest.start());
    writes(daemon, all, domain, "build", 5);
    all.add(StoreRequest.end());
    all.add(StoreRequest.write(daemon.path("@introduceDomain"), domid));

    StorePath memory = daemon.below(domain, "memory");
    writes(daemon, all, memory, "range", 7);
    for (int i = 0; i < WATCHES; i++) {
      all.add(StoreRequest.of(StoreRequest.Op.WATCH, daemon.below(memory, "watched" + i)));
    }

    for (int device = 0; device < disks + nics; device++) {
      StorePath front = daemon.below(domain, "device" + device);
      StorePath back = daemon.path("/local/domain/0/backend/" + domid + "/" + device);
      all.add(StoreRequest.start());
      all.add(StoreRequest.of(StoreRequest.Op.READ, daemon.below(front, "state")));
      for (int i = 0; i < 3; i++) {
        all.add(StoreRequest.of(StoreRequest.Op.RM, daemon.below(front, "old" + i)));
      }
      for (int i = 0; i < 3; i++) {
        directory(all, daemon.below(front, "dir" + i));
        directory(all, daemon.below(back, "dir" + i));
      }
      writes(daemon, all, front, "key", 8);
      writes(daemon, all, back, "key", 12);
      all.add(StoreRequest.end());
      writes(daemon, all, back, "hotplug", 10);
      writes(daemon, all, front, "connect", 12);
    }
    writes(daemon, all, daemon.below(domain, "data"), "tools", 40);
    return all;
  }

  /** Returns the requests that the end of a domain makes: its watches and trees go. */
  public static List<StoreRequest> vmEnd(Xenstored daemon, int domid) {
    StorePath memory = daemon.path(domain(domid) + "/memory");
    List<StoreRequest> all = new ArrayList<>();
    for (int i = 0; i < WATCHES; i++) {
      all.add(StoreRequest.of(StoreRequest.Op.UNWATCH, daemon.below(memory, "watched" + i)));
    }
    for (String top : topsOf(domid)) {
      all.add(StoreRequest.of(StoreRequest.Op.RM, daemon.path(top)));
    }
    all.add(StoreRequest.write(daemon.path("@releaseDomain"), domid));
    return all;
  }

  private static String domain(int domid) {
    return "/local/domain/" + domid;
  }

  /** Returns the trees of a domain. */
  static List<String> topsOf(int domid) {
    return List.of(
        domain(domid),
        "/vm/uuid-" + domid,
        "/libxl/" + domid,
        "/xenops/domain/" + domid,
        "/local/domain/0/backend/" + domid);
  }

  private static void directory(List<StoreRequest> all, StorePath path) {
    all.add(StoreRequest.of(StoreRequest.Op.MKDIR, path));
    all.add(StoreRequest.of(StoreRequest.Op.SET_PERMS, path));
  }

  private static void writes(
      Xenstored daemon, List<StoreRequest> all, StorePath in, String name, int count) {
    for (int i = 0; i < count; i++) {
      all.add(StoreRequest.write(daemon.below(in, name + i), i));
    }
  }
}
