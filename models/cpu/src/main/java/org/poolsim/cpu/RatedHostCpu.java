// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cpu;

/** A host on which time is handed out at rates that are constant between changes (fluid). */
public interface RatedHostCpu extends HostCpu {
  /** Returns the fraction of a pCPU that is idle now, in [0, 1]. */
  double idleRate(int pcpu);

  /**
   * Fills in the time that each pCPU has been idle, as {@link #idleNanos(int)} for all at once.
   *
   * @param nanos one element for each pCPU
   */
  void idleNanos(long[] nanos);

  /** Lets {@code listener} know after each change of the host's rates, after earlier listeners. */
  void listen(HostListener listener);

  @Override
  RatedDomain createDomain(DomainSpec spec);

  /** A domain whose vCPUs advance at known rates. */
  interface RatedDomain extends CpuDomain {
    /** Returns the fraction of the present time that a vCPU spends in a runstate, in [0, 1]. */
    double rate(int vcpu, Runstate state);

    /** Returns the fraction of the present time that the domain spends in a runstate, in [0, 1]. */
    double rate(DomainRunstate state);

    /** Lets {@code listener} know after each change of this domain's rates. */
    void listen(DomainListener listener);
  }

  /** Hears of a host's rates. */
  @FunctionalInterface
  interface HostListener {
    /** The idle rates or the number of running vCPUs are new from now on. */
    void hostRatesChanged();
  }

  /** Hears of a domain's rates. */
  @FunctionalInterface
  interface DomainListener {
    /** The rates of {@code domain} are new from now on. */
    void domainRatesChanged(RatedDomain domain);
  }
}
