// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cli.run;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;

/** How far the models agree with the real software, as docs/validation.md has it. */
final class ValidationFigures {
  /** The schedulers of the recorded runs: the rows of docs/validation/cpu.md. */
  private static final Set<String> RECORDED =
      Set.of("credit", "credit-xenserver", "credit2", "credit2-pre421", "rtds");

  private final Properties figures = new Properties();

  ValidationFigures() {
    try (InputStream in = ValidationFigures.class.getResourceAsStream("validation.properties")) {
      figures.load(in);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** Returns a figure. */
  int of(String key) {
    return Integer.parseInt(figures.getProperty(key).strip());
  }

  /** Returns what is said of the memory model. */
  String memory() {
    return "equal to squeezed and xenopsd in "
        + of("memory.equal")
        + " of "
        + of("memory.cases")
        + " recorded cases";
  }

  /**
   * Returns what is said of a CPU fidelity; empty for a mixture, of which no single figure is true.
   *
   * @param schedulers the schedulers of the hosts, each once
   * @param wholeUnits the granularities of hosts that place several vCPUs as one, each once
   */
  String cpu(String level, List<String> schedulers, List<String> wholeUnits) {
    return switch (level) {
      case "fluid" -> schedulers.stream().map(this::fluid).collect(Collectors.joining("; "));
      case "detailed" -> detailed(schedulers, wholeUnits);
      default -> "";
    };
  }

  /** Only what was recorded is said to be equal: not a scheduler that somebody else brought. */
  private String detailed(List<String> schedulers, List<String> wholeUnits) {
    List<String> sentences = new ArrayList<>();
    if (schedulers.stream().anyMatch(RECORDED::contains)) {
      sentences.add(
          "equal to Xen's own schedulers in "
              + of("cpu.detailed.equal")
              + " of "
              + of("cpu.detailed.cases")
              + " recorded runs");
    }
    for (String scheduler : schedulers) {
      if (!RECORDED.contains(scheduler)) {
        sentences.add(
            scheduler
                + (scheduler.equals("null")
                    ? " compared with its source on random hosts only"
                    : " not validated"));
      }
    }
    if (schedulers.stream().anyMatch(RECORDED::contains)) {
      for (String granularity : wholeUnits) {
        sentences.add(
            "granularity " + granularity + " compared with the source on random hosts only");
      }
    }
    return String.join("; ", sentences);
  }

  private String fluid(String scheduler) {
    return "CPU time within 5 % of Xen's "
        + scheduler
        + " in "
        + of("cpu.fluid." + scheduler)
        + " of "
        + of("cpu.fluid.each.cases")
        + " recorded runs";
  }
}
