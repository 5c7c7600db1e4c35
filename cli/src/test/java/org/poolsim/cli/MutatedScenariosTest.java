// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * Examples with random mistakes: lines left out, doubled, swapped and indented, values and letters
 * replaced. Each is accepted, or refused with the place of a mistake; nothing else may happen.
 */
class MutatedScenariosTest {
  private static final Path EXAMPLES = Path.of("..", "scenarios", "examples");
  private static final int MUTANTS = 600;
  private static final List<String> VALUES =
      List.of(
          "-1",
          "0",
          "1",
          "1e9",
          "NaN",
          ".inf",
          "~",
          "''",
          "[]",
          "{}",
          "1s",
          "1h",
          "0s",
          "100%",
          "-5%",
          "1GiB",
          "0B",
          "1PiB",
          "true",
          "abc",
          "[1, 2]",
          "{a: 1}",
          "vm-[1..3]",
          "vm-[9..3]",
          "&a x",
          "*a",
          "!!str 3",
          "1e400",
          "9223372036854775807",
          "é",
          "|",
          "credit2",
          "null",
          "exponential(5ms)",
          "*");

  @TempDir Path folder;

  @Test
  void everyMutantIsAcceptedOrRefusedWithAPlace() throws IOException {
    copy(EXAMPLES, folder);
    List<Path> examples;
    try (Stream<Path> files = Files.list(EXAMPLES)) {
      examples = files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    }
    assertThat(examples).isNotEmpty();
    Random random = new Random(1);
    int refused = 0;
    for (int mutant = 0; mutant < MUTANTS; mutant++) {
      Path example = examples.get(random.nextInt(examples.size()));
      List<String> lines = new ArrayList<>(Files.readAllLines(example));
      for (int mistakes = 1 + random.nextInt(3); mistakes > 0; mistakes--) {
        mutate(lines, random);
      }
      Path file = Files.write(folder.resolve(example.getFileName()), lines);
      CommandLine poolsim = Poolsim.commandLine();
      StringWriter err = new StringWriter();
      poolsim.setOut(new PrintWriter(new StringWriter()));
      poolsim.setErr(new PrintWriter(err));
      int code = poolsim.execute("check", file.toString());
      String what = String.join("\n", lines) + "\n\n" + err;
      assertThat(code).as(what).isIn(ExitCode.DONE, ExitCode.WRONG_INPUT);
      if (code == ExitCode.WRONG_INPUT) {
        refused++;
        assertThat(err.toString()).as(what).containsPattern(":\\d+:\\d+: ");
      }
    }
    assertThat(refused).isBetween(MUTANTS / 2, MUTANTS - 1);
  }

  private static void mutate(List<String> lines, Random random) {
    int at = random.nextInt(lines.size());
    String line = lines.get(at);
    switch (random.nextInt(8)) {
      case 0 -> {
        if (lines.size() > 1) {
          lines.remove(at);
        }
      }
      case 1 -> lines.add(at, lines.get(random.nextInt(lines.size())));
      case 2, 3, 4 -> {
        int colon = line.indexOf(": ");
        if (colon >= 0) {
          String value = VALUES.get(random.nextInt(VALUES.size()));
          lines.set(at, line.substring(0, colon + 2) + value);
        }
      }
      case 5 -> {
        if (!line.isEmpty()) {
          int letter = random.nextInt(line.length());
          char other = (char) (' ' + random.nextInt(95));
          lines.set(at, line.substring(0, letter) + other + line.substring(letter + 1));
        }
      }
      case 6 -> Collections.swap(lines, at, random.nextInt(lines.size()));
      default ->
          lines.set(at, "  " + line.replaceFirst("[0-9]+", "" + (random.nextInt(100_000) - 9)));
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Iterator<Path> each = files.iterator(); each.hasNext(); ) {
        Path file = each.next();
        Path target = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target);
        }
      }
    }
  }
}
