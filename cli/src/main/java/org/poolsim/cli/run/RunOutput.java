// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cli.run;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.poolsim.pool.ObjectiveOutcome;
import org.poolsim.pool.PoolEvent;
import org.poolsim.reports.alerts.Alarm;
import org.poolsim.reports.export.LatencyLog;
import org.poolsim.reports.export.SeriesFiles;
import org.poolsim.reports.export.SeriesTable;
import org.poolsim.reports.html.ReportPage;
import org.poolsim.reports.result.LatencyRecorder;
import org.poolsim.reports.result.RunResult;
import org.poolsim.reports.rrd.Recorder;
import org.poolsim.reports.serve.PoolFacts;
import org.poolsim.reports.summary.SummaryJson;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What a finished run leaves behind. */
public final class RunOutput {
  private final RunResult result;
  private final ScenarioFacts scenario;
  private final RunRecorder recorder;
  private final Recorder series;
  private final PoolFacts pool;
  private final List<Alarm> alarms;
  private final List<List<ObjectiveOutcome>> outcomes;

  RunOutput(
      RunResult result,
      ScenarioFacts scenario,
      RunRecorder recorder,
      Recorder series,
      PoolFacts pool,
      List<Alarm> alarms,
      List<List<ObjectiveOutcome>> outcomes) {
    this.result = result;
    this.scenario = scenario;
    this.recorder = recorder;
    this.series = series;
    this.pool = pool;
    this.alarms = alarms;
    this.outcomes = outcomes;
  }

  /** Returns what came out. */
  public RunResult result() {
    return result;
  }

  /** Writes everything into an empty folder. */
  public void write(Path folder) throws IOException {
    Files.write(folder.resolve("summary.json"), SummaryJson.of(result));
    Files.write(folder.resolve("report.html"), ReportPage.of(result));
    Files.writeString(folder.resolve("scenario.yaml"), scenario.text());
    events(folder.resolve("events.jsonl"));
    latencies(folder.resolve("latency"));
    SeriesFiles.write(series, folder);
    pool.write(folder);
    if (outcomes.size() > 1) {
      replications(folder.resolve("replications.jsonl"));
    }
  }

  /** Writes the series of the whole run as text too. */
  public void writeCsv(Path folder) throws IOException {
    SeriesTable.csv(series.objects(), series.options(), folder.resolve("series.csv"));
  }

  /** What happened to the pool and the alarms, in order; an alarm follows what it tells of. */
  private void events(Path file) throws IOException {
    try (BufferedWriter out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
      int next = 0;
      for (PoolEvent event : recorder.events()) {
        while (next < alarms.size() && alarms.get(next).atNanos() < event.atNanos()) {
          EventLines.write(alarms.get(next++), out);
        }
        EventLines.write(event, out);
      }
      while (next < alarms.size()) {
        EventLines.write(alarms.get(next++), out);
      }
    }
  }

  private void latencies(Path folder) throws IOException {
    Map<String, LatencyRecorder> latencies = recorder.latencies();
    if (latencies.isEmpty()) {
      return;
    }
    Files.createDirectories(folder);
    for (Map.Entry<String, LatencyRecorder> entry : latencies.entrySet()) {
      String name = entry.getKey().replaceAll("[^A-Za-z0-9._-]", "_");
      try (LatencyLog log = new LatencyLog(folder.resolve(name + ".hlog"))) {
        log.interval(
            entry.getKey().replace(',', '_'),
            0,
            result.ending().atNanos() * 1e-9,
            entry.getValue().histogram());
      }
    }
  }

  private void replications(Path file) throws IOException {
    JsonMapper json = new JsonMapper();
    try (BufferedWriter out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
      for (int number = 0; number < outcomes.size(); number++) {
        for (ObjectiveOutcome outcome : outcomes.get(number)) {
          ObjectNode line = json.createObjectNode();
          line.put("replication", number);
          line.put("metric", outcome.objective().metric());
          line.put("statistic", ResultBuilder.statistic(outcome.objective()));
          line.put("values", outcome.values());
          double measured = outcome.measured() * RunRecorder.toBase(outcome.metric().unit());
          if (Double.isNaN(measured)) {
            line.putNull("measured");
          } else {
            line.put("measured", measured);
          }
          out.write(json.writeValueAsString(line));
          out.write('\n');
        }
      }
    }
  }
}
