// SPDX-License-Identifier: Apache-2.0
package org.poolsim.reports.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.poolsim.reports.rrd.ArchiveDefinition;
import org.poolsim.reports.rrd.ObjectRecord;
import org.poolsim.reports.rrd.Rrd;

/** Stock rrdtool reads what poolsim writes for it. */
class RrdtoolTest {
  @TempDir Path folder;

  @BeforeEach
  void rrdtoolIsThere() {
    boolean there;
    try {
      there = new ProcessBuilder("rrdtool", "--version").start().waitFor() == 0;
    } catch (IOException | InterruptedException e) {
      there = false;
    }
    Assumptions.assumeTrue(there, "rrdtool is not installed");
  }

  @Test
  void restoreInfoFetchAndGraphAcceptTheSafeExport() throws Exception {
    for (ObjectRecord object : new SampleRecording().recorder().objects()) {
      Path rrd = restore(RrdDump.rrdtoolXml(object), object.owner().uuid());
      List<String> names = SafeNames.of(object.sources().stream().map(s -> s.name()).toList());

      assertThat(run("info", rrd.toString()).text()).contains("ds[" + names.get(0) + "]");
      for (int a = 0; a < object.archives().size(); a++) {
        assertFetchedRowsEqual(object, a, rrd);
      }
      Path picture = folder.resolve("graph.png");
      Result graph =
          run(
              "graph",
              picture.toString(),
              "--start",
              Long.toString((long) object.lastUpdateSeconds() - 3600),
              "--end",
              Long.toString((long) object.lastUpdateSeconds()),
              "DEF:a=" + rrd + ":" + names.get(0) + ":AVERAGE",
              "LINE1:a#000000:a");
      assertThat(graph.exit()).as(graph.text()).isZero();
      assertThat(Files.size(picture)).isPositive();
    }
  }

  @Test
  void aNativeDumpWithANameOfTwentyCharactersIsRefusedAsRealOnesAre() throws Exception {
    ObjectRecord vm = new SampleRecording().recorder().objects().get(1);
    assertThat(vm.sources()).anyMatch(source -> source.name().length() == 20);
    Path xml = folder.resolve("native.xml");
    Files.writeString(xml, RrdDump.xml(vm));
    assertThat(run("restore", xml.toString(), folder.resolve("native.rrd").toString()).exit())
        .isNotZero();
  }

  private Path restore(String text, String name) throws Exception {
    Path xml = folder.resolve(name + ".xml");
    Path rrd = folder.resolve(name + ".rrd");
    Files.writeString(xml, text);
    Result restored = run("restore", xml.toString(), rrd.toString());
    assertThat(restored.exit()).as(restored.text()).isZero();
    return rrd;
  }

  private void assertFetchedRowsEqual(Rrd object, int archive, Path rrd) throws Exception {
    ArchiveDefinition definition = object.archives().get(archive);
    long end = object.newestRowEnd(archive);
    int rows = Math.min(definition.rows(), 100);
    Result fetched =
        run(
            "fetch",
            rrd.toString(),
            definition.function().name(),
            "--resolution",
            Long.toString(definition.rowSeconds()),
            "--start",
            Long.toString(end - rows * definition.rowSeconds()),
            "--end",
            Long.toString(end - definition.rowSeconds()));
    assertThat(fetched.exit()).as(fetched.text()).isZero();
    int compared = 0;
    for (String line : fetched.text().lines().toList()) {
      String[] parts = line.split(":", 2);
      if (parts.length != 2 || !parts[0].matches("\\d+")) {
        continue;
      }
      long time = Long.parseLong(parts[0]);
      int row = definition.rows() - 1 - (int) ((end - time) / definition.rowSeconds());
      if (time > end || row < 0) {
        continue;
      }
      String[] values = parts[1].strip().split("\\s+");
      assertThat(values).hasSize(object.sources().size());
      for (int i = 0; i < values.length; i++) {
        double expected = object.cell(archive, row, i);
        if (values[i].contains("nan")) {
          assertThat(expected).isNaN();
        } else if (values[i].contains("inf")) {
          assertThat(expected).isInfinite();
        } else {
          double actual = Double.parseDouble(values[i]);
          assertThat(actual).isCloseTo(expected, within(1e-9 + Math.abs(expected) * 1e-9));
        }
        compared++;
      }
    }
    assertThat(compared).isGreaterThanOrEqualTo((rows - 2) * object.sources().size());
  }

  private record Result(int exit, String text) {}

  private Result run(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("rrdtool"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).directory(folder.toFile());
    builder.environment().put("TZ", "UTC");
    builder.environment().put("LC_ALL", "C");
    Process process = builder.start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Result(process.waitFor(), text);
  }
}
