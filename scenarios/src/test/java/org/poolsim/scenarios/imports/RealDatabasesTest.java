// SPDX-License-Identifier: Apache-2.0
package org.poolsim.scenarios.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The databases of real pools, where they are at hand: POOLSIM_DATA names their folder. */
final class RealDatabasesTest {
  @TestFactory
  Stream<DynamicTest> countsAndSumsEqualThoseOfAnIndependentParser() throws Exception {
    String data = System.getenv("POOLSIM_DATA");
    assumeTrue(data != null, "POOLSIM_DATA is not set: no real databases at hand");
    Path folder = Path.of(data, "xapi-db");
    JsonMapper json = new JsonMapper();
    JsonNode expected = json.readTree(Files.readString(folder.resolve("expected-summary.json")));
    Map<String, JsonNode> cases = new LinkedHashMap<>();
    expected.properties().forEach(entry -> cases.put(entry.getKey(), entry.getValue()));
    assertThat(cases).isNotEmpty();
    return cases.entrySet().stream()
        .map(
            one ->
                DynamicTest.dynamicTest(
                    one.getKey(),
                    () -> {
                      XapiDatabase database = XapiDatabase.read(folder.resolve(one.getKey()));
                      assertThat(json.valueToTree(PoolSummary.of(database)).toString())
                          .isEqualTo(one.getValue().toString());
                    }));
  }
}
