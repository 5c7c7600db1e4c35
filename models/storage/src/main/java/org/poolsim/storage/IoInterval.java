// SPDX-License-Identifier: Apache-2.0
package org.poolsim.storage;

/** What one disk or SR did in one sampling interval, in the units of the data sources. */
final class IoInterval {
  static final double SECONDS = 5;
  private static final double MEBI = 1 << 20;

  double readBytes;
  double writtenBytes;
  double reads;
  double writes;
  double readLatencyMicros;
  double writeLatencyMicros;
  double iowaitSeconds;
  double inflight;
  double latencyMicros;
  double queueSize;

  void clear() {
    readBytes = 0;
    writtenBytes = 0;
    reads = 0;
    writes = 0;
    readLatencyMicros = 0;
    writeLatencyMicros = 0;
    iowaitSeconds = 0;
    inflight = 0;
    latencyMicros = 0;
    queueSize = 0;
  }

  /** Takes what has happened between two readings, as the iostat plugin computes it. */
  void between(IoTotals before, IoTotals now) {
    readBytes = now.readBytes - before.readBytes;
    writtenBytes = now.writtenBytes - before.writtenBytes;
    reads = now.reads - before.reads;
    writes = now.writes - before.writes;
    double readMicros = (now.readNanos - before.readNanos) / 1e3;
    double writeMicros = (now.writeNanos - before.writeNanos) / 1e3;
    readLatencyMicros = reads == 0 ? 0 : Math.floor(readMicros / reads);
    writeLatencyMicros = writes == 0 ? 0 : Math.floor(writeMicros / writes);
    iowaitSeconds = (readMicros + writeMicros) / 1e6;
    // The plugin subtracts what was completed at its previous reading.
    inflight = now.submitted - before.completed();
    latencyMicros = reads + writes == 0 ? 0 : (readMicros + writeMicros) / (reads + writes);
    queueSize = iowaitSeconds / SECONDS;
  }

  /**
   * Adds a disk to its SR: sums, latencies among them, but the overall latency and queue are
   * maxima.
   */
  void add(IoInterval disk) {
    readBytes += disk.readBytes;
    writtenBytes += disk.writtenBytes;
    reads += disk.reads;
    writes += disk.writes;
    readLatencyMicros += disk.readLatencyMicros;
    writeLatencyMicros += disk.writeLatencyMicros;
    iowaitSeconds += disk.iowaitSeconds;
    inflight += disk.inflight;
    latencyMicros = Math.max(latencyMicros, disk.latencyMicros);
    queueSize = Math.max(queueSize, disk.queueSize);
  }

  double readMebibytes() {
    return readBytes / MEBI;
  }

  double writtenMebibytes() {
    return writtenBytes / MEBI;
  }
}
