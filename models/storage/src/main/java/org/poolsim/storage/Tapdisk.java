// SPDX-License-Identifier: Apache-2.0
package org.poolsim.storage;

import org.poolsim.engine.Simulator;

/**
 * The backend process of one VDI on one host: serves what its VBDs hand it and what the array
 * answers, one after the other.
 */
final class Tapdisk {
  private final Simulator simulator;
  private final StorageCosts costs;
  private final SrType type;
  private final StorageArray array;
  private final BackendCpu.Worker worker;
  private final RequestQueue queue = new RequestQueue();
  private int users;
  private BlockRequest current;
  private long currentCpuNanos;

  Tapdisk(
      Simulator simulator, StorageCosts costs, SrType type, StorageArray array, BackendCpu cpu) {
    this.simulator = simulator;
    this.costs = costs;
    this.type = type;
    this.array = array;
    worker = cpu.worker(this::workDone);
  }

  void open() {
    users++;
  }

  /** Returns whether nobody uses it any more. */
  boolean close() {
    users--;
    if (users == 0) {
      worker.stop();
      queue.clear();
      current = null;
    }
    return users == 0;
  }

  void handle(BlockRequest request) {
    queue.add(request);
    if (current == null) {
      next();
    }
  }

  private void next() {
    BlockRequest request = queue.poll();
    while (request != null && request.vbd.isDetached()) {
      request = queue.poll();
    }
    current = request;
    if (request == null) {
      return;
    }
    request.endStage(IoStage.TAPDISK_QUEUE, simulator.nowNanos());
    if (request.returned) {
      currentCpuNanos = costs.completionNanos(request.direction, request.bytes);
    } else {
      request.vbd.fetched(request);
      currentCpuNanos = costs.issueNanos(request.direction, request.bytes, type);
    }
    worker.run(currentCpuNanos);
  }

  private void workDone() {
    BlockRequest request = current;
    if (!request.vbd.isDetached()) {
      request.endTapdisk(currentCpuNanos, simulator.nowNanos());
      if (request.returned) {
        request.vbd.completed(request);
      } else {
        array.submit(request);
      }
    }
    // Completing a request may have closed this process (a VM that ends its last work).
    if (users > 0) {
      next();
    }
  }
}
