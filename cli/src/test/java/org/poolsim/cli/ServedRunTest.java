// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.poolsim.cli.run.RunningSimulation;
import org.poolsim.cli.run.ScenarioFacts;
import org.poolsim.cli.run.SeriesChoice;
import org.poolsim.reports.export.RrdDump;
import org.poolsim.reports.rrd.Mode;
import org.poolsim.reports.rrd.RecorderOptions;
import org.poolsim.reports.serve.FinishedRun;
import org.poolsim.reports.serve.Happening;
import org.poolsim.reports.serve.HostService;
import org.poolsim.reports.serve.LiveRun;
import org.poolsim.reports.serve.ServeOptions;
import org.poolsim.scenarios.LoadedScenario;
import org.poolsim.scenarios.Scenarios;
import picocli.CommandLine;

/** A simulation that is looked at, and what a scenario says of its series. */
final class ServedRunTest {
  private static final String SCENARIO =
      """
      poolsim: 1
      name: small
      duration: 2min
      pool:
        hosts: [{name: host-1, cpu: {cores: 4, clock: 2.5GHz}, memory: 32GiB}]
      vms:
        - {name: web, vcpus: 2, memory: 4GiB, workload: {constant: 50%}}
      """;

  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private Path file(String more) throws IOException {
    return Files.writeString(folder.resolve("small.yaml"), SCENARIO + more);
  }

  private LoadedScenario scenario(String more) throws Exception {
    return Scenarios.load(file(more), List.of());
  }

  private static RunningSimulation simulation(
      LoadedScenario scenario, RecorderOptions options, double speed) {
    ScenarioFacts facts =
        new ScenarioFacts(
            scenario.name(), "", "small.yaml", scenario.effective(), 1, List.of(), List.of());
    return new RunningSimulation(
        scenario.runSpec(), options, scenario.perfmon(), facts, "test", speed);
  }

  private int run(String... arguments) {
    CommandLine commandLine = Poolsim.commandLine();
    commandLine.setOut(new PrintWriter(out));
    commandLine.setErr(new PrintWriter(err));
    return commandLine.execute(arguments);
  }

  private static Map<String, String> dumps(LiveRun run) {
    return run.read(
        view -> {
          Map<String, String> dumps = new TreeMap<>();
          for (LiveRun.ServedObject object : view.objects()) {
            dumps.put(object.object().owner().uuid(), RrdDump.xml(object.object().rrd()));
          }
          return dumps;
        });
  }

  @Test
  void whoReadsAndHowFastItGoesDoesNotChangeWhatHappens() throws Exception {
    LoadedScenario scenario = scenario("");
    RecorderOptions options = SeriesChoice.of(scenario);
    RunningSimulation alone = simulation(scenario, options, Double.POSITIVE_INFINITY);
    alone.advance();
    RunningSimulation watched = simulation(scenario, options, 600);
    Thread running =
        new Thread(
            () -> {
              try {
                watched.advance();
              } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
              }
            });
    running.start();
    while (!watched.isFinished()) {
      assertThat(dumps(watched)).isNotNull();
    }
    running.join();
    assertThat(dumps(watched)).isEqualTo(dumps(alone)).isNotEmpty();
  }

  @Test
  void anInstalledServiceAnswersForTheVmOnItsHost() throws Exception {
    LoadedScenario scenario = scenario("");
    RunningSimulation simulation =
        simulation(scenario, SeriesChoice.of(scenario), Double.POSITIVE_INFINITY);
    simulation.advance();
    try (HostService service =
        new HostService(simulation, ServeOptions.loopback(0, "root", "word"))) {
      service.start();
      HttpResponse<String> answer =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(
                          URI.create(
                              "http://127.0.0.1:"
                                  + service.port()
                                  + "/rrd_updates?start=1767225600&json=true&host=true"))
                      .header(
                          "Authorization",
                          "Basic "
                              + Base64.getEncoder()
                                  .encodeToString("root:word".getBytes(StandardCharsets.UTF_8)))
                      .build(),
                  HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).contains(":memory_free_kib\"", "AVERAGE:vm:", ":cpu1\"");
    }
  }

  /** The same from a simulation that ended under the service and from the folder of a run. */
  @Test
  void alarmsPoolAndReportAreServedFromBoth() throws Exception {
    String alarm =
        """
            perfmon: {name: cpu_usage, alarm_trigger_level: 0.4}
        """;
    Path file =
        Files.writeString(
            folder.resolve("alarm.yaml"),
            SCENARIO.replace("2min", "6min").replace("{constant: 50%}}", "{constant: 50%},")
                + alarm.stripTrailing()
                + "}\n");
    LoadedScenario scenario = Scenarios.load(file, List.of());
    RunningSimulation live =
        simulation(scenario, SeriesChoice.of(scenario), Double.POSITIVE_INFINITY);
    assertThat(live.report()).isNull();
    live.advance();
    assertThat(live.report()).startsWith("<!DOCTYPE html>").contains("alarm: cpu_usage of web");

    Path run = folder.resolve("run");
    assertThat(run("run", file.toString(), "-q", "-o", run.toString())).as(err.toString()).isZero();
    FinishedRun finished = FinishedRun.read(run);
    assertThat(finished.report()).isEqualTo(Files.readString(run.resolve("report.html")));
    List<Happening> events = live.read(view -> List.copyOf(view.events()));
    assertThat(events).extracting(Happening::kind).containsExactly("alarm");
    assertThat(finished.read(LiveRun.View::events)).isEqualTo(events);
    assertThat(finished.read(LiveRun.View::pool)).isEqualTo(live.read(LiveRun.View::pool));
    assertThat(live.<Boolean>read(LiveRun.View::finished)).isTrue();
  }

  @Test
  void theScenarioChoosesWhatIsRecorded() throws Exception {
    LoadedScenario scenario =
        scenario(
            """
            record:
              mode: rrdtool
              min_max: true
              sources: [host:cpu*, vm:cpu?]
              without: [cpu_avg]
              start: 2027-03-01T00:00:00Z
              step: 30s
            """);
    RecorderOptions options = SeriesChoice.of(scenario);
    assertThat(options.mode()).isEqualTo(Mode.RRDTOOL);
    assertThat(options.minMaxForAll()).isTrue();
    assertThat(options.epochSeconds()).isEqualTo(1_803_859_200L);
    assertThat(options.historyStepSeconds()).isEqualTo(30);
    RunningSimulation simulation = simulation(scenario, options, Double.POSITIVE_INFINITY);
    simulation.advance();
    List<String> names =
        simulation.read(
            view ->
                view.objects().stream()
                    .flatMap(object -> object.texts().keySet().stream())
                    .distinct()
                    .sorted()
                    .toList());
    assertThat(names).containsExactly("cpu0", "cpu1", "cpu2", "cpu3");
  }

  @Test
  void whatCannotBeRecordedIsSaidAllAtOnce() throws IOException {
    Path wrong =
        file("record: {mode: xapy, start: 2026-01-01, step: 7s, sources: [\"a b\"], window: 5s}\n");
    assertThat(run("check", wrong.toString())).isEqualTo(ExitCode.WRONG_INPUT);
    assertThat(err.toString())
        .contains(":8:16: mode: unknown value \"xapy\"; did you mean \"xapi\"?")
        .contains(": start: found \"2026-01-01\"")
        .contains(": step: expected a multiple of 5 s")
        .contains(": sources: found \"a b\"");
  }

  @Test
  void seriesCanBeWrittenAsText() throws IOException {
    Path run = folder.resolve("run");
    assertThat(run("run", file("").toString(), "-q", "--csv", "-o", run.toString())).isZero();
    assertThat(Files.readAllLines(run.resolve("series.csv")))
        .startsWith("kind,uuid,name,source,units,seconds,value")
        .as("half of two vCPUs on four pCPUs")
        .anyMatch(line -> line.endsWith(",host-1,cpu_avg,(fraction),120,0.25"));
  }

  @Test
  void theKnownDataSourcesAreListedWithTheirModels() {
    assertThat(run("datasources")).isZero();
    assertThat(out.toString().lines())
        .anyMatch(line -> line.matches("host +cpu_avg .* yes.*"))
        .anyMatch(line -> line.matches("sr +physical_utilisation .* yes"))
        .noneMatch(line -> line.contains("yes, but"))
        .noneMatch(line -> line.startsWith("not known of real hosts"));
    // What plugins publish by default of the resources that are modelled is all there.
    assertThat(out.toString().lines())
        .filteredOn(line -> line.matches("(host|vm) .* on +xcp-rrdd(-cpu|-squeezed|-netdev)? .*"))
        .filteredOn(line -> !line.contains("_cache_"))
        .hasSizeGreaterThan(15)
        .allMatch(line -> line.matches(".* yes *"));
    // What is off by default of vCPUs and of memory is there too.
    assertThat(out.toString().lines())
        .filteredOn(line -> line.matches("vm .* off +xcp-rrdd .*") && !line.contains("_errors"))
        .hasSize(11)
        .allMatch(line -> line.matches(".* yes *"));
  }

  @Test
  void wrongArgumentsOfServeAreSaidInOneLine() throws IOException {
    String scenario = file("").toString();
    assertThat(run("serve", scenario, "--speed", "0")).isEqualTo(ExitCode.WRONG_INPUT);
    assertThat(run("serve", scenario, "--port", "70000")).isEqualTo(ExitCode.WRONG_INPUT);
    assertThat(run("serve", folder.toString())).isEqualTo(ExitCode.WRONG_INPUT);
    assertThat(err.toString().lines()).hasSize(3).last().asString().contains("sources.csv");
  }
}
