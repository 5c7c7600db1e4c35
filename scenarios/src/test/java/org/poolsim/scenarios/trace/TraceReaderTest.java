// SPDX-License-Identifier: Apache-2.0
package org.poolsim.scenarios.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.poolsim.pool.spec.TimeSeries;
import org.poolsim.scenarios.yaml.Mistake;
import org.poolsim.scenarios.yaml.Mistakes;
import org.poolsim.scenarios.yaml.Position;

class TraceReaderTest {
  private static final Path SAMPLES = Path.of("examples", "traces");

  @TempDir Path folder;

  private static double mean(TimeSeries series) {
    return IntStream.range(0, series.size()).mapToDouble(series::value).average().orElseThrow();
  }

  private static List<TimeSeries> read(Path path, TraceOptions options, String... columns) {
    Mistakes mistakes = new Mistakes();
    List<String> asked = columns.length == 0 ? Collections.singletonList(null) : List.of(columns);
    List<TimeSeries> series =
        TraceReader.read(path, "t", options, asked, Position.of("asker"), mistakes);
    assertThat(mistakes.list()).isEmpty();
    return series;
  }

  private List<String> mistakes(String text) throws IOException {
    Path file = folder.resolve("t.csv");
    Files.writeString(file, text);
    Mistakes mistakes = new Mistakes();
    TraceReader.read(
        file,
        "t.csv",
        TraceOptions.DEFAULT,
        Collections.singletonList(null),
        Position.of("s"),
        mistakes);
    return mistakes.list().stream().map(Mistake::toString).toList();
  }

  @Test
  void bitbrainsSecondsUnderAHeaderThatSaysMilliseconds() {
    TimeSeries series = read(SAMPLES.resolve("business-vm.csv"), TraceOptions.DEFAULT).get(0);
    assertThat(series.size()).isEqualTo(288);
    assertThat(series.timeNanos(0)).isZero();
    // One hole of 600 s and jitter of a second, as recorded.
    assertThat(series.timeNanos(121) - series.timeNanos(120)).isEqualTo(600_000_000_000L);
    assertThat(series.timeNanos(287)).isBetween(86_300_000_000_000L, 86_500_000_000_000L);
    // Percentages become levels, and so does the clock by the capacity of the same row.
    TimeSeries clock =
        read(SAMPLES.resolve("business-vm.csv"), TraceOptions.DEFAULT, "CPU usage [MHZ]").get(0);
    assertThat(mean(clock)).isCloseTo(mean(series), within(1e-6));
  }

  @Test
  void planetlabInBothForms() {
    TimeSeries single = read(SAMPLES.resolve("planetlab-node"), TraceOptions.DEFAULT).get(0);
    assertThat(single.size()).isEqualTo(288);
    assertThat(single.timeNanos(1)).isEqualTo(300_000_000_000L);
    List<TimeSeries> wide =
        read(SAMPLES.resolve("office-servers.csv"), TraceOptions.DEFAULT, "vm000", "vm039");
    assertThat(wide).hasSize(2);
    assertThat(wide.get(0)).isNotEqualTo(wide.get(1));
  }

  @Test
  void aSeriesMayBeginInTheMiddle() throws IOException {
    Path file = folder.resolve("t.csv");
    Files.writeString(
        file,
        "time;load\n2026-01-01T00:00:00Z;10\n2026-01-01T00:01:00Z;20\n2026-01-01T00:02:00Z;30\n");
    TraceOptions from = new TraceOptions(Format.AUTO, null, 1_000_000_000L, 50, 90_000_000_000L);
    TimeSeries series = read(file, from).get(0);
    assertThat(series)
        .isEqualTo(new TimeSeries(new long[] {0, 30_000_000_000L}, new double[] {0.4, 0.6}));
  }

  @Test
  void mistakesHaveTheirPlace() throws IOException {
    assertThat(mistakes("t,a\n0,1\n1,x\n2,-3\n"))
        .containsExactly(
            "t.csv:3:3: \"x\" is not a number of 0 or more (column \"a\")",
            "t.csv:4:3: \"-3\" is not a number of 0 or more (column \"a\")");
    assertThat(mistakes("t,a\n5,1\n4,1\n"))
        .containsExactly("t.csv:3:1: time 4 runs backwards or too far, expected the rows in order");
    assertThat(mistakes("t,a\n5,1,9\n"))
        .containsExactly("t.csv:2:1: found 3 values, expected 2 as in the header");
    assertThat(mistakes("t,a,b\n5,1,9\n"))
        .containsExactly(
            "s: t.csv has 2 columns of numbers, expected column: and the name of one, such as a");
    assertThat(mistakes("")).containsExactly("t.csv: the file holds nothing");
    assertThat(mistakes("5,6\n7,8\n")).hasSize(1);
  }

  @Test
  @Timeout(300)
  void aGigabyteIsRefusedUnread() throws IOException {
    Path file = folder.resolve("big.csv");
    try (RandomAccessFile big = new RandomAccessFile(file.toFile(), "rw")) {
      big.setLength(1L << 30);
    }
    Mistakes mistakes = new Mistakes();
    TraceReader.read(
        file,
        "big.csv",
        TraceOptions.DEFAULT,
        Collections.singletonList(null),
        Position.of("s"),
        mistakes);
    assertThat(mistakes.list().get(0).toString())
        .isEqualTo("big.csv: the file has 1024 MiB, the limit is 256 MiB");
  }

  @Test
  void realTraces() {
    String data = System.getenv("POOLSIM_DATA");
    Assumptions.assumeTrue(data != null, "POOLSIM_DATA does not name the folder of real traces");
    Path bitbrains = Path.of(data, "bitbrains-vm-sample.csv");
    TraceOptions raw = new TraceOptions(Format.AUTO, null, 1_000_000_000L, 1, 0);
    List<TimeSeries> series =
        read(bitbrains, raw, "CPU usage [MHZ]", "CPU usage [%]", "Disk read throughput [KB/s]");
    assertThat(series.get(0).size()).isEqualTo(4032);
    assertThat(mean(series.get(0))).isCloseTo(6.008, within(0.0005));
    assertThat(mean(series.get(1))).isCloseTo(0.231, within(0.0005));
    assertThat(mean(series.get(2))).isCloseTo(2.093, within(0.0005));
    String[] columns =
        IntStream.range(0, 100).mapToObj(i -> String.format("vm%03d", i)).toArray(String[]::new);
    List<TimeSeries> planetlab = read(Path.of(data, "planetlab-20110303-100vms.csv"), raw, columns);
    double mean = planetlab.stream().mapToDouble(TraceReaderTest::mean).average().orElseThrow();
    assertThat(mean).isCloseTo(11.005, within(0.0005));
  }
}
