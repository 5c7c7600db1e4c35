// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cpu;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The backends in dom0: who serves guests' disks and network and the toolstack asks here for dom0
 * CPU.
 *
 * <p>A {@link Kind} (netback, tapdisk, xenopsd ...) adds up what all its processes use. A {@link
 * Worker} is single-threaded: it serves its requests one after the other, in the order of arrival,
 * and competes with the other processes for dom0's vCPUs, which compete with the guests for pCPUs.
 */
public final class BackendService {
  private final CpuDomain dom0;
  private final List<Kind> kinds = new ArrayList<>();

  /** Creates the service of a host. */
  public BackendService(CpuDomain dom0) {
    this.dom0 = dom0;
  }

  /** Returns the kinds in the order in which they were first asked for. */
  public List<Kind> kinds() {
    return Collections.unmodifiableList(kinds);
  }

  /** Returns the kind with a name, a new one if there is none yet. */
  public Kind kind(String name) {
    for (Kind kind : kinds) {
      if (kind.name.equals(name)) {
        return kind;
      }
    }
    Kind kind = new Kind(dom0, name);
    kinds.add(kind);
    return kind;
  }

  /** What somebody wants a backend to do; owned and reused by who asks. */
  public abstract static class Request {
    private long cpuNanos;
    private boolean queued;

    /** Called when the backend has done its work; the request may be made again from here. */
    protected abstract void served();

    /** Returns whether the request waits or is being served. */
    public final boolean isQueued() {
      return queued;
    }
  }

  /** All processes of one kind of backend, and their accounting. */
  public static final class Kind {
    private final CpuDomain dom0;
    private final String name;
    private long requests;
    private long served;
    private long servedNanos;
    private int waiting;

    private Kind(CpuDomain dom0, String name) {
      this.dom0 = dom0;
      this.name = name;
    }

    /** Returns the name. */
    public String name() {
      return name;
    }

    /** Starts a process of this kind. */
    public Worker worker() {
      return new Worker(this);
    }

    /** Returns the number of requests made so far. */
    public long requests() {
      return requests;
    }

    /** Returns the number of requests served so far. */
    public long served() {
      return served;
    }

    /** Returns the CPU time of the requests served so far, in nanoseconds at full speed. */
    public long servedNanos() {
      return servedNanos;
    }

    /** Returns the number of requests that wait or are being served. */
    public int queued() {
      return waiting;
    }
  }

  /** A single-threaded process in dom0 with its queue. */
  public static final class Worker extends CpuWork {
    private final Kind kind;
    private final ArrayDeque<Request> queue = new ArrayDeque<>();

    private Worker(Kind kind) {
      this.kind = kind;
    }

    /**
     * Asks for CPU time of this process.
     *
     * @param cpuNanos CPU time at full speed, at least 1
     * @throws IllegalStateException if the request is queued already
     */
    public void request(Request request, long cpuNanos) {
      if (request.queued) {
        throw new IllegalStateException(kind.name + ": the request is queued already: " + request);
      }
      if (cpuNanos < 1) {
        throw new IllegalArgumentException(
            kind.name + ": a request needs at least 1 ns of CPU time, not " + cpuNanos);
      }
      request.cpuNanos = cpuNanos;
      request.queued = true;
      kind.requests++;
      kind.waiting++;
      queue.addLast(request);
      if (queue.size() == 1) {
        kind.dom0.submit(this, cpuNanos);
      }
    }

    /** Returns the number of requests that wait or are being served. */
    public int queued() {
      return queue.size();
    }

    /** Ends the process: what is queued is dropped and not served. */
    public void end() {
      kind.dom0.cancel(this);
      kind.waiting -= queue.size();
      for (Request request : queue) {
        request.queued = false;
      }
      queue.clear();
    }

    @Override
    protected void completed() {
      Request request = queue.removeFirst();
      kind.waiting--;
      kind.served++;
      kind.servedNanos += request.cpuNanos;
      Request next = queue.peekFirst();
      if (next != null) {
        kind.dom0.submit(this, next.cpuNanos);
      }
      request.queued = false;
      request.served();
    }

    @Override
    public String toString() {
      return kind.name + " process";
    }
  }
}
