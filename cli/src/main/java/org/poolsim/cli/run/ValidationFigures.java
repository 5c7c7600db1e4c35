// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cli.run;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;

/** How far the models agree with the real software, as docs/validation.md has it. */
final class ValidationFigures {
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
   */
  String cpu(String level, List<String> schedulers) {
    return switch (level) {
      case "fluid" -> schedulers.stream().map(this::fluid).collect(Collectors.joining("; "));
      case "detailed" ->
          "equal to Xen's own schedulers in "
              + of("cpu.detailed.equal")
              + " of "
              + of("cpu.detailed.cases")
              + " recorded runs";
      default -> "";
    };
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
