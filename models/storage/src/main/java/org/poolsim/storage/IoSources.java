// SPDX-License-Identifier: Apache-2.0
package org.poolsim.storage;

import org.poolsim.engine.data.Counter;
import org.poolsim.engine.data.DataSources;
import org.poolsim.engine.data.Description;
import org.poolsim.engine.data.Gauge;
import org.poolsim.engine.data.Owner;

/** The data sources that the iostat plugin gives a disk or an SR. */
final class IoSources {
  private static final String BYTES_PER_SECOND = "B/s";
  private static final String MICROSECONDS = "\u03bcs";
  private static final String THROUGHPUT = "MiB/s";
  private static final String REQUESTS_PER_SECOND = "requests/s";

  private final Owner owner;
  private final String prefix;
  private final String suffix;
  private final String of;
  private final Counter read;
  private final Counter write;
  private final Gauge readLatency;
  private final Gauge writeLatency;
  private final Counter throughputRead;
  private final Counter throughputWrite;
  private final Counter throughputTotal;
  private final Counter iopsRead;
  private final Counter iopsWrite;
  private final Counter iopsTotal;
  private final Counter iowait;
  private final Gauge inflight;
  private final Gauge latency;
  private final Gauge queueSize;

  /**
   * Adds the sources.
   *
   * @param prefix what stands before the name, for example {@code vbd_xvda_}
   * @param suffix what stands behind it, for example {@code _1a2b3c4d}
   * @param of what is measured, for people
   */
  IoSources(DataSources sources, Owner owner, String prefix, String suffix, String of) {
    this.owner = owner;
    this.prefix = prefix;
    this.suffix = suffix;
    this.of = of;
    read =
        counter(
            sources, "read", "Bytes read from ", BYTES_PER_SECOND, Description.Type.DERIVE, true);
    write =
        counter(
            sources, "write", "Bytes written to ", BYTES_PER_SECOND, Description.Type.DERIVE, true);
    readLatency = gauge(sources, "read_latency", "Mean read latency of ", MICROSECONDS, true);
    writeLatency = gauge(sources, "write_latency", "Mean write latency of ", MICROSECONDS, true);
    throughputRead =
        counter(
            sources,
            "io_throughput_read",
            "Data read from ",
            THROUGHPUT,
            Description.Type.ABSOLUTE,
            false);
    throughputWrite =
        counter(
            sources,
            "io_throughput_write",
            "Data written to ",
            THROUGHPUT,
            Description.Type.ABSOLUTE,
            false);
    throughputTotal =
        counter(
            sources,
            "io_throughput_total",
            "All I/O of ",
            THROUGHPUT,
            Description.Type.ABSOLUTE,
            false);
    iopsRead =
        counter(
            sources,
            "iops_read",
            "Read requests to ",
            REQUESTS_PER_SECOND,
            Description.Type.ABSOLUTE,
            true);
    iopsWrite =
        counter(
            sources,
            "iops_write",
            "Write requests to ",
            REQUESTS_PER_SECOND,
            Description.Type.ABSOLUTE,
            true);
    iopsTotal =
        counter(
            sources,
            "iops_total",
            "I/O requests to ",
            REQUESTS_PER_SECOND,
            Description.Type.ABSOLUTE,
            true);
    iowait =
        counter(
            sources, "iowait", "Time spent in I/O of ", "s/s", Description.Type.ABSOLUTE, false);
    inflight = gauge(sources, "inflight", "Requests in flight of ", "requests", true);
    latency = gauge(sources, "latency", "Mean I/O latency of ", MICROSECONDS, false);
    queueSize = gauge(sources, "avgqu_sz", "Mean queue length of ", "requests", false);
  }

  void publish(IoInterval interval) {
    add(read, interval.readBytes);
    add(write, interval.writtenBytes);
    readLatency.set(interval.readLatencyMicros);
    writeLatency.set(interval.writeLatencyMicros);
    add(throughputRead, interval.readMebibytes());
    add(throughputWrite, interval.writtenMebibytes());
    add(throughputTotal, interval.readMebibytes() + interval.writtenMebibytes());
    add(iopsRead, interval.reads);
    add(iopsWrite, interval.writes);
    add(iopsTotal, interval.reads + interval.writes);
    add(iowait, interval.iowaitSeconds);
    inflight.set(interval.inflight);
    latency.set(interval.latencyMicros);
    queueSize.set(interval.queueSize);
  }

  private static void add(Counter counter, double amount) {
    if (amount != 0) {
      counter.add(amount);
    }
  }

  private Counter counter(
      DataSources sources,
      String name,
      String text,
      String units,
      Description.Type type,
      boolean integer) {
    return sources.add(new Counter(description(name, text, units, type, integer)));
  }

  private Gauge gauge(
      DataSources sources, String name, String text, String units, boolean integer) {
    return sources.add(
        new Gauge(description(name, text, units, Description.Type.GAUGE, integer), 0));
  }

  private Description description(
      String name, String text, String units, Description.Type type, boolean integer) {
    return new Description(
        owner,
        prefix + name + suffix,
        text + of,
        units,
        type,
        integer,
        0,
        Double.POSITIVE_INFINITY,
        false,
        true);
  }
}
