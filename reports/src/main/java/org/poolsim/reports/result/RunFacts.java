// SPDX-License-Identifier: Apache-2.0
package org.poolsim.reports.result;

import java.util.List;

/**
 * The conditions of a run, without which its figures mean nothing.
 *
 * @param fidelity per resource
 * @param defaultsUsed how many settings the scenario did not name
 * @param settings how many settings there are
 * @param leanedOn the defaults that the verdict depends on most
 * @param quirks defects of the real system that are reproduced, and their switches
 * @param product name and version, for example {@code poolsim 0.1.0}
 * @param modelled the version of the real system that the models follow, for example {@code XCP-ng
 *     8.3}
 * @param events how many simulation events ran
 * @param audit what the audit said: {@code passed}, {@code off}
 * @param scenarioSha256 digest of the scenario as run, in hexadecimal
 * @param scenario the scenario as run, every default written out
 * @param overrides settings given on the command line, {@code path=value}
 * @param remarks anything else that a reader must know, one sentence each
 */
public record RunFacts(
    List<Fidelity> fidelity,
    int defaultsUsed,
    int settings,
    List<Setting> leanedOn,
    List<Quirk> quirks,
    String product,
    String modelled,
    long events,
    String audit,
    String scenarioSha256,
    String scenario,
    List<String> overrides,
    List<String> remarks) {
  public RunFacts {
    fidelity = List.copyOf(fidelity);
    leanedOn = List.copyOf(leanedOn);
    quirks = List.copyOf(quirks);
    overrides = List.copyOf(overrides);
    remarks = List.copyOf(remarks);
  }

  /**
   * How true a resource's model is.
   *
   * @param resource {@code CPU}, {@code memory}, {@code storage}, {@code network}, {@code HA}
   * @param level {@code detailed}, {@code fluid} or {@code capacity}
   * @param validation its error as measured, for example {@code within 3 % of detailed on 14
   *     recorded cases}; empty means "not validated", which is said aloud
   */
  public record Fidelity(String resource, String level, String validation) {}

  /**
   * A setting and its value.
   *
   * @param key its path in the scenario
   * @param value as written out
   */
  public record Setting(String key, String value) {}

  /**
   * A defect of the real system.
   *
   * @param name a few words
   * @param key the setting that switches it
   * @param on whether this run reproduces it
   */
  public record Quirk(String name, String key, boolean on) {}
}
