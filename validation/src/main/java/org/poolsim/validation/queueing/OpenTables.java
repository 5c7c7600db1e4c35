// SPDX-License-Identifier: Apache-2.0
package org.poolsim.validation.queueing;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.poolsim.engine.random.Distribution;
import org.poolsim.engine.random.RandomStreams;
import org.poolsim.validation.CaseFormatException;

/**
 * Rows of one open station. The parameters that a row names say which station it is; its table is
 * looked at only where the parameters leave it open (processor sharing has those of M/M/1).
 */
final class OpenTables {
  private static final double UNIT = Experiment.UNIT_NANOS;

  /** Up to this load figures are simulated until they are narrow. */
  private static final double NARROW_LOAD = 0.9;

  /** Batches are this many times as long as the station remembers. */
  private static final int MEMORIES_IN_BATCH = 20;

  private static final int MEMORIES_IN_BATCH_OF_HIGH_LOAD = 5;
  private static final int MEMORIES_TO_WARM_UP = 10;

  /** In jobs, and in arrivals of several jobs each. */
  private static final int FEWEST_JOBS_IN_BATCH = 4_000;

  private static final int FEWEST_ARRIVALS_IN_BATCH = 500;
  private static final int BATCHES = 32;
  private static final int BATCHES_OF_HIGH_LOAD = 16;

  /** Jobs of a row at most, and of a row whose load is high. */
  private static final double MOST_JOBS = 60e6;

  private static final double MOST_JOBS_OF_HIGH_LOAD = 15e6;

  /** Trials of each level in a batch. */
  private static final int CLIMBS = 2_000;

  private static final Pattern QUANTILE = Pattern.compile("(W|Wq)_p(\\d{1,2})");

  private OpenTables() {}

  /** Returns the experiment of a row, or null if its parameters are of no station known here. */
  static Experiment of(String table, Row row) {
    if (row.has("frac_high")) {
      return priority(row);
    }
    if (row.has("a") && row.has("c")) {
      int servers = row.whole("c");
      OpenLaw law = OpenLaw.fifo(servers, row.positive("a"), exponential(1)).room(servers);
      return experiment(law, row, List.of("B"));
    }
    if (!row.has("rho")) {
      return null;
    }
    if (row.has("K")) {
      OpenLaw law = OpenLaw.fifo(1, row.positive("rho"), exponential(1)).room(row.whole("K"));
      return experiment(law, row, List.of("P_block", "throughput", "L", "W"));
    }
    double rho = row.load("rho");
    if (row.has("batch")) {
      OpenLaw law = OpenLaw.fifo(1, rho, exponential(1)).batches(row.whole("batch"));
      return experiment(law, row, List.of("L"));
    }
    if (row.has("c")) {
      int servers = row.whole("c");
      double scv = row.has("scv") ? row.number("scv") : 1;
      OpenLaw law = OpenLaw.fifo(servers, servers * rho, service(1, scv));
      List<Figure> figures =
          figures(law, row, List.of("erlang_c", "Lq", "L", "Wq", "W", "Wq_p95", "Wq_p99"));
      return scv == 1 && DelayClimb.worthwhile(law)
          ? climbed(law, figures)
          : experiment(law, figures, (plan, streams) -> plan.run(law, streams));
    }
    if (sharing(table, row)) {
      OpenLaw law = OpenLaw.fifo(1, rho, exponential(1)).discipline(OpenLaw.Discipline.SHARING);
      return experiment(law, row, List.of("W_mean", "slowdown_small", "slowdown_large"));
    }
    boolean general = row.has("scv");
    double scv = general ? row.number("scv") : table.contains("D") ? 0 : 1;
    List<String> always = new ArrayList<>(List.of("L", "Lq", "W", "Wq"));
    if (scv == 0) {
      always.addAll(List.of("Wq_p50", "Wq_p90", "Wq_p95", "Wq_p99"));
    } else if (!general) {
      always.addAll(List.of("W_p50", "W_p90", "W_p95", "W_p99", "W_var", "P0"));
    }
    return experiment(OpenLaw.fifo(1, rho, service(1, scv)), row, always);
  }

  private static boolean sharing(String table, Row row) {
    String name = table.toUpperCase(Locale.ROOT);
    return row.has("slowdown_for_size_x") || name.contains("PS") || name.contains("SHARING");
  }

  private static Experiment priority(Row row) {
    double share = row.positive("frac_high");
    if (share >= 1) {
      throw new CaseFormatException(
          row.place() + ": \"frac_high\" must be below 1, it is " + share);
    }
    double scv = row.has("scv") ? row.number("scv") : 1;
    Distribution high = service(row.positive("S_high"), scv);
    Distribution low = service(row.positive("S_low"), scv);
    double meanService = (share * high.mean() + (1 - share) * low.mean()) / UNIT;
    OpenLaw fifo = OpenLaw.fifo(1, row.load("rho") / meanService, high).classes(share, high, low);
    OpenLaw priority = fifo.discipline(OpenLaw.Discipline.PRIORITY);
    List<Figure> figures =
        List.of(
            Figure.ratio("Wq_high", Total.HIGH_WAIT, Total.HIGH),
            Figure.ratio("Wq_low", Total.LOW_WAIT, Total.LOW),
            new Figure.Ratio(
                "Wq_fifo",
                Total.COUNT + Total.WAIT.ordinal(),
                Total.COUNT + Total.SERVED.ordinal()));
    return experiment(
        priority,
        figures,
        (plan, streams) -> {
          List<Batch> both = new ArrayList<>();
          List<Batch> first = plan.run(priority, streams);
          List<Batch> second = plan.run(fifo, streams);
          for (int i = 0; i < first.size(); i++) {
            both.add(first.get(i).with(second.get(i)));
          }
          return both;
        });
  }

  /** Waits are rare: what is known of them comes from a climb beside the plain run. */
  private static Experiment climbed(OpenLaw law, List<Figure> figures) {
    int levels = DelayClimb.levels(law);
    List<Figure> all = new ArrayList<>();
    for (Figure figure : figures) {
      all.add(
          switch (figure.name()) {
            case "erlang_c" -> new Figure.Climbed("erlang_c", levels, 0, law.arrivalsPerUnit());
            case "Lq" -> new Figure.Climbed("Lq", levels, 1, 1);
            case "Wq" -> new Figure.Climbed("Wq", levels, 2, law.arrivalsPerUnit());
            default -> figure;
          });
    }
    return experiment(
        law,
        all,
        (plan, streams) -> {
          DelayClimb climb = new DelayClimb(law, streams);
          return plan.run(law, streams).stream()
              .map(batch -> batch.withAll(climb.run(CLIMBS)))
              .toList();
        });
  }

  private static Experiment experiment(OpenLaw law, Row row, List<String> always) {
    return experiment(law, figures(law, row, always), (plan, streams) -> plan.run(law, streams));
  }

  private static List<Figure> figures(OpenLaw law, Row row, List<String> always) {
    Set<String> names = new LinkedHashSet<>(always);
    names.addAll(row.names());
    List<Figure> figures = new ArrayList<>();
    for (String name : names) {
      Figure figure = figure(name, law);
      if (figure != null) {
        figures.add(figure);
      }
    }
    return figures;
  }

  /** Returns the figure of a name, or null if this station has none of that name. */
  private static Figure figure(String name, OpenLaw law) {
    Matcher quantile = QUANTILE.matcher(name);
    boolean shares = law.discipline() == OpenLaw.Discipline.SHARING;
    if (quantile.matches() && !shares) {
      double share = Integer.parseInt(quantile.group(2)) / 100.0;
      return new Figure.Quantile(name, share, quantile.group(1).equals("W"));
    }
    return switch (name) {
      case "L" -> Figure.ratio(name, Total.PRESENT, Total.TIME);
      case "W", "W_mean" -> Figure.ratio(name, Total.RESPONSE, Total.SERVED);
      case "Lq" -> shares ? null : Figure.ratio(name, Total.QUEUED, Total.TIME);
      case "Wq" -> shares ? null : Figure.ratio(name, Total.WAIT, Total.SERVED);
      case "W_var" -> new Figure.ResponseVariance(name);
      case "P0" -> law.servers() > 1 || shares ? null : Figure.ratio(name, Total.IDLE, Total.TIME);
      case "erlang_c" -> shares ? null : Figure.ratio(name, Total.DELAYED, Total.SERVED);
      case "B", "P_block" -> Figure.ratio(name, Total.LOST, Total.ARRIVED);
      case "throughput" -> Figure.ratio(name, Total.SERVED, Total.TIME);
      case "slowdown_small" -> Figure.ratio(name, Total.SMALL_SLOWDOWN, Total.SMALL);
      case "slowdown_large" -> Figure.ratio(name, Total.LARGE_SLOWDOWN, Total.LARGE);
      default -> null;
    };
  }

  private interface Replication {
    List<Batch> of(Plan plan, RandomStreams streams);
  }

  /** Arrivals of a warm-up and of each batch. */
  private record Plan(long warmUp, int batches, long length, boolean manyControls) {
    List<Batch> run(OpenLaw law, RandomStreams streams) {
      return new OpenRun(law, manyControls, streams).run(warmUp, batches, length);
    }
  }

  private static Experiment experiment(OpenLaw law, List<Figure> figures, Replication replication) {
    boolean narrow = law.load() <= NARROW_LOAD + 1e-9 || law.room() != Integer.MAX_VALUE;
    int memories = narrow ? MEMORIES_IN_BATCH : MEMORIES_IN_BATCH_OF_HIGH_LOAD;
    double memory = law.jobsToForget() / law.batch();
    int shortest = Math.max(FEWEST_ARRIVALS_IN_BATCH, FEWEST_JOBS_IN_BATCH / law.batch());
    long length = Math.max(shortest, (long) Math.ceil(memories * memory));
    Plan plan =
        new Plan(
            (long) Math.ceil(MEMORIES_TO_WARM_UP * memory),
            narrow ? BATCHES : BATCHES_OF_HIGH_LOAD,
            length,
            narrow);
    int fewest = narrow ? 4 : 2;
    double jobs = (double) plan.batches * length * law.batch();
    double most = (narrow ? MOST_JOBS : MOST_JOBS_OF_HIGH_LOAD) / jobs;
    return new Experiment(
        figures,
        fewest,
        (int) Math.max(fewest, most),
        jobs,
        streams -> replication.of(plan, streams));
  }

  private static Distribution exponential(double mean) {
    return Distribution.exponential(mean * UNIT);
  }

  /**
   * A law with the mean (in units) and squared variation: gamma below 1 (Erlang where its stages
   * are whole), hyperexponential above.
   */
  private static Distribution service(double mean, double scv) {
    double nanos = mean * UNIT;
    if (scv == 0) {
      return Distribution.constant(nanos);
    }
    if (scv == 1) {
      return Distribution.exponential(nanos);
    }
    return scv < 1
        ? Distribution.gamma(1 / scv, nanos * scv)
        : Distribution.hyperexponential(nanos, scv);
  }
}
