// SPDX-License-Identifier: Apache-2.0
package org.poolsim.memory;

import java.util.ArrayDeque;
import org.poolsim.engine.Event;
import org.poolsim.engine.Simulator;

/** A device of so many servers and one service time: stands in where no storage is modelled. */
public final class StatedLatencyDevice implements PagingDevice {
  private final Simulator simulator;
  private final long latencyNanos;
  private final ArrayDeque<Service> idle = new ArrayDeque<>();
  private final ArrayDeque<PagedAccess> waiting = new ArrayDeque<>();
  private long reads;
  private long bytesWritten;

  /** Creates a device that serves {@code parallel} reads at a time, each for as long. */
  public StatedLatencyDevice(Simulator simulator, long latencyNanos, int parallel) {
    this.simulator = simulator;
    this.latencyNanos = latencyNanos;
    for (int i = 0; i < parallel; i++) {
      idle.add(new Service());
    }
  }

  @Override
  public void read(PagedAccess access, int bytes) {
    reads++;
    Service service = idle.poll();
    if (service == null) {
      waiting.add(access);
    } else {
      service.begin(access);
    }
  }

  @Override
  public void write(int bytes) {
    bytesWritten += bytes;
  }

  /** Returns the reads begun. */
  public long reads() {
    return reads;
  }

  /** Returns the bytes written out. */
  public long bytesWritten() {
    return bytesWritten;
  }

  private final class Service extends Event {
    private PagedAccess access;

    void begin(PagedAccess newAccess) {
      access = newAccess;
      simulator.scheduleAfter(this, latencyNanos);
    }

    @Override
    protected void fire() {
      PagedAccess served = access;
      PagedAccess next = waiting.poll();
      if (next == null) {
        idle.add(this);
      } else {
        begin(next);
      }
      served.pagedIn();
    }
  }
}
