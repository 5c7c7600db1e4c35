// SPDX-License-Identifier: Apache-2.0
package org.poolsim.storage;

import org.poolsim.engine.Simulator;

/** Devices behind one queue: see the package for the law. Several SRs and hosts may share it. */
public final class StorageArray {
  private static final long SEQUENTIAL_LATENCY_NANOS = 200_000;

  private final Simulator simulator;
  private final String name;
  private final int queueDepth;
  private final double readNanosPerOp;
  private final double writeNanosPerOp;
  private final double readNanosPerByte;
  private final double writeNanosPerByte;
  private final DeviceParameters device;
  private final double linkNanosPerByte;
  private final long fabricRoundTripNanos;
  private final RequestQueue waiting = new RequestQueue();
  private int outstanding;
  private double freeAtNanos;
  private double busyNanos;
  private double linkFreeAtNanos;
  private double linkBusyNanos;
  private long fullSinceNanos;
  private long fullNanos;
  private long served;
  private long servedBytes;
  private double requestNanos;
  private long advancedNanos;
  private Runnable fullness = () -> {};

  /**
   * Creates an array.
   *
   * @param devices number of equal devices
   * @param linkBitsPerSecond rate of the array's own link, 0 for none
   * @param fabricLatencyNanos one way
   * @param queueDepth requests accepted at a time
   */
  public StorageArray(
      Simulator simulator,
      String name,
      int devices,
      DeviceParameters device,
      RaidLevel raid,
      long linkBitsPerSecond,
      long fabricLatencyNanos,
      int queueDepth) {
    this.simulator = simulator;
    this.name = name;
    this.device = device;
    this.queueDepth = queueDepth;
    readNanosPerOp = 1e9 / (devices * device.readsPerSecond());
    writeNanosPerOp = 1e9 * raid.writePenalty() / (devices * device.writesPerSecond());
    readNanosPerByte = 1e9 / (devices * device.readBytesPerSecond());
    writeNanosPerByte =
        1e9 * raid.stripeOverhead(devices) / (devices * device.writeBytesPerSecond());
    linkNanosPerByte = linkBitsPerSecond == 0 ? 0 : 8e9 / linkBitsPerSecond;
    fabricRoundTripNanos = 2 * fabricLatencyNanos;
  }

  /** Returns the name. */
  public String name() {
    return name;
  }

  /** Returns the requests accepted at a time. */
  public int queueDepth() {
    return queueDepth;
  }

  /** Returns the requests accepted and not answered. */
  public int outstanding() {
    return outstanding;
  }

  /** Returns the requests that wait in the hosts for a place in the queue. */
  public int waiting() {
    return waiting.size();
  }

  /** Returns the number of requests answered so far. */
  public long served() {
    return served;
  }

  /** Returns the time for which the devices have been busy up to now, in nanoseconds. */
  public double busyNanos() {
    return busyNanos - Math.max(0, freeAtNanos - simulator.nowNanos());
  }

  /** Returns the time for which the array's link has been busy up to now, in nanoseconds. */
  public double linkBusyNanos() {
    return linkBusyNanos - Math.max(0, linkFreeAtNanos - simulator.nowNanos());
  }

  /** Returns the time for which the queue has been full up to now, in nanoseconds. */
  public long fullNanos() {
    return outstanding == queueDepth
        ? fullNanos + simulator.nowNanos() - fullSinceNanos
        : fullNanos;
  }

  /**
   * Returns the integral over time of the requests here, accepted and waiting, in request
   * nanoseconds: its growth divided by the time is their mean number.
   */
  public double requestNanos() {
    return requestNanos
        + (double) (outstanding + waiting.size()) * (simulator.nowNanos() - advancedNanos);
  }

  /** Returns the bytes of the requests answered so far. */
  public long servedBytes() {
    return servedBytes;
  }

  /** Lets {@code listener} know after each time that the queue has become full or no longer is. */
  public void listen(Runnable listener) {
    fullness = listener;
  }

  private void advance(long nowNanos) {
    requestNanos += (double) (outstanding + waiting.size()) * (nowNanos - advancedNanos);
    advancedNanos = nowNanos;
  }

  void submit(BlockRequest request) {
    request.array = this;
    if (outstanding < queueDepth) {
      start(request);
      if (outstanding == queueDepth) {
        fullness.run();
      }
    } else {
      advance(simulator.nowNanos());
      waiting.add(request);
    }
  }

  private void start(BlockRequest request) {
    long nowNanos = simulator.nowNanos();
    advance(nowNanos);
    if (++outstanding == queueDepth) {
      fullSinceNanos = nowNanos;
    }
    boolean read = request.direction == IoDirection.READ;
    boolean sequential = request.access == Access.SEQUENTIAL;
    double perOp = sequential ? 0 : read ? readNanosPerOp : writeNanosPerOp;
    double perByte = read ? readNanosPerByte : writeNanosPerByte;
    double occupied = Math.max(perOp, request.bytes * perByte);
    double begin = Math.max((double) nowNanos, freeAtNanos);
    freeAtNanos = begin + occupied;
    busyNanos += occupied;

    StoragePath path = request.vbd.path();
    long pathNanos =
        read
            ? path.receivedNanos(nowNanos, request.bytes)
            : path.sentNanos(nowNanos, request.bytes);
    double linkTime = request.bytes * linkNanosPerByte;
    linkFreeAtNanos = Math.max((double) nowNanos, linkFreeAtNanos) + linkTime;
    linkBusyNanos += linkTime;

    long latency = read ? device.readLatencyNanos() : device.writeLatencyNanos();
    if (sequential) {
      latency = Math.min(latency, SEQUENTIAL_LATENCY_NANOS);
    }
    double rate = read ? device.readBytesPerSecond() : device.writeBytesPerSecond();
    double ready = Math.max(begin, Math.max((double) pathNanos, linkFreeAtNanos));
    double answered = ready + latency + request.bytes * 1e9 / rate + fabricRoundTripNanos;
    long answeredNanos = (long) Math.ceil(answered);
    request.endStage(IoStage.ARRAY_QUEUE, nowNanos);
    request.endArray(begin, ready, fabricRoundTripNanos, answeredNanos);
    simulator.schedule(request.served(), answeredNanos);
  }

  void served(BlockRequest request) {
    advance(simulator.nowNanos());
    boolean full = outstanding-- == queueDepth;
    if (full) {
      fullNanos += simulator.nowNanos() - fullSinceNanos;
    }
    served++;
    servedBytes += request.bytes;
    BlockRequest following = waiting.poll();
    if (following != null) {
      start(following);
    }
    if (full && outstanding < queueDepth) {
      fullness.run();
    }
    request.vbd.answered(request);
  }
}
