// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.poolsim.engine.data.Owner;
import org.poolsim.reports.export.SafeNames;
import org.poolsim.reports.export.SeriesFiles;
import org.poolsim.reports.rrd.ArchiveDefinition;
import org.poolsim.reports.rrd.Rrd;
import org.poolsim.reports.rrd.SourceDefinition;
import picocli.CommandLine;

/**
 * Stock rrdtool on what runs of examples leave behind: it restores, describes, fetches and draws
 * the safe export of every object, and every row that it fetches is the native export's. Two short
 * examples, or all of them where the environment's POOLSIM_RRDTOOL_EXAMPLES is {@code all}.
 */
class RrdtoolOnExamplesTest {
  private static final Path EXAMPLES = Path.of("..", "scenarios", "examples");
  private static final List<String> SHORT =
      List.of("memory-oscillation.yaml", "dom0-two-vcpus.yaml");

  @TempDir static Path folder;
  private static Process rrdtool;
  private static BufferedWriter commands;
  private static BufferedReader answers;

  static Stream<Path> examples() throws IOException {
    if (!"all".equals(System.getenv("POOLSIM_RRDTOOL_EXAMPLES"))) {
      return SHORT.stream().map(EXAMPLES::resolve);
    }
    try (Stream<Path> files = Files.list(EXAMPLES)) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList().stream();
    }
  }

  /** One process takes all commands. */
  @BeforeAll
  static void startRrdtool() throws IOException {
    ProcessBuilder builder = new ProcessBuilder("rrdtool", "-").redirectErrorStream(true);
    builder.directory(folder.toFile());
    builder.environment().put("TZ", "UTC");
    builder.environment().put("LC_ALL", "C");
    try {
      rrdtool = builder.start();
    } catch (IOException absent) {
      Assumptions.abort("rrdtool is not installed");
    }
    commands = rrdtool.outputWriter(StandardCharsets.UTF_8);
    answers = rrdtool.inputReader(StandardCharsets.UTF_8);
  }

  @AfterAll
  static void stopRrdtool() throws IOException {
    if (commands != null) {
      commands.close();
      rrdtool.destroy();
    }
  }

  private static List<String> ask(String command) throws IOException {
    commands.write(command + "\n");
    commands.flush();
    List<String> lines = new ArrayList<>();
    while (true) {
      String line = answers.readLine();
      assertThat(line).as("rrdtool goes on after %s", command).isNotNull();
      assertThat(line).as(command).doesNotStartWith("ERROR");
      if (line.startsWith("OK ")) {
        return lines;
      }
      lines.add(line);
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void everyObjectIsReadAndEveryRowIsTheSame(Path example) throws Exception {
    Path run = folder.resolve("run");
    CommandLine poolsim = Poolsim.commandLine();
    StringWriter err = new StringWriter();
    poolsim.setErr(new PrintWriter(err));
    assertThat(poolsim.execute("run", example.toString(), "-q", "-o", run.toString()))
        .as(err.toString())
        .isIn(ExitCode.DONE, ExitCode.MISSED);
    List<SeriesFiles.StoredObject> objects = SeriesFiles.read(run);
    assertThat(objects).isNotEmpty();
    long compared = 0;
    for (SeriesFiles.StoredObject object : objects) {
      compared += check(run, object.object().owner(), object.object().rrd());
    }
    System.out.println(
        example.getFileName()
            + ": "
            + objects.size()
            + " databases restored, described and drawn; "
            + compared
            + " fetched values equal");
  }

  private static long check(Path run, Owner owner, Rrd rrd) throws IOException {
    String name = owner.kind().name().toLowerCase(Locale.ROOT) + "-" + owner.uuid();
    Path restored = folder.resolve("one.rrd");
    Files.deleteIfExists(restored);
    ask("restore " + run.resolve("rrd/rrdtool").resolve(name + ".xml") + " " + restored);
    List<String> names = SafeNames.of(rrd.sources().stream().map(SourceDefinition::name).toList());
    List<String> info = ask("info " + restored);
    for (String source : names) {
      assertThat(info).anyMatch(line -> line.startsWith("ds[" + source + "].type"));
    }
    long compared = 0;
    for (int a = 0; a < rrd.archives().size(); a++) {
      compared += fetched(restored, rrd, a, names);
    }
    Path picture = folder.resolve("graph.png");
    Files.deleteIfExists(picture);
    long end = (long) rrd.lastUpdateSeconds();
    ask(
        "graph "
            + picture
            + (" --start " + (end - 3600) + " --end " + end)
            + (" DEF:a=" + restored + ":" + names.get(0) + ":AVERAGE LINE1:a#000000:a"));
    assertThat(picture).isNotEmptyFile();
    return compared;
  }

  private static long fetched(Path restored, Rrd rrd, int archive, List<String> names)
      throws IOException {
    ArchiveDefinition definition = rrd.archives().get(archive);
    long step = definition.rowSeconds();
    long end = rrd.newestRowEnd(archive);
    long rows = definition.rows() - 1L; // the very oldest would have rrdtool take a coarser archive
    List<String> lines =
        ask(
            "fetch "
                + restored
                + (" " + definition.function() + " --resolution " + step)
                + (" --start " + (end - rows * step) + " --end " + (end - step)));
    assertThat(lines.get(0).strip().split("\\s+", -1))
        .containsExactly(names.toArray(new String[0]));
    long compared = 0;
    for (String line : lines) {
      String[] parts = line.split(":", 2);
      if (parts.length != 2 || !parts[0].matches("\\d+")) {
        continue;
      }
      long time = Long.parseLong(parts[0]);
      int row = definition.rows() - 1 - Math.toIntExact((end - time) / step);
      assertThat(row).as("row of %s in %s", line, lines.get(0)).isBetween(0, definition.rows() - 1);
      String[] values = parts[1].strip().split("\\s+", -1);
      for (int i = 0; i < values.length; i++) {
        double expected = rrd.cell(archive, row, i);
        double value =
            values[i].contains("nan")
                ? Double.NaN
                : values[i].endsWith("inf")
                    ? values[i].startsWith("-")
                        ? Double.NEGATIVE_INFINITY
                        : Double.POSITIVE_INFINITY
                    : Double.parseDouble(values[i]);
        boolean same =
            Double.isFinite(expected)
                ? Math.abs(value - expected) <= Math.abs(expected) * 1e-9
                : Double.compare(value, expected) == 0;
        assertThat(same).as("%s: %s, not %s", names.get(i), line, expected).isTrue();
        compared++;
      }
    }
    assertThat(compared).isGreaterThanOrEqualTo((rows - 1) * names.size());
    return compared;
  }
}
