// SPDX-License-Identifier: Apache-2.0
package org.poolsim.validation.rrd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.poolsim.validation.CaseFormatException;
import org.poolsim.validation.Replay;
import org.poolsim.validation.Replay.Verdict;
import org.poolsim.validation.ValidationSet;

class RrdSetsTest {
  private static final Path RESOURCES = Path.of("src/test/resources/rrd");

  @Test
  void everyCellOfTheRecordedStreamsIsReproducedInBothModes() throws IOException {
    assertAllPass(new RrdSet(), RESOURCES);
  }

  @Test
  void everyExportedTextIsReproduced() throws IOException {
    assertAllPass(new RrdExportSet(), RESOURCES);
  }

  /** RRDtool refuses such a stream, so that one half of each file is not judged. */
  @Test
  void aClockThatGoesBackIsTakenAsTheLibraryTakesIt() throws IOException {
    try (Stream<Path> files = Files.list(RESOURCES.resolve("clock-back"))) {
      for (Path file : files.sorted().toList()) {
        assertThat(new RrdSet().replay(file).cases())
            .as(file.toString())
            .extracting(Replay.CaseResult::verdict)
            .containsExactlyInAnyOrder(Verdict.PASS, Verdict.NOT_JUDGED);
      }
    }
  }

  @Test
  void theWholeRecordedSetsPass() throws IOException {
    String folder = System.getenv("POOLSIM_VALIDATION");
    Assumptions.assumeTrue(folder != null, "POOLSIM_VALIDATION is not set");
    assertAllPass(new RrdSet(), Path.of(folder, "rrd"));
    assertAllPass(new RrdExportSet(), Path.of(folder, "rrd"));
  }

  @Test
  void aFileWithoutOutcomeIsReplayedAndNotJudged(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("bare.json");
    Files.writeString(
        file,
        """
        {"name": "bare", "step": 5, "start": 1000,
         "ds": [{"name": "a", "type": "GAUGE", "min": 0.0, "max": "inf", "heartbeat": 300.0,
                 "value_type": "float", "transform": "identity"}],
         "rra": [{"cf": "AVERAGE", "rows": 2, "pdp_per_row": 1, "xff": 0.5}],
         "samples": [{"t": 1005, "v": [1.5]}, {"t": 1010, "v": ["U"]}]}
        """);

    Replay replay = new RrdSet().replay(file);

    assertThat(replay.cases())
        .extracting(Replay.CaseResult::verdict)
        .containsOnly(Verdict.NOT_JUDGED);
    assertThat(replay.computed()).contains("1.5").contains("\"rrdtool\"");
  }

  @Test
  void aWrongCellFailsTheCase(@TempDir Path folder) throws IOException {
    String text = Files.readString(RESOURCES.resolve("cdp_misaligned_start.json"));
    Path file = folder.resolve("changed.json");
    Files.writeString(file, text.replaceAll("\\[1699938355,([0-9.]+),", "[1699938355,9$1,"));

    assertThat(new RrdSet().replay(file).cases())
        .extracting(Replay.CaseResult::verdict)
        .containsOnly(Verdict.FAIL);
  }

  @Test
  void aFileThatIsNoCaseIsRefusedWithItsPlace(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("broken.json");
    Files.writeString(file, "{\"step\": 5,\n ]");
    assertThatThrownBy(() -> new RrdSet().replay(file))
        .isInstanceOf(CaseFormatException.class)
        .hasMessageContaining("broken.json:2:");
  }

  private static void assertAllPass(ValidationSet set, Path folder) throws IOException {
    List<Path> files;
    try (Stream<Path> list = Files.list(folder)) {
      files = list.filter(set::accepts).sorted().toList();
    }
    assertThat(files).isNotEmpty();
    for (Path file : files) {
      List<Replay.CaseResult> cases = set.replay(file).cases();
      assertThat(cases).as(file.toString()).isNotEmpty();
      assertThat(cases)
          .as(file.toString())
          .filteredOn(result -> result.verdict() != Verdict.PASS)
          .isEmpty();
    }
  }
}
