// SPDX-License-Identifier: Apache-2.0
package org.poolsim.reports.rrd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.poolsim.engine.data.Description;

/**
 * RRDtool itself on random streams: any archives, samples at any millisecond, silences, unknown and
 * out-of-range samples, counters that are reset. Skipped where rrdtool is not installed.
 */
class RrdtoolRandomStreamsTest {
  private static final Pattern CELL = Pattern.compile("<v>([^<]+)</v>");

  @TempDir Path folder;

  /** Has one rrdtool carry the commands out; returns what it says but for its acknowledgements. */
  private List<String> run(List<String> commands) throws IOException {
    Path input = Files.write(folder.resolve("commands"), commands);
    ProcessBuilder builder = new ProcessBuilder("rrdtool", "-").redirectErrorStream(true);
    builder.directory(folder.toFile()).redirectInput(input.toFile());
    builder.environment().put("LC_ALL", "C");
    Process rrdtool;
    try {
      rrdtool = builder.start();
    } catch (IOException absent) {
      return Assumptions.abort("rrdtool is not installed");
    }
    List<String> said;
    try (BufferedReader answers = rrdtool.inputReader(StandardCharsets.UTF_8)) {
      said = answers.lines().toList();
    }
    assertThat(said).noneMatch(line -> line.startsWith("ERROR"));
    assertThat(said).filteredOn(line -> line.startsWith("OK ")).hasSameSizeAs(commands);
    return said;
  }

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 60);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void everyCellIsTheSame(long seed) throws IOException {
    Random random = new Random(seed);
    int start = 1_600_000_000 + random.nextInt(200_000_000);
    List<SourceDefinition> sources = sources(random);
    List<ArchiveDefinition> archives = archives(random);
    String file = "stream.rrd";
    List<String> commands = new ArrayList<>();
    commands.add(create(file, start, sources, archives));
    RoundRobinDatabase own = new RoundRobinDatabase(Mode.RRDTOOL, sources, archives, start);

    Sample sample = new Sample(sources.size());
    double[] totals = new double[sources.size()];
    long millis = start * 1000L;
    for (int n = 5 + random.nextInt(200); n > 0; n--) {
      long interval = intervalMillis(random);
      millis += interval;
      StringBuilder update = new StringBuilder("update " + file + " " + decimal(millis));
      for (int i = 0; i < sources.size(); i++) {
        Double value = value(random, sources.get(i), totals, i, interval / 1e3);
        if (value == null) {
          sample.set(i, Double.NaN);
          update.append(":U");
        } else if (sources.get(i).integer()) {
          sample.set(i, value.longValue());
          update.append(':').append(value.longValue());
        } else {
          sample.set(i, value);
          update.append(':').append(value);
        }
      }
      commands.add(update.toString());
      own.update(Double.parseDouble(decimal(millis)), sample);
    }
    commands.add("dump " + file);
    compare(own, run(commands));
  }

  private static String decimal(long millis) {
    return millis / 1000 + "." + String.format("%03d", millis % 1000);
  }

  private static long intervalMillis(Random random) {
    return switch (random.nextInt(8)) {
      case 0, 1, 2 -> 5000;
      case 3, 4 -> 4400 + random.nextInt(1200);
      case 5 -> 50 + random.nextInt(15_000);
      case 6 -> 5000L * (1 + random.nextInt(20));
      default -> 1000L * (1 + random.nextInt(400));
    };
  }

  /** Returns null for unknown. */
  private static Double value(
      Random random, SourceDefinition source, double[] totals, int i, double seconds) {
    if (source.type() == Description.Type.DERIVE) {
      totals[i] += random.nextInt(3) * random.nextDouble() * 100 * seconds;
      if (random.nextInt(100) == 0) {
        totals[i] = 0;
      }
    } else {
      totals[i] = random.nextInt(4) * (random.nextDouble() - 0.2) * 50;
    }
    return random.nextInt(40) == 0 ? null : Math.rint(totals[i] * 1e3) / 1e3;
  }

  private static List<SourceDefinition> sources(Random random) {
    List<SourceDefinition> sources = new ArrayList<>();
    Description.Type[] types = {
      Description.Type.GAUGE, Description.Type.DERIVE, Description.Type.ABSOLUTE
    };
    for (int i = 1 + random.nextInt(4); i > 0; i--) {
      double min = random.nextBoolean() ? 0 : Double.NEGATIVE_INFINITY;
      double max = random.nextBoolean() ? 100 : Double.POSITIVE_INFINITY;
      sources.add(
          new SourceDefinition(
              "s" + i,
              types[random.nextInt(types.length)],
              random.nextBoolean() ? 300 : 12,
              min,
              max,
              random.nextBoolean(),
              false));
    }
    return sources;
  }

  private static List<ArchiveDefinition> archives(Random random) {
    List<ArchiveDefinition> archives = new ArrayList<>();
    ConsolidationFunction[] functions = ConsolidationFunction.values();
    int[] steps = {1, 2, 3, 7, 12, 120};
    double[] xffs = {0, 0.1, 0.5, 0.999999};
    for (int i = 1 + random.nextInt(5); i > 0; i--) {
      archives.add(
          new ArchiveDefinition(
              functions[random.nextInt(functions.length)],
              1 + random.nextInt(40),
              steps[random.nextInt(steps.length)],
              xffs[random.nextInt(xffs.length)]));
    }
    return archives;
  }

  private static String create(
      String file, int start, List<SourceDefinition> sources, List<ArchiveDefinition> archives) {
    StringBuilder create = new StringBuilder("create " + file + " --step 5 --start " + start);
    for (SourceDefinition source : sources) {
      String type = source.type().name();
      create
          .append(" DS:" + source.name() + ":")
          .append(type.equals("DERIVE") && !source.integer() ? "DDERIVE" : type)
          .append(":" + (int) source.heartbeatSeconds())
          .append(":" + (Double.isInfinite(source.min()) ? "U" : source.min()))
          .append(":" + (Double.isInfinite(source.max()) ? "U" : source.max()));
    }
    for (ArchiveDefinition archive : archives) {
      create.append(
          " RRA:"
              + archive.function()
              + ":"
              + archive.xff()
              + ":"
              + archive.pdpPerRow()
              + ":"
              + archive.rows());
    }
    return create.toString();
  }

  private static void compare(RoundRobinDatabase own, List<String> dump) {
    List<Double> cells = new ArrayList<>();
    for (String line : dump) {
      Matcher cell = CELL.matcher(line);
      while (cell.find()) {
        String text = cell.group(1).strip();
        cells.add(
            text.toLowerCase(Locale.ROOT).contains("nan") ? Double.NaN : Double.valueOf(text));
      }
    }
    int at = 0;
    for (int a = 0; a < own.archives().size(); a++) {
      for (int row = 0; row < own.archives().get(a).rows(); row++) {
        for (int source = 0; source < own.sources().size(); source++) {
          double expected = cells.get(at++);
          double actual = own.cell(a, row, source);
          String what = own.archives().get(a) + " row " + row + " " + own.sources().get(source);
          if (Double.isNaN(expected)) {
            assertThat(actual).as(what).isNaN();
          } else {
            assertThat(actual).as(what).isCloseTo(expected, Percentage.withPercentage(1e-6));
          }
        }
      }
    }
    assertThat(cells).hasSize(at);
  }
}
