// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The report says of the models what docs/validation.md says. */
final class ValidationFiguresTest {
  private final ValidationFigures figures = new ValidationFigures();

  @Test
  void theDetailedModelsFiguresAreThoseOfTheDocs() throws IOException {
    String[] row = row("`cpu` exact");
    assertThat(figures.of("cpu.detailed.cases")).isEqualTo(firstNumber(row[3]));
    assertThat(figures.of("cpu.detailed.equal")).isEqualTo(firstNumber(row[4]));
  }

  /** No recorded run has a scheduler of one's own, {@code null}, or units of several vCPUs. */
  @Test
  void equalityIsClaimedOnlyOfWhatWasRecorded() {
    String equal = "equal to Xen's own schedulers in 246 of 246 recorded runs";
    assertThat(figures.cpu("detailed", List.of("credit2", "rtds"), List.of())).isEqualTo(equal);
    assertThat(figures.cpu("detailed", List.of("lottery"), List.of()))
        .isEqualTo("lottery not validated");
    assertThat(figures.cpu("detailed", List.of("null"), List.of("core")))
        .isEqualTo("null compared with its source on random hosts only");
    assertThat(figures.cpu("detailed", List.of("credit", "lottery"), List.of("core")))
        .isEqualTo(
            equal
                + "; lottery not validated; granularity core compared with the source on random"
                + " hosts only");
  }

  @Test
  void theFluidModelsFiguresAreThoseOfTheDocs() throws IOException {
    String[] row = row("`cpu-fluid`");
    assertThat(figures.of("cpu.fluid.cases")).isEqualTo(firstNumber(row[3]));
    assertThat(figures.of("cpu.fluid.within")).isEqualTo(firstNumber(row[4]));
    assertThat(row[4]).contains("within 5 %");
  }

  @Test
  void theFluidModelsFiguresByScheduler() throws IOException {
    List<String> schedulers = List.of("credit", "credit-xenserver", "credit2", "credit2-pre421");
    int[] within = new int[schedulers.size()];
    int cases = 0;
    List<String> lines = Files.readAllLines(Path.of("..", "docs", "models", "cpu-fluid.md"));
    int at =
        2 + lines.indexOf(lines.stream().filter(l -> l.startsWith("| case |")).findFirst().get());
    for (; lines.get(at).startsWith("|"); at++, cases++) {
      String[] row = lines.get(at).split("\\|", -1);
      for (int i = 0; i < within.length; i++) {
        within[i] += row[2 + i].contains("**") ? 0 : 1;
      }
    }
    assertThat(figures.of("cpu.fluid.each.cases")).isEqualTo(cases);
    for (int i = 0; i < within.length; i++) {
      assertThat(figures.of("cpu.fluid." + schedulers.get(i))).isEqualTo(within[i]);
      assertThat(figures.cpu("fluid", List.of(schedulers.get(i)), List.of()))
          .contains(schedulers.get(i) + " in " + within[i] + " of " + cases);
    }
    assertThat(IntStream.of(within).sum()).isEqualTo(figures.of("cpu.fluid.within"));
  }

  @Test
  void theMemoryModelsFiguresAreThoseOfTheDocs() throws IOException {
    int cases = 0;
    int equal = 0;
    for (String set :
        List.of(
            "squeezed", "squeezed-periodic", "squeezed-suite", "vm-memory-overhead", "numa-plan")) {
      String[] row = row("`" + set + "`");
      cases += firstNumber(row[3]);
      equal += firstNumber(row[4]);
      assertThat(row[4]).contains("equal");
    }
    assertThat(figures.of("memory.cases")).isEqualTo(cases);
    assertThat(figures.of("memory.equal")).isEqualTo(equal);
  }

  private static int firstNumber(String cell) {
    return Integer.parseInt(cell.strip().replaceFirst("(?s)^([0-9]+).*", "$1"));
  }

  private static String[] row(String set) throws IOException {
    return Files.readAllLines(Path.of("..", "docs", "validation.md")).stream()
        .filter(line -> line.startsWith("| " + set + " |"))
        .findFirst()
        .orElseThrow()
        .split("\\|");
  }
}
