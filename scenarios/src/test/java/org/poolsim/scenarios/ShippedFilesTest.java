// SPDX-License-Identifier: Apache-2.0
package org.poolsim.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.poolsim.scenarios.language.Scenario;
import org.poolsim.scenarios.yaml.JsonSchema;
import org.poolsim.scenarios.yaml.Reference;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.databind.json.JsonMapper;

/**
 * The JSON Schema, the reference page and the examples are what the types say. {@code -Dregenerate}
 * writes the first two anew.
 */
class ShippedFilesTest {
  private static final Path SCHEMA = Path.of("schema", "scenario.schema.json");
  private static final Path REFERENCE = Path.of("..", "docs", "scenario-reference.md");
  private static final String INTRODUCTION =
      """
      # Scenario reference

      Generated from the types of the language; do not edit. A number that measures something carries
      its unit: `250ms`, `30s`, `1h30min`; `4GiB`, `512MiB`; `10Gbps`, `200MiB/s`; `2.6GHz`; `35%`;
      `200/s`; ranges `2GiB..4GiB`. A name may stand for several: `web-[1..4]`, `vm[000..099]`. An
      unknown key, a missing one or a value out of range is an error with file, line, column and the
      nearest valid word.

      """;

  private static String schema() {
    JsonMapper mapper = JsonMapper.builder().build();
    return mapper
            .writerWithDefaultPrettyPrinter()
            .writeValueAsString(
                JsonSchema.of(
                    Scenario.class,
                    "https://poolsim.org/schema/scenario-1.json",
                    "poolsim scenario"))
            .replace("\r\n", "\n")
        + "\n";
  }

  private static void current(Path file, String text) throws IOException {
    if (System.getProperty("regenerate") != null) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    }
    assertThat(Files.readString(file))
        .as("%s is not current: run with -Dregenerate", file)
        .isEqualTo(text);
  }

  @Test
  void theSchemaIsCurrent() throws IOException {
    current(SCHEMA, schema());
  }

  @Test
  void theReferenceIsCurrent() throws IOException {
    current(REFERENCE, INTRODUCTION + Reference.of(Scenario.class).stripTrailing() + "\n");
  }

  static List<Path> examples() throws IOException {
    List<Path> found = new ArrayList<>();
    for (String folder : new String[] {"examples", "large"}) {
      try (Stream<Path> files = Files.list(Path.of(folder))) {
        files.filter(file -> file.toString().endsWith(".yaml")).sorted().forEach(found::add);
      }
    }
    return found;
  }

  private static List<String> violations(String yaml) {
    Object tree = new Load(LoadSettings.builder().build()).loadFromString(yaml);
    Schema schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(schema());
    return schema
        .validate(JsonMapper.builder().build().writeValueAsString(tree), InputFormat.JSON)
        .stream()
        .map(Object::toString)
        .toList();
  }

  @ParameterizedTest
  @MethodSource("examples")
  void everyExampleKeepsToTheSchemaAndSurvivesBeingWrittenOut(Path example) throws Exception {
    assertThat(violations(Files.readString(example))).isEmpty();
    LoadedScenario scenario = Scenarios.load(example, List.of());
    assertThat(scenario.about()).isNotBlank();
    assertThat(violations(scenario.effective())).isEmpty();
    if (!scenario.effective().contains("trace:")) {
      // Traces are named relative to the scenario: the others can be read anywhere.
      Path written = Files.createTempFile("effective", ".yaml");
      Files.writeString(written, scenario.effective());
      LoadedScenario again = Scenarios.load(written, List.of());
      assertThat(again.runSpec()).isEqualTo(scenario.runSpec());
      assertThat(again.effective()).isEqualTo(scenario.effective());
      Files.delete(written);
    }
  }

  @Test
  void theSchemaRefusesWhatTheBinderRefuses() throws IOException {
    String good = Files.readString(Path.of("examples", "noisy-neighbour.yaml"));
    for (String[] change :
        new String[][] {
          {"seed:", "sed:"},
          {"duration: 5min", "duration: 5"},
          {"cores: 8", "cores: 8000"},
          {"25/s", "25"},
          {"below: 150ms", "belw: 150ms"}
        }) {
      assertThat(good).contains(change[0]);
      assertThat(violations(good.replace(change[0], change[1]))).as(change[1]).isNotEmpty();
    }
  }
}
