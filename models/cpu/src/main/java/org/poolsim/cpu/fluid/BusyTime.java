// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cpu.fluid;

/**
 * The busy time of a host's pCPUs, integrated beside that of the vCPUs: the audit compares the two.
 * As long as every vCPU may run everywhere the pCPUs are equally busy and one sum serves for all.
 */
final class BusyTime {
  private final int pcpus;
  private final long createdNanos;
  private long sinceNanos;

  private long evenRate;
  private double evenIdleRate = 1;
  private long evenNanos;
  private long evenFraction;

  /** Rates by pCPU while masks are in force; all zero otherwise. */
  private final long[] rates;

  private final long[] nanos;
  private final long[] fractions;
  private boolean perPcpu;

  private long retiredNanos;
  private long retiredFractions;

  BusyTime(int pcpus, long nowNanos) {
    this.pcpus = pcpus;
    createdNanos = nowNanos;
    sinceNanos = nowNanos;
    rates = new long[pcpus];
    nanos = new long[pcpus];
    fractions = new long[pcpus];
  }

  private void accrue(long nowNanos) {
    long elapsed = nowNanos - sinceNanos;
    if (elapsed == 0) {
      return;
    }
    sinceNanos = nowNanos;
    long high = elapsed >>> Share.BITS;
    long low = elapsed & Share.MASK;
    if (!perPcpu) {
      // The sum of many pCPUs' rates may exceed 32 bits: whole pCPUs and the rest apart.
      long whole = evenRate >>> Share.BITS;
      long part = (evenRate & Share.MASK) * low + evenFraction;
      evenNanos += whole * elapsed + (evenRate & Share.MASK) * high + (part >>> Share.BITS);
      evenFraction = part & Share.MASK;
      return;
    }
    for (int i = 0; i < pcpus; i++) {
      long part = rates[i] * low + fractions[i];
      nanos[i] += rates[i] * high + (part >> Share.BITS);
      fractions[i] = part & Share.MASK;
    }
  }

  /** From now on all pCPUs together run at {@code busy}. */
  void setEven(long nowNanos, long busy) {
    if (perPcpu || busy != evenRate) {
      accrue(nowNanos);
      perPcpu = false;
      evenRate = busy;
      evenIdleRate = 1 - Share.toDouble(busy) / pcpus;
    }
  }

  /** From now on each pCPU runs at its own rate. */
  void setPerPcpu(long nowNanos, long[] busy) {
    accrue(nowNanos);
    perPcpu = true;
    System.arraycopy(busy, 0, rates, 0, pcpus);
  }

  double idleRate(int pcpu) {
    return perPcpu ? Share.toDouble(Share.ONE - rates[pcpu]) : evenIdleRate;
  }

  /** Keeps the running time of a domain that is gone. */
  void retire(long ranNanos, long ranFractions) {
    retiredNanos += ranNanos;
    retiredFractions += ranFractions;
  }

  long retiredNanos() {
    return retiredNanos;
  }

  long retiredFractions() {
    return retiredFractions;
  }

  /**
   * Returns a pCPU's idle time. The nanoseconds that rounding leaves are spread over the pCPUs, so
   * that idle and running times together are the capacity, exactly.
   *
   * @param ranNanos the running time of all vCPUs ever
   */
  long idleNanos(int pcpu, long nowNanos, long ranNanos) {
    accrue(nowNanos);
    long rounded = 0;
    for (long time : nanos) {
      rounded += time;
    }
    long rest = ranNanos - rounded;
    long busy =
        nanos[pcpu] + Math.floorDiv(rest, pcpus) + (pcpu < Math.floorMod(rest, pcpus) ? 1 : 0);
    return nowNanos - createdNanos - busy;
  }

  /** Returns the idle time of all pCPUs together: what was not run. */
  long allIdleNanos(long nowNanos, long ranNanos) {
    return (nowNanos - createdNanos) * pcpus - ranNanos;
  }

  /** Fills in every pCPU's idle time. */
  void idleNanos(long[] idle, long nowNanos, long ranNanos) {
    accrue(nowNanos);
    long rounded = 0;
    for (long time : nanos) {
      rounded += time;
    }
    long rest = ranNanos - rounded;
    long each = nowNanos - createdNanos - Math.floorDiv(rest, pcpus);
    long one = Math.floorMod(rest, pcpus);
    for (int i = 0; i < pcpus; i++) {
      idle[i] = each - nanos[i] - (i < one ? 1 : 0);
    }
  }

  void audit(String host, long nowNanos, long ranNanos, long ranFractions) {
    accrue(nowNanos);
    long busyNanos = evenNanos;
    long busyFractions = evenFraction;
    for (int i = 0; i < pcpus; i++) {
      busyNanos += nanos[i];
      busyFractions += fractions[i];
    }
    long difference = ((busyNanos - ranNanos) << Share.BITS) + busyFractions - ranFractions;
    if (difference != 0) {
      throw new IllegalStateException(
          host
              + ": the pCPUs were busy for "
              + busyNanos
              + " ns, the vCPUs ran for "
              + ranNanos
              + " ns (difference with fractions "
              + difference * 0x1p-30
              + " ns) at "
              + nowNanos
              + " ns");
    }
    long capacityNanos = (nowNanos - createdNanos) * pcpus;
    if (busyNanos > capacityNanos) {
      throw new IllegalStateException(
          host
              + ": the pCPUs were busy for "
              + busyNanos
              + " ns of "
              + capacityNanos
              + " ns at "
              + nowNanos
              + " ns");
    }
  }
}
