// SPDX-License-Identifier: Apache-2.0
package org.poolsim.storage;

/** What a disk has done since tapdisk started. */
final class IoTotals {
  long readBytes;
  long writtenBytes;
  long reads;
  long writes;
  long readNanos;
  long writeNanos;
  long submitted;

  void completed(IoDirection direction, long bytes, int requests, long nanos) {
    if (direction == IoDirection.READ) {
      readBytes += bytes;
      reads += requests;
      readNanos += nanos * requests;
    } else {
      writtenBytes += bytes;
      writes += requests;
      writeNanos += nanos * requests;
    }
  }

  long completed() {
    return reads + writes;
  }

  void copyFrom(IoTotals other) {
    readBytes = other.readBytes;
    writtenBytes = other.writtenBytes;
    reads = other.reads;
    writes = other.writes;
    readNanos = other.readNanos;
    writeNanos = other.writeNanos;
    submitted = other.submitted;
  }

  boolean sameAs(IoTotals other) {
    return submitted == other.submitted && completed() == other.completed();
  }
}
