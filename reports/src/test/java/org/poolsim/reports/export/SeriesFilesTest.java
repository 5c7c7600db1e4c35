// SPDX-License-Identifier: Apache-2.0
package org.poolsim.reports.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.poolsim.reports.rrd.ConsolidationFunction;
import org.poolsim.reports.rrd.ObjectRecord;
import org.poolsim.reports.rrd.Rrd;
import org.w3c.dom.Document;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;

class SeriesFilesTest {
  @TempDir Path run;

  @Test
  void whatIsWrittenIsReadBackCellByCell() throws IOException {
    SampleRecording recording = new SampleRecording();
    SeriesFiles.write(recording.recorder(), run);

    List<SeriesFiles.StoredObject> stored = SeriesFiles.read(run);

    assertThat(stored).hasSize(3);
    for (int o = 0; o < stored.size(); o++) {
      ObjectRecord written = recording.recorder().objects().get(o);
      Rrd read = stored.get(o).object().rrd();
      assertThat(stored.get(o).object().owner()).isEqualTo(written.owner());
      assertThat(RrdDump.xml(read)).isEqualTo(RrdDump.xml(written));
    }
    assertThat(stored.get(0).texts().get("memory_free_kib").units()).isEqualTo("KiB");
  }

  @Test
  void twoRunsLeaveTheSameBytes(@TempDir Path again) throws IOException {
    SeriesFiles.write(new SampleRecording().recorder(), run);
    SeriesFiles.write(new SampleRecording().recorder(), again);
    try (var files = Files.walk(run)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(again.resolve(run.relativize(file))).hasSameBinaryContentAs(file);
      }
    }
  }

  @Test
  void parquetAndCsvHoldTheHistory() throws Exception {
    SampleRecording recording = new SampleRecording();
    Path csv = run.resolve("series.csv");
    Path parquet = run.resolve("series.parquet");
    List<ObjectRecord> objects = recording.recorder().objects();
    SeriesTable.csv(objects, recording.recorder().options(), csv);
    SeriesTable.parquet(objects, recording.recorder().options(), parquet);

    List<String> lines = Files.readAllLines(csv);
    assertThat(lines.get(0)).isEqualTo("kind,uuid,name,source,units,seconds,value");
    assertThat(lines).hasSize(1 + 12 * 150);
    try (var connection = DriverManager.getConnection("jdbc:duckdb:");
        var statement = connection.createStatement();
        ResultSet result =
            statement.executeQuery(
                "SELECT count(*), max(seconds) FROM '" + parquet + "' WHERE value IS NOT NULL")) {
      result.next();
      assertThat(result.getLong(1)).isEqualTo(12 * 150);
      assertThat(result.getDouble(2)).isEqualTo(9000);
    }
  }

  @Test
  void aStrictPositionalReaderUnderstandsUpdates() throws Exception {
    SampleRecording recording = new SampleRecording();
    RrdUpdates updates =
        RrdUpdates.of(
            recording.objects().subList(0, 2),
            new RrdUpdates.Query(-600, 60, ConsolidationFunction.AVERAGE));
    Document document =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(updates.xml())));
    Node xport = document.getDocumentElement();
    Node meta = xport.getChildNodes().item(0);
    Node data = xport.getChildNodes().item(1);
    long step = number(meta, 1);
    assertThat(meta.getNodeName()).isEqualTo("meta");
    assertThat(step).isEqualTo(60);
    assertThat(data.getChildNodes().getLength()).isEqualTo((int) number(meta, 3));
    long columns = number(meta, 4);
    assertThat(meta.getChildNodes().item(5).getChildNodes().getLength()).isEqualTo((int) columns);
    for (int i = 0; i < meta.getChildNodes().item(5).getChildNodes().getLength(); i++) {
      String entry = meta.getChildNodes().item(5).getChildNodes().item(i).getTextContent();
      assertThat(entry.split(":", -1)).hasSize(4).startsWith("AVERAGE");
    }
    long previous = Long.MAX_VALUE;
    for (int r = 0; r < data.getChildNodes().getLength(); r++) {
      Node row = data.getChildNodes().item(r);
      long time = Long.parseLong(row.getChildNodes().item(0).getTextContent());
      assertThat(time).isLessThan(previous).matches(t -> t % step == 0);
      previous = time;
      assertThat(row.getChildNodes().getLength()).isEqualTo((int) columns + 1);
      for (int c = 1; c <= columns; c++) {
        assertThat(row.getChildNodes().item(c).getNodeName()).isEqualTo("v");
        Double.parseDouble(row.getChildNodes().item(c).getTextContent());
      }
    }
  }

  private static long number(Node meta, int position) {
    return Long.parseLong(meta.getChildNodes().item(position).getTextContent());
  }

  @Test
  void safeNamesFitAndDiffer() {
    List<String> names =
        List.of(
            "memory_internal_free",
            "memory_internal_total",
            "cpu0",
            "DCMI-power-reading",
            "DCMI_power_reading",
            "",
            "statefile/1/latency",
            "runstate_full_contention");
    List<String> safe = SafeNames.of(names);
    assertThat(safe).doesNotHaveDuplicates().allMatch(name -> name.matches("[A-Za-z0-9_]{1,19}"));
    assertThat(safe.get(2)).isEqualTo("cpu0");
    assertThat(SafeNames.of(names)).isEqualTo(safe);
  }

  @Test
  void openMetricsNamesFamiliesOnce() {
    String text = OpenMetrics.text(new SampleRecording().objects());
    assertThat(text).endsWith("# EOF\n").contains("# TYPE poolsim_host_memory_free_kib gauge\n");
    assertThat(text).contains("name=\"desktop \\\"1\\\"\"");
    List<String> families = text.lines().filter(line -> line.startsWith("# TYPE")).toList();
    assertThat(families).doesNotHaveDuplicates();
    assertThat(text.lines().filter(line -> !line.startsWith("#")))
        .allMatch(line -> line.matches("[a-z0-9_]+\\{.*\\} [-+.0-9e]+ \\d+"));
  }

  /**
   * The grammar of OpenMetrics 1.0, as far as gauges with labels and timestamps go: one line of
   * type before the samples of a family, which stand together; label names once each; escapes in
   * their values; no sample twice; the end mark and nothing behind it.
   */
  @Test
  void openMetricsKeepsToTheGrammar() {
    String text = OpenMetrics.text(new SampleRecording().objects());
    Pattern type = Pattern.compile("# TYPE ([a-zA-Z_:][a-zA-Z0-9_:]*) gauge");
    Pattern sample =
        Pattern.compile(
            "([a-zA-Z_:][a-zA-Z0-9_:]*)\\{(.*)\\} ([+-]Inf|NaN|[+-]?[0-9]+(?:\\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)"
                + " ([0-9]+(?:\\.[0-9]+)?)");
    Pattern label =
        Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\\n]|\\\\[\"\\\\n])*)\"(?:,|$)");
    assertThat(text).endsWith("\n");
    List<String> lines = text.lines().toList();
    assertThat(lines.get(lines.size() - 1)).isEqualTo("# EOF");
    Set<String> families = new HashSet<>();
    Set<String> samples = new HashSet<>();
    String family = null;
    for (String line : lines.subList(0, lines.size() - 1)) {
      Matcher declared = type.matcher(line);
      if (declared.matches()) {
        family = declared.group(1);
        assertThat(families.add(family)).as("one family: %s", line).isTrue();
        continue;
      }
      Matcher parts = sample.matcher(line);
      assertThat(parts.matches()).as(line).isTrue();
      assertThat(parts.group(1)).isEqualTo(family);
      Matcher labels = label.matcher(parts.group(2));
      Set<String> names = new HashSet<>();
      int end = 0;
      while (labels.find()) {
        assertThat(labels.start()).as(line).isEqualTo(end);
        assertThat(names.add(labels.group(1))).as(line).isTrue();
        end = labels.end();
      }
      assertThat(end).as(line).isEqualTo(parts.group(2).length());
      assertThat(samples.add(parts.group(1) + parts.group(2))).as(line).isTrue();
    }
    assertThat(samples).hasSizeGreaterThan(8);
  }

  @Test
  void latencyLogsCarrySimulatedTimeAlone() throws IOException {
    Path file = run.resolve("read.hlog");
    Histogram histogram = new Histogram(3);
    IntStream.rangeClosed(1, 1000).forEach(i -> histogram.recordValue(i * 1_000_000L));
    try (LatencyLog log = new LatencyLog(file)) {
      log.interval("vbd.read", 60, 120, histogram);
    }
    assertThat(Files.readString(file)).doesNotContain("#[StartTime").doesNotContain("BaseTime");
    try (HistogramLogReader reader = new HistogramLogReader(file.toFile())) {
      Histogram read = (Histogram) reader.nextIntervalHistogram();
      assertThat(read.getTag()).isEqualTo("vbd.read");
      assertThat(read.getTotalCount()).isEqualTo(1000);
      assertThat(read.getValueAtPercentile(50)).isEqualTo(histogram.getValueAtPercentile(50));
    }
  }

  @Test
  void aBrokenDumpIsRefusedWithItsPlace() throws IOException {
    Path file = run.resolve("broken.xml");
    Files.writeString(file, "<rrd><ds>\n<type>COUNTER</type></ds></rrd>");
    assertThatThrownBy(() -> RrdXmlReader.read(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("broken.xml:2:")
        .hasMessageContaining("COUNTER");
    Files.writeString(
        file,
        "<!DOCTYPE rrd [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><rrd><step>&x;</step></rrd>");
    assertThatThrownBy(() -> RrdXmlReader.read(file)).isInstanceOf(IOException.class);
  }
}
