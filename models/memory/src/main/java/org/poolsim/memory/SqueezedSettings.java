// SPDX-License-Identifier: Apache-2.0
package org.poolsim.memory;

/**
 * Constants of the squeezed daemon. All memory in KiB, all times in seconds.
 *
 * @param hostFreeTargetKib what is always kept free ("T0", the "reserved memory" that xapi is
 *     told); not negative
 * @param toleranceKib a host counts as balanced while free memory is less than this above {@code
 *     hostFreeTargetKib}
 * @param stuckAfterSeconds a domain off its target without progress for longer than this is stuck
 * @param pauseSeconds sleep between two iterations of the change loop
 * @param balanceIntervalSeconds sleep between two periodic balances
 * @param uncooperativeAfterSeconds the {@code memory/uncooperative} flag is set on a domain seen
 *     off its target for longer than this
 * @param stuckMemorySeconds how long a domain once declared stuck stays so in later calls unless it
 *     makes progress; 0 is faithful (each call presumes every domain active, which makes a host
 *     with one VM that cannot grow oscillate for ever)
 * @param twoPhase whether domains that must shrink are waited for before any may grow; always in
 *     production
 * @param inaccuracyCompensation whether twice a domain's inaccuracy is held back from what it can
 *     free; always in production
 * @param iterationCostSeconds duration of one look at the host
 * @param costPerDomainSeconds added to it for each domain
 * @param costPerTargetSeconds added to it for each target that changes
 */
public record SqueezedSettings(
    long hostFreeTargetKib,
    long toleranceKib,
    double stuckAfterSeconds,
    double pauseSeconds,
    double balanceIntervalSeconds,
    double uncooperativeAfterSeconds,
    double stuckMemorySeconds,
    boolean twoPhase,
    boolean inaccuracyCompensation,
    double iterationCostSeconds,
    double costPerDomainSeconds,
    double costPerTargetSeconds) {
  /** No version of the daemon has this; long against the ten seconds between two balances. */
  private static final double STUCK_MEMORY_SECONDS = 300;

  /** The daemon of {@code version} with its behaviour unchanged. */
  public static SqueezedSettings of(ToolstackVersion version) {
    return new SqueezedSettings(
        version.hostFreeTargetKib(),
        512, // squeezed: balanced tolerance
        5.0, // squeezed: squeeze.ml, strictly greater
        1.0,
        10.0, // balance-check-interval
        20.0,
        0.0,
        true,
        true,
        // Not published; a suggestion of the fact sheet, section 4.1.
        0.002,
        0.0001,
        0.0004);
  }

  /** Returns these settings with another amount kept free and another tolerance. */
  public SqueezedSettings withFreeTarget(long freeTargetKib, long newToleranceKib) {
    return new SqueezedSettings(
        freeTargetKib,
        newToleranceKib,
        stuckAfterSeconds,
        pauseSeconds,
        balanceIntervalSeconds,
        uncooperativeAfterSeconds,
        stuckMemorySeconds,
        twoPhase,
        inaccuracyCompensation,
        iterationCostSeconds,
        costPerDomainSeconds,
        costPerTargetSeconds);
  }

  /** Returns these settings without the two phases: all targets are handed out at once. */
  public SqueezedSettings withoutTwoPhase() {
    return new SqueezedSettings(
        hostFreeTargetKib,
        toleranceKib,
        stuckAfterSeconds,
        pauseSeconds,
        balanceIntervalSeconds,
        uncooperativeAfterSeconds,
        stuckMemorySeconds,
        false,
        inaccuracyCompensation,
        iterationCostSeconds,
        costPerDomainSeconds,
        costPerTargetSeconds);
  }

  /** Returns these settings without the compensation for inaccurate balloons. */
  public SqueezedSettings withoutInaccuracyCompensation() {
    return new SqueezedSettings(
        hostFreeTargetKib,
        toleranceKib,
        stuckAfterSeconds,
        pauseSeconds,
        balanceIntervalSeconds,
        uncooperativeAfterSeconds,
        stuckMemorySeconds,
        twoPhase,
        false,
        iterationCostSeconds,
        costPerDomainSeconds,
        costPerTargetSeconds);
  }

  /**
   * Returns these settings with the intended instead of the real behaviour: a domain that was
   * declared stuck stays out of later calls for five minutes unless it makes progress, so that one
   * VM that cannot grow does not keep the others swinging.
   */
  public SqueezedSettings rememberingStuckDomains() {
    return new SqueezedSettings(
        hostFreeTargetKib,
        toleranceKib,
        stuckAfterSeconds,
        pauseSeconds,
        balanceIntervalSeconds,
        uncooperativeAfterSeconds,
        STUCK_MEMORY_SECONDS,
        twoPhase,
        inaccuracyCompensation,
        iterationCostSeconds,
        costPerDomainSeconds,
        costPerTargetSeconds);
  }
}
