// SPDX-License-Identifier: Apache-2.0
package org.poolsim.validation.cpufluid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.poolsim.validation.CaseFormatException;
import org.poolsim.validation.CaseJson;
import org.poolsim.validation.Replay;
import tools.jackson.databind.JsonNode;

class FluidCpuSetTest {
  private final FluidCpuSet set = new FluidCpuSet();

  private static Path resource(String name) {
    try {
      return Path.of(FluidCpuSetTest.class.getResource("/cpu-fluid/" + name).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mixed-vcpus-p4-1-2-4.json",
        "caps-p1-50-vs-hog.json",
        "affinity-p4-two-on-one.json"
      })
  void sharesAreThoseOfTheRealSchedulers(String file) throws IOException {
    Replay replay = set.replay(resource(file));
    assertThat(replay.cases()).hasSize(4);
    assertThat(replay.cases())
        .allSatisfy(
            result ->
                assertThat(result.verdict())
                    .as(result.id() + " " + result.deviation())
                    .isEqualTo(Replay.Verdict.PASS));
  }

  @Test
  void whatWasComputedHasTheKeysOfTheRecording() throws IOException {
    Replay replay = set.replay(resource("mixed-vcpus-p4-1-2-4.json"));
    JsonNode domains =
        CaseJson.MAPPER
            .readTree(replay.computed())
            .path("results")
            .path("credit2")
            .path("perturbed")
            .path("domains");
    assertThat(domains.size()).isEqualTo(3);
    long mean = domains.get(0).path("metrics").path("cpu_time_ns").path("mean").longValue();
    assertThat(mean).isBetween(34_280_000_000L, 34_290_000_000L);
  }

  @Test
  void queuedWorkUnderContentionGetsLessThanARealSchedulerGives() throws IOException {
    List<Replay.CaseResult> cases =
        new FluidWorkSet().replay(resource("bursts-p1-n2-30ms-10ms.json")).cases();
    assertThat(cases)
        .filteredOn(result -> result.id().endsWith(" credit"))
        .singleElement()
        .satisfies(
            result -> {
              assertThat(result.verdict()).isEqualTo(Replay.Verdict.FAIL);
              assertThat(result.deviation()).startsWith("domain 1: 25.7").contains("(-14.0 %)");
            });
  }

  @Test
  void aFileThatIsNoCaseIsRefusedByName(@TempDir Path folder) throws IOException {
    Path notJson = Files.writeString(folder.resolve("broken.json"), "{\n  \"id\": ,");
    assertThatThrownBy(() -> set.replay(notJson))
        .isInstanceOf(CaseFormatException.class)
        .hasMessageContaining("broken.json:2:");
    Path other = Files.writeString(folder.resolve("other.json"), "{\"id\": \"x\"}");
    assertThatThrownBy(() -> set.replay(other))
        .isInstanceOf(CaseFormatException.class)
        .hasMessageContaining("other.json")
        .hasMessageContaining("'family'");
  }

  @Test
  void recordedCasesBeyondBurstsAndYieldingVcpusAgree() {
    String folder = System.getenv("POOLSIM_VALIDATION");
    assumeThat(folder).as("POOLSIM_VALIDATION names the folder of recorded cases").isNotNull();
    try (Stream<Path> files = Files.list(Path.of(folder, "cpu"))) {
      List<Path> hogs =
          files
              .filter(
                  file ->
                      file.getFileName()
                          .toString()
                          .matches(
                              "(equal-hogs|mixed-vcpus|weights|overcommit|affinity|changes)-.*\\.json"))
              .sorted()
              .toList();
      assertThat(hogs).isNotEmpty();
      for (Path file : hogs) {
        assertThat(set.replay(file).cases())
            .allSatisfy(
                result ->
                    assertThat(result.verdict())
                        .as(result.id() + result.deviation())
                        .isEqualTo(Replay.Verdict.PASS));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
