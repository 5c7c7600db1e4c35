// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The run verb as its users see it: exit codes, messages, and the bytes that it leaves behind. */
final class RunCommandTest {
  private static final String SCENARIO =
      """
      poolsim: 1
      name: small
      duration: 2min
      seed: 5
      pool:
        hosts:
          - name: host-1
            cpu: {cores: 4, clock: 2.5GHz}
            memory: 32GiB
            pifs: [{name: eth0, speed: 1Gbps}]
      vms:
        - name: web-[1..3]
          vcpus: 2
          memory: 4GiB
          vifs: [{network: lan}]
          workload: {clients: 20, think: exponential 100ms, steps: [{cpu: exponential 5ms}]}
      objectives:
        - {metric: request.response_time, percentile: 95, below: LIMIT}
      """;

  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void metObjectivesExitWithZeroAndLeaveEveryOutput() throws IOException {
    int exit = run(scenario("10s"), "-o", folder.resolve("run").toString());

    assertThat(err.toString()).isEmpty();
    assertThat(exit).isEqualTo(ExitCode.DONE);
    assertThat(out.toString()).contains("The objective is met.", "request.response_time");
    assertThat(out.toString())
        .contains("next: poolsim run " + folder.resolve("small.yaml"), "--replications 10");
    assertThat(contents(folder.resolve("run")).keySet())
        .contains(
            "summary.json",
            "report.html",
            "scenario.yaml",
            "events.jsonl",
            "series.parquet",
            "latency/request.response_time.hlog")
        .anyMatch(name -> name.startsWith("rrd/host-"))
        .anyMatch(name -> name.startsWith("rrd/vm-"));
  }

  @Test
  void aMissedObjectiveExitsWithOne() throws IOException {
    assertThat(run(scenario("1ms"), "-o", folder.resolve("run").toString()))
        .isEqualTo(ExitCode.MISSED);
    assertThat(out.toString()).contains("The objective is missed");
  }

  @Test
  void theSameScenarioGivesTheSameBytesForAnyNumberOfThreads() throws IOException {
    Path scenario = scenario("10s");
    run(scenario, "-o", folder.resolve("one").toString(), "--replications", "3", "--threads", "1");
    run(scenario, "-o", folder.resolve("two").toString(), "--replications", "3", "--threads", "2");

    Map<String, byte[]> one = contents(folder.resolve("one"));
    Map<String, byte[]> two = contents(folder.resolve("two"));
    assertThat(one.keySet()).isEqualTo(two.keySet()).contains("replications.jsonl");
    List<String> different = new ArrayList<>();
    one.forEach(
        (name, bytes) -> {
          if (!Arrays.equals(bytes, two.get(name))) {
            different.add(name);
          }
        });
    assertThat(different).isEmpty();
  }

  @Test
  void anotherSeedGivesAnotherRunAndKeepsTheObjects() throws IOException {
    Path scenario = scenario("10s");
    run(scenario, "-o", folder.resolve("one").toString());
    run(scenario, "-o", folder.resolve("two").toString(), "--seed", "6");

    assertThat(Files.readString(folder.resolve("one/summary.json")))
        .isNotEqualTo(Files.readString(folder.resolve("two/summary.json")));
  }

  @Test
  void theAuditPassesAndIsNamedInTheReport() throws IOException {
    assertThat(
            run(scenario("10s"), "-o", folder.resolve("run").toString(), "--audit", "--for", "20s"))
        .isEqualTo(ExitCode.DONE);
    assertThat(Files.readString(folder.resolve("run/summary.json"))).contains("\"passed\"");
  }

  @Test
  void theReportShowsDisksAndLinksAndTheStagesOfAReadAddUp() throws IOException {
    Path scenario =
        Files.writeString(
            folder.resolve("disks.yaml"),
            """
            poolsim: 1
            name: disks
            duration: 2min
            pool:
              hosts:
                - name: host-1
                  cpu: {cores: 4, clock: 2.5GHz}
                  memory: 32GiB
                  pifs: [{name: eth0, speed: 1Gbps}]
              arrays: [{name: san, devices: 2, device: ssd-sata, raid: 1}]
              storage: [{name: shared, type: nfs, on: san, via: eth0}]
            vms:
              - name: db-[1..3]
                vcpus: 2
                memory: 4GiB
                disks: [{sr: shared, size: 10GiB}]
                vifs: [{network: lan}]
                workload:
                  clients: 20
                  think: exponential 100ms
                  steps: [{read: 8KiB}, {write: 8KiB}, {send: 16KiB}]
            """);
    assertThat(run(scenario, "-o", folder.resolve("run").toString(), "--audit"))
        .as(err.toString())
        .isEqualTo(ExitCode.DONE);

    assertThat(out.toString()).contains("Nothing saturated: ").containsOnlyOnce("comes nearest");

    String page = Files.readString(folder.resolve("run/report.html"));
    assertThat(page)
        .contains("id=\"storage\"", "Where a read’s time goes", "SR shared, throughput")
        .contains("id=\"network\"", "host-1/eth0", "dom0 CPU spent on packets")
        .contains("Disk read latency", "Requests of the array")
        .contains("capacity</a>, not validated");
    JsonNode summary =
        new JsonMapper().readTree(Files.readString(folder.resolve("run/summary.json")));
    double mean = Double.NaN;
    for (JsonNode latency : summary.get("latencies")) {
      if (latency.get("metric").asString().equals("vbd.read_latency")) {
        mean = latency.get("mean_seconds").asDouble();
      }
    }
    String data = page.replaceFirst("(?s).*id=\"data-storage\">(.*?)</script>.*", "$1");
    double sum = 0;
    for (JsonNode seconds :
        new JsonMapper().readTree(data).get("stages").get(0).get("rows").get(0).get("seconds")) {
      sum += seconds.asDouble();
    }
    assertThat(sum).isCloseTo(mean, within(mean * 0.002));
  }

  @Test
  void severalMistakesAreNamedAtOnceAndNothingIsLeftBehind() throws IOException {
    Path scenario =
        Files.writeString(
            folder.resolve("wrong.yaml"),
            SCENARIO
                .replace("LIMIT", "10")
                .replace("memory: 32GiB", "memory: 32")
                .replace("cores: 4", "coers: 4"));

    int exit = run(scenario, "-o", folder.resolve("run").toString());

    assertThat(exit).isEqualTo(ExitCode.WRONG_INPUT);
    assertThat(err.toString().lines().toList())
        .hasSizeGreaterThanOrEqualTo(3)
        .allMatch(line -> line.matches(".*wrong\\.yaml:\\d+:\\d+: .*"))
        .anyMatch(line -> line.contains("coers") && line.contains("cores"));
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left.map(path -> path.getFileName().toString())).containsExactly("wrong.yaml");
    }
  }

  @Test
  void aFolderOfSomebodyElseIsNotOverwritten() throws IOException {
    Path theirs = Files.createDirectory(folder.resolve("photos"));
    Files.writeString(theirs.resolve("cat.txt"), "meow");

    assertThat(run(scenario("10s"), "-o", theirs.toString())).isEqualTo(ExitCode.WRONG_INPUT);
    assertThat(err.toString()).contains("is not the output of a run");
    assertThat(theirs.resolve("cat.txt")).exists();

    // A summary.json alone may be anybody's.
    Files.writeString(theirs.resolve("summary.json"), "{}");
    assertThat(run(scenario("10s"), "-o", theirs.toString())).isEqualTo(ExitCode.WRONG_INPUT);
    assertThat(theirs.resolve("cat.txt")).exists();
  }

  @Test
  void anEarlierRunIsReplaced() throws IOException {
    Path target = folder.resolve("run");
    run(scenario("10s"), "-o", target.toString());
    Files.writeString(target.resolve("stale.txt"), "old");
    run(scenario("10s"), "-o", target.toString());

    assertThat(target.resolve("stale.txt")).doesNotExist();
    assertThat(target.resolve("summary.json")).exists();
  }

  @Test
  void aMissingFileIsOneLine() {
    assertThat(run(folder.resolve("nowhere.yaml"))).isEqualTo(ExitCode.WRONG_INPUT);
    assertThat(err.toString().lines()).hasSize(1).allMatch(line -> line.contains("no such file"));
  }

  @Test
  void helpIsThereForEveryVerb() {
    CommandLine commandLine = Poolsim.commandLine();
    assertThat(commandLine.getSubcommands().keySet())
        .contains("run", "check", "import", "validate");
    for (String verb : commandLine.getSubcommands().keySet()) {
      assertThat(Poolsim.commandLine().setOut(new PrintWriter(out)).execute(verb, "--help"))
          .isZero();
      assertThat(Poolsim.commandLine().setOut(new PrintWriter(out)).execute("help", verb)).isZero();
    }
  }

  private Path scenario(String limit) throws IOException {
    return Files.writeString(folder.resolve("small.yaml"), SCENARIO.replace("LIMIT", limit));
  }

  private int run(Path scenario, String... options) {
    List<String> arguments = new ArrayList<>(List.of("run", scenario.toString()));
    arguments.addAll(List.of(options));
    return Poolsim.commandLine()
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err, true))
        .execute(arguments.toArray(new String[0]));
  }

  private static Map<String, byte[]> contents(Path folder) throws IOException {
    Map<String, byte[]> contents = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        contents.put(folder.relativize(file).toString(), Files.readAllBytes(file));
      }
    }
    return contents;
  }
}
