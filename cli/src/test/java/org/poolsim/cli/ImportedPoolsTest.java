// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.poolsim.cli.SyntheticDatabase.Shape;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Databases of pools of every age and shape: import, check, run, report, as a user does it. */
final class ImportedPoolsTest {
  @TempDir Path folder;

  private static Map<String, Shape> shapes() {
    Map<String, Shape> shapes = new LinkedHashMap<>();
    shapes.put("5.55, one host", new Shape(55, 1, 6, false, false, false, false, false, false));
    shapes.put("5.57, HA", new Shape(57, 2, 5, false, true, false, false, false, false));
    shapes.put("5.61, bonds", new Shape(61, 2, 8, true, false, false, false, true, false));
    shapes.put("5.66, all", new Shape(66, 4, 10, true, true, true, true, true, false));
    shapes.put("5.66, dangling", new Shape(66, 3, 8, true, true, true, false, true, true));
    shapes.put("5.142, odd labels", new Shape(142, 3, 8, true, false, true, true, true, false));
    shapes.put("5.786, 32 hosts", new Shape(786, 32, 20, true, true, true, false, true, false));
    shapes.put("5.909, one host", new Shape(909, 1, 12, false, false, true, true, true, false));
    shapes.put("5.909, dangling", new Shape(909, 6, 10, true, true, true, true, false, true));
    return shapes;
  }

  @TestFactory
  Stream<DynamicTest> databasesOfEveryAgeAndShape() {
    return shapes().entrySet().stream()
        .map(
            entry ->
                DynamicTest.dynamicTest(
                    entry.getKey(),
                    () -> {
                      SyntheticDatabase.Written written =
                          SyntheticDatabase.of(entry.getValue(), entry.getKey().hashCode());
                      Path file = folder.resolve("state.db");
                      Files.writeString(file, written.xml());
                      JsonNode summary = summary(file);
                      written
                          .counts()
                          .forEach(
                              (name, count) ->
                                  assertThat(summary.get(name).asLong()).as(name).isEqualTo(count));
                      long vms = importCheckAndRun(file);
                      assertThat(vms).isEqualTo(written.counts().get("user_vms"));
                    }));
  }

  @TestFactory
  Stream<DynamicTest> databasesOfRealPools() throws IOException {
    String data = System.getenv("POOLSIM_DATA");
    assumeTrue(data != null, "POOLSIM_DATA is not set: no real databases at hand");
    Path databases = Path.of(data, "xapi-db");
    JsonNode expected =
        new JsonMapper().readTree(Files.readString(databases.resolve("expected-summary.json")));
    return expected.properties().stream()
        .map(
            entry ->
                DynamicTest.dynamicTest(
                    entry.getKey(),
                    () -> {
                      Path file = databases.resolve(entry.getKey());
                      assertThat(summary(file)).isEqualTo(entry.getValue());
                      importCheckAndRun(file);
                    }));
  }

  private JsonNode summary(Path database) {
    return new JsonMapper().readTree(poolsim(0, "import", "xapi-db", "--summary", database));
  }

  /** Returns the VMs of the report. */
  private long importCheckAndRun(Path database) throws IOException {
    Path pool = folder.resolve("pool.yaml");
    Path run = folder.resolve("run");
    Files.deleteIfExists(pool);
    poolsim(0, "import", "xapi-db", database, "-o", pool);
    poolsim(0, "check", pool);
    poolsim(0, "run", pool, "--for", "10min", "-o", run, "--audit");
    assertThat(Files.readString(run.resolve("report.html"))).contains("id=\"facts\"");
    JsonNode summary = new JsonMapper().readTree(Files.readString(run.resolve("summary.json")));
    return summary.get("vm_count").asLong();
  }

  private static String poolsim(int expected, Object... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    String[] words = new String[arguments.length];
    for (int i = 0; i < words.length; i++) {
      words[i] = arguments[i].toString();
    }
    int exit =
        Poolsim.commandLine()
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute(words);
    assertThat(exit).as(String.join(" ", words) + "\n" + err).isEqualTo(expected);
    return out.toString();
  }
}
