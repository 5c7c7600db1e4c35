// SPDX-License-Identifier: Apache-2.0
package org.poolsim.validation.queueing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.poolsim.engine.random.Distribution;
import org.poolsim.engine.random.RandomStreams;
import org.poolsim.engine.stat.ConfidenceInterval;
import org.poolsim.engine.stat.ReplicationRunner;
import org.poolsim.engine.stat.SequentialStopping;
import org.poolsim.validation.CaseFormatException;
import org.poolsim.validation.Replay;
import org.poolsim.validation.Replay.CaseResult;
import org.poolsim.validation.Replay.Verdict;
import org.poolsim.validation.ValidationSet;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The set {@code queueing}. */
public final class QueueingSet implements ValidationSet {
  private static final double CONFIDENCE = 0.99;
  private static final double WANTED_HALF_WIDTH = 0.0099;
  private static final int FEWEST_REPLICATIONS = 20;

  /** Replications beyond those that a first estimate of the variance asks for. */
  private static final double MARGIN = 1.1;

  /** Beyond this half-width of a figure its event is too rare to be judged by simulation. */
  private static final double TOO_RARE = 0.2;

  /** Nelson and Tantawi's approximation for more than two queues, by the note of the set. */
  private static final double APPROXIMATION = 0.03;

  private final long seed;
  private final int mostReplications;

  /** Creates the set as it is judged. */
  public QueueingSet() {
    this(1, 600);
  }

  QueueingSet(long seed, int mostReplications) {
    this.seed = seed;
    this.mostReplications = mostReplications;
  }

  @Override
  public String name() {
    return "queueing";
  }

  @Override
  public boolean accepts(Path file) {
    String name = file.getFileName().toString();
    return name.startsWith("queueing_") && name.endsWith(".json");
  }

  @Override
  public Replay replay(Path file) throws IOException {
    JsonMapper mapper = JsonMapper.builder().build();
    JsonNode root;
    try {
      root = mapper.readTree(Files.readString(file));
    } catch (JacksonException e) {
      throw new CaseFormatException(file + ": not JSON: " + e.getOriginalMessage());
    }
    if (!(root instanceof ObjectNode tables)) {
      throw new CaseFormatException(file + ": an object of tables is expected");
    }
    List<CaseResult> results = new ArrayList<>();
    try (ReplicationRunner runner = new ReplicationRunner()) {
      for (Map.Entry<String, JsonNode> table : tables.properties()) {
        if (table.getValue() instanceof ArrayNode rows) {
          for (int i = 0; i < rows.size(); i++) {
            String place = table.getKey() + "/" + i;
            if (!(rows.get(i) instanceof ObjectNode row)) {
              throw new CaseFormatException(file + ": " + place + ": an object is expected");
            }
            replayRow(file, table.getKey(), place, row, runner, results);
          }
        }
      }
    }
    if (results.isEmpty()) {
      throw new CaseFormatException(file + ": no table of a queueing file was found");
    }
    return new Replay(
        results, mapper.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n");
  }

  private void replayRow(
      Path file,
      String table,
      String place,
      ObjectNode node,
      ReplicationRunner runner,
      List<CaseResult> results) {
    Row row = new Row(file + ": " + place, node);
    if (node.has("demands")) {
      double[] demands = row.numbers("demands");
      int[] servers = Arrays.stream(row.numbers("servers")).mapToInt(c -> (int) c).toArray();
      if (servers.length != demands.length) {
        throw new CaseFormatException(row.place() + ": as many servers as demands are expected");
      }
      for (JsonNode result : node.path("results")) {
        if (!(result instanceof ObjectNode population)) {
          throw new CaseFormatException(row.place() + "/results: objects are expected");
        }
        Row inner = new Row(row.place() + "/results", population);
        int clients = inner.whole("N");
        String id = node.path("name").asString(place) + "/N=" + clients;
        Experiment experiment =
            OtherTables.meanValue(demands, servers, row.number("think"), clients);
        results.add(simulate(id, experiment, population, runner));
      }
      return;
    }
    Experiment experiment = experiment(table, row);
    if (experiment == null) {
      throw new CaseFormatException(row.place() + ": the table is not known");
    }
    results.add(simulate(place, experiment, node, runner));
  }

  private static Experiment experiment(String table, Row row) {
    if (row.node().has("think")) {
      return OtherTables.finiteSource(row.whole("c"), row.whole("N"), row.number("think"));
    }
    if (table.equals("rows") && row.node().has("rho")) {
      return OtherTables.forkJoin(row.whole("n"), row.number("rho"));
    }
    return switch (table) {
      case "exponential" ->
          OtherTables.maximum(row.whole("n"), Distribution.exponential(Experiment.UNIT_NANOS));
      case "uniform01_rotation" ->
          OtherTables.maximum(row.whole("n"), Distribution.uniform(0, Experiment.UNIT_NANOS));
      default -> OpenTables.of(table, row);
    };
  }

  private CaseResult simulate(
      String id, Experiment experiment, ObjectNode row, ReplicationRunner runner) {
    List<ConfidenceInterval> intervals = intervals(id, experiment, seed, runner);
    List<ConfidenceInterval> second = null;
    int judged = 0;
    int outside = 0;
    int rare = 0;
    double widest = 0;
    double worst = 0;
    String worstFigure = "";
    for (int i = 0; i < experiment.figures().size(); i++) {
      String figure = experiment.figures().get(i);
      ConfidenceInterval interval = intervals.get(i);
      Recorded recorded = recorded(figure, row);
      if (recorded != null) {
        boolean zero = recorded.value == 0 && interval.estimate() == 0;
        if (!zero && !(interval.relativeHalfWidth() < TOO_RARE && interval.halfWidth() > 0)) {
          rare++;
        } else {
          judged++;
          if (!recorded.within(interval)) {
            if (second == null) {
              second = intervals(id, experiment, seed + 1, runner);
            }
            interval = second.get(i);
            outside += recorded.within(interval) ? 0 : 1;
          }
          double error = zero ? 0 : Math.abs(interval.estimate() - recorded.value) / recorded.value;
          if (error >= worst) {
            worst = error;
            worstFigure = figure;
          }
          widest = Math.max(widest, zero ? 0 : interval.relativeHalfWidth());
        }
      }
      write(figure, interval, row);
    }
    String deviation =
        String.format(
            Locale.ROOT,
            "%.2f %% (%s); widest interval +-%.2f %%%s%s",
            worst * 100,
            worstFigure,
            widest * 100,
            second == null ? "" : "; simulated twice",
            rare == 0 ? "" : "; too rare: " + rare);
    Verdict verdict = judged == 0 ? Verdict.NOT_JUDGED : outside == 0 ? Verdict.PASS : Verdict.FAIL;
    return new CaseResult(id, verdict, deviation, "within the 99 % interval");
  }

  private List<ConfidenceInterval> intervals(
      String id, Experiment experiment, long fromSeed, ReplicationRunner runner) {
    RandomStreams streams = new RandomStreams(fromSeed).within(id);
    int most =
        experiment.load() > 0.9
            ? FEWEST_REPLICATIONS
            : Math.max(FEWEST_REPLICATIONS, mostReplications);
    double[][] known = new double[most][];
    int limit = FEWEST_REPLICATIONS;
    while (true) {
      List<ConfidenceInterval> intervals =
          new SequentialStopping(WANTED_HALF_WIDTH, CONFIDENCE, FEWEST_REPLICATIONS, limit)
              .run(
                  runner,
                  number -> {
                    if (known[number] == null) {
                      known[number] = experiment.replication().apply(streams.replication(number));
                    }
                    return known[number];
                  })
              .intervals();
      int wanted = wantedReplications(intervals, most);
      if (wanted <= limit) {
        return intervals;
      }
      limit = wanted;
    }
  }

  /**
   * Returns about how many replications narrow every interval that can become narrow in {@code
   * most}. A figure of a rare event, which cannot, does not hold up the row.
   */
  private static int wantedReplications(List<ConfidenceInterval> intervals, int most) {
    int wanted = 0;
    for (ConfidenceInterval interval : intervals) {
      double ratio = interval.relativeHalfWidth() / WANTED_HALF_WIDTH;
      double needed = Math.ceil(ratio * ratio * (double) interval.observations());
      if (ratio > 1 && needed <= most) {
        wanted = Math.max(wanted, (int) Math.min(needed * MARGIN + 1, most));
      }
    }
    return wanted;
  }

  /** An analytic figure and how far it may be from the truth by itself. */
  private record Recorded(double value, double ownError) {
    boolean within(ConfidenceInterval interval) {
      double slack = value * ownError + 1e-12;
      return interval.low() - slack <= value && value <= interval.high() + slack;
    }
  }

  private static Recorded recorded(String figure, ObjectNode row) {
    if (row.has("nelson_tantawi_approx") || row.has("exact")) {
      JsonNode exact = row.path("exact");
      return exact.isNumber()
          ? new Recorded(exact.doubleValue(), 0)
          : new Recorded(row.path("nelson_tantawi_approx").doubleValue(), APPROXIMATION);
    }
    int slash = figure.indexOf('/');
    JsonNode value =
        slash < 0
            ? row.path(figure)
            : row.path(figure.substring(0, slash))
                .path(Integer.parseInt(figure.substring(slash + 1)));
    return value.isNumber() ? new Recorded(value.doubleValue(), 0) : null;
  }

  private static void write(String figure, ConfidenceInterval interval, ObjectNode row) {
    int slash = figure.indexOf('/');
    ObjectNode target;
    if (slash < 0) {
      target = row.putObject(figure + "_simulated");
    } else {
      String name = figure.substring(0, slash) + "_simulated";
      ArrayNode array = row.get(name) instanceof ArrayNode present ? present : row.putArray(name);
      target = array.addObject();
    }
    target.put("mean", interval.estimate());
    target.put("low", interval.low());
    target.put("high", interval.high());
    target.put("replications", interval.observations());
  }
}
