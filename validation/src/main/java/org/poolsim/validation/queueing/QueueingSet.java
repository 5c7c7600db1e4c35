// SPDX-License-Identifier: Apache-2.0
package org.poolsim.validation.queueing;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.poolsim.engine.random.Distribution;
import org.poolsim.engine.stat.ReplicationRunner;
import org.poolsim.validation.CaseFormatException;
import org.poolsim.validation.CaseJson;
import org.poolsim.validation.Replay;
import org.poolsim.validation.Replay.CaseResult;
import org.poolsim.validation.ValidationSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The set {@code queueing}: reads the tables and finds the station of each row. */
public final class QueueingSet implements ValidationSet {
  private static final int MOST_REPLICATIONS = 100_000;

  private static final Watcher UNWATCHED =
      new Watcher() {
        @Override
        public void begins(int cases) {
          // Nobody watches.
        }

        @Override
        public void judged() {
          // Nobody watches.
        }
      };

  private final long seed;
  private final int mostReplications;

  /** Creates the set as it is judged. */
  public QueueingSet() {
    this(1, MOST_REPLICATIONS);
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
    return replay(file, UNWATCHED);
  }

  @Override
  public Replay replay(Path file, Watcher watcher) throws IOException {
    JsonNode root = CaseJson.read(file);
    if (!(root instanceof ObjectNode tables)) {
      throw new CaseFormatException(file + ": an object of tables is expected");
    }
    // All rows are understood before the first is simulated: a wrong one is told at once.
    List<Planned> planned = new ArrayList<>();
    for (Map.Entry<String, JsonNode> table : tables.properties()) {
      if (table.getValue() instanceof ArrayNode rows) {
        for (int i = 0; i < rows.size(); i++) {
          String place = table.getKey() + "/" + i;
          if (!(rows.get(i) instanceof ObjectNode row)) {
            throw new CaseFormatException(file + ": " + place + ": an object is expected");
          }
          plan(file, table.getKey(), place, row, planned);
        }
      }
    }
    if (planned.isEmpty()) {
      throw new CaseFormatException(file + ": no table of a queueing file was found");
    }
    watcher.begins(planned.size());
    List<CaseResult> results = new ArrayList<>();
    try (ReplicationRunner runner = new ReplicationRunner()) {
      for (Planned row : planned) {
        results.add(
            new RowRun(row.id, row.experiment, seed, mostReplications).judge(row.node, runner));
        watcher.judged();
      }
    }
    return new Replay(
        results, CaseJson.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n");
  }

  /** A row and how it will be simulated. */
  private record Planned(String id, Experiment experiment, ObjectNode node) {}

  private static void plan(
      Path file, String table, String place, ObjectNode node, List<Planned> planned) {
    Row row = new Row(file + ": " + place, node);
    if (!row.has("demands")) {
      planned.add(new Planned(place, experiment(table, row), node));
      return;
    }
    double[] demands = row.numbers("demands");
    int[] servers = Arrays.stream(row.numbers("servers")).mapToInt(c -> (int) c).toArray();
    if (servers.length != demands.length) {
      throw new CaseFormatException(row.place() + ": as many servers as demands are expected");
    }
    double think = row.has("think") ? row.number("think") : 0;
    for (JsonNode result : node.path("results")) {
      if (!(result instanceof ObjectNode population)) {
        throw new CaseFormatException(row.place() + "/results: objects are expected");
      }
      int clients = new Row(row.place() + "/results", population).whole("N");
      String id = node.path("name").asString(place) + "/N=" + clients;
      planned.add(
          new Planned(id, OtherTables.meanValue(demands, servers, think, clients), population));
    }
  }

  private static Experiment experiment(String table, Row row) {
    if (row.has("think")) {
      return OtherTables.finiteSource(row.whole("c"), row.whole("N"), row.number("think"));
    }
    if (row.has("n")) {
      if (row.has("rho")) {
        return OtherTables.forkJoin(row.whole("n"), row.load("rho"));
      }
      return OtherTables.maximum(
          row.whole("n"),
          table.contains("uniform")
              ? Distribution.uniform(0, Experiment.UNIT_NANOS)
              : Distribution.exponential(Experiment.UNIT_NANOS));
    }
    Experiment experiment = OpenTables.of(table, row);
    if (experiment == null) {
      throw new CaseFormatException(
          row.place()
              + ": no station has these parameters; known are rho (with c, scv, K, batch or"
              + " frac_high), a and c, think with c and N, n (with rho), and demands");
    }
    return experiment;
  }
}
