// SPDX-License-Identifier: Apache-2.0
package org.poolsim.validation.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.poolsim.validation.CaseFormatException;
import org.poolsim.validation.CaseJson;
import org.poolsim.validation.Replay;
import org.poolsim.validation.ValidationSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Every recorded case of the memory model is reproduced exactly. */
class MemorySetsTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "squeezed, squeezed-random-part.json, 40",
    "squeezed-periodic, squeezed-periodic.json, 12",
    "squeezed-suite, squeezed-suite-scenarios.json, 8",
    "numa-plan, numa-plan.json, 30",
    "numa-plan, numa-plan-random.json, 19",
    "vm-memory-overhead, vm-memory-overhead.csv, 66"
  })
  void everyRecordedCaseIsReproduced(String name, String file, int cases) throws Exception {
    assertAllPass(set(name), resource(file), cases);
  }

  @ParameterizedTest
  @CsvSource({
    "squeezed, squeezed-random.json, 220",
    "squeezed-periodic, squeezed-periodic.json, 12",
    "squeezed-suite, squeezed-suite-scenarios.json, 8",
    "numa-plan, numa-plan.json, 30",
    "vm-memory-overhead, vm-memory-overhead.csv, 66"
  })
  void theWholeSetsAreReproduced(String name, String file, int cases) throws Exception {
    String folderName = System.getenv("POOLSIM_VALIDATION");
    assumeTrue(folderName != null, "POOLSIM_VALIDATION names no folder of recorded cases");
    assertAllPass(set(name), Path.of(folderName, "memory", file), cases);
  }

  @ParameterizedTest
  @CsvSource({
    "squeezed, squeezed-random-part.json",
    "squeezed-periodic, squeezed-periodic.json",
    "squeezed-suite, squeezed-suite-scenarios.json",
    "numa-plan, numa-plan.json"
  })
  void filesWithoutOutcomesRunUnjudgedToTheSameResults(String name, String file) throws Exception {
    ArrayNode cases = (ArrayNode) CaseJson.MAPPER.readTree(Files.readString(resource(file)));
    for (JsonNode one : cases) {
      ObjectNode inputs = (ObjectNode) one;
      inputs.remove(List.of("expected", "observed", "waits", "t_end_s", "rows", "columns"));
      for (JsonNode request : inputs.path("requests")) {
        ((ObjectNode) request).remove(List.of("plan", "node_free_after_mib"));
      }
    }
    Path stripped = Files.writeString(folder.resolve(file), cases.toString());

    Replay replay = set(name).replay(stripped);

    assertThat(replay.cases())
        .isNotEmpty()
        .allMatch(result -> result.verdict() == Replay.Verdict.NOT_JUDGED);
    assertThat(CaseJson.MAPPER.readTree(replay.computed()))
        .isEqualTo(CaseJson.MAPPER.readTree(set(name).replay(resource(file)).computed()));
  }

  @Test
  void anOverheadTableWithoutOutcomesIsCompletedToTheRecordedOne() throws Exception {
    Path recorded = resource("vm-memory-overhead.csv");
    StringBuilder inputs = new StringBuilder();
    for (String line : Files.readAllLines(recorded)) {
      String[] fields = line.split(",", -1);
      inputs.append(String.join(",", List.of(fields).subList(0, 6))).append('\n');
    }
    Path stripped = Files.writeString(folder.resolve("vm-memory-overhead.csv"), inputs);

    Replay replay = set("vm-memory-overhead").replay(stripped);

    assertThat(replay.cases())
        .hasSize(66)
        .allMatch(result -> result.verdict() == Replay.Verdict.NOT_JUDGED);
    assertThat(replay.computed()).isEqualTo(Files.readString(recorded));
  }

  @Test
  void aWrongRecordingIsFoundAndNamed() throws Exception {
    String text = Files.readString(resource("squeezed-periodic.json"));
    Path altered =
        Files.writeString(
            folder.resolve("squeezed-periodic.json"),
            text.replaceFirst("\"iterations\":5", "\"iterations\":6"));

    Replay replay = set("squeezed-periodic").replay(altered);

    assertThat(replay.cases().get(0).verdict()).isEqualTo(Replay.Verdict.FAIL);
    assertThat(replay.cases().get(0).deviation()).isEqualTo("/phases/0/iterations: 5 for 6");
  }

  @Test
  void allMistakesOfAFileAreToldAtOnceWithTheirPlaces() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("squeezed-random.json"),
            """
            [
            {"id":"x","op":"reserv","arg1_kib":1.5,"arg2_kib":0,"target_host_free_kib":0,
             "tolerance_kib":0,"host_free_kib":0,"step_s":1.0,"domains":[]}
            ]
            """);

    assertThatThrownBy(() -> set("squeezed").replay(file))
        .isInstanceOf(CaseFormatException.class)
        .hasMessageContaining(file + ":2:16: /0/op: expected one of [reserve,")
        .hasMessageContaining(file + ":2:36: /0/arg1_kib: expected a whole number, found 1.5")
        .hasMessageContaining("/0/max_iterations: is missing");
  }

  @Test
  void whatIsNotJsonIsRefusedWithItsPlace() throws Exception {
    Path file = Files.writeString(folder.resolve("numa-plan.json"), "[\n{\"id\" 3}]");

    assertThatThrownBy(() -> set("numa-plan").replay(file))
        .isInstanceOf(CaseFormatException.class)
        .hasMessageContaining(file + ":2:");
  }

  private static void assertAllPass(ValidationSet set, Path file, int cases) throws IOException {
    assertThat(set.accepts(file)).isTrue();
    Replay replay = set.replay(file);
    assertThat(replay.cases()).hasSize(cases);
    assertThat(replay.cases())
        .filteredOn(result -> result.verdict() != Replay.Verdict.PASS)
        .isEmpty();
  }

  private static ValidationSet set(String name) {
    return ServiceLoader.load(ValidationSet.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(set -> set.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static Path resource(String file) throws URISyntaxException {
    return Path.of(MemorySetsTest.class.getResource("/memory/" + file).toURI());
  }
}
