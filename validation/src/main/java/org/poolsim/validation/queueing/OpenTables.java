// SPDX-License-Identifier: Apache-2.0
package org.poolsim.validation.queueing;

import java.util.List;
import org.poolsim.engine.Simulator;
import org.poolsim.engine.random.Distribution;
import org.poolsim.engine.station.FifoStation;
import org.poolsim.engine.station.PriorityStation;
import org.poolsim.engine.station.ServerStation;
import org.poolsim.engine.station.SharingStation;

/** The tables of {@code queueing_open.json}. */
final class OpenTables {
  private static final double UNIT = Experiment.UNIT_NANOS;
  private static final long FEWEST_CUSTOMERS = 100_000;

  private OpenTables() {}

  /** Returns the experiment of a row, or null if the table is not known. */
  static Experiment of(String table, Row row) {
    return switch (table) {
      case "MM1" -> mm1(row.number("rho"));
      case "MMc" -> mmc(row.whole("c"), row.number("rho"));
      case "MD1" -> mg1(row.number("rho"), 0, true);
      case "MG1" -> mg1(row.number("rho"), row.number("scv"), false);
      case "ErlangB" -> erlangB(row.whole("c"), row.number("a"));
      case "MM1K" -> mm1k(row.number("rho"), row.whole("K"));
      case "MG1_nonpreemptive_priority" ->
          priority(
              row.number("rho"),
              row.number("frac_high"),
              row.number("S_high"),
              row.number("S_low"),
              row.number("scv"));
      case "MG1_PS" -> sharing(row.number("rho"));
      case "MXM1_fixed_batch" -> batches(row.number("rho"), row.whole("batch"));
      default -> null;
    };
  }

  private static Experiment mm1(double rho) {
    return new Experiment(
        List.of("L", "Lq", "W", "Wq", "W_p50", "W_p90", "W_p95", "W_p99", "W_var", "P0"),
        rho,
        streams -> {
          Simulator simulator = new Simulator();
          FifoStation station = new FifoStation(simulator, 1);
          long customers = customers(rho, 1);
          OpenRun run =
              new OpenRun(
                      simulator,
                      station,
                      station::restart,
                      rho,
                      1,
                      OpenRun.Classes.one(Distribution.exponential(UNIT)),
                      streams)
                  .run(customers / 5, customers);
          return new double[] {
            station.averagePresent(),
            waitingJobs(station),
            run.response(),
            run.meanWait(),
            run.responsePercentile(50),
            run.responsePercentile(90),
            run.responsePercentile(95),
            run.responsePercentile(99),
            run.responseVariance(),
            1 - station.averageBusy()
          };
        });
  }

  private static Experiment mmc(int servers, double rho) {
    return new Experiment(
        List.of("erlang_c", "Lq", "L", "Wq", "W", "Wq_p95", "Wq_p99"),
        rho,
        streams -> {
          Simulator simulator = new Simulator();
          FifoStation station = new FifoStation(simulator, servers);
          long customers = customers(rho, 1);
          OpenRun run =
              new OpenRun(
                      simulator,
                      station,
                      station::restart,
                      servers * rho,
                      1,
                      OpenRun.Classes.one(Distribution.exponential(UNIT)),
                      streams)
                  .run(customers / 5, customers);
          return new double[] {
            run.delayedShare(),
            waitingJobs(station),
            station.averagePresent(),
            run.meanWait(),
            run.response(),
            run.waitPercentile(95),
            run.waitPercentile(99)
          };
        });
  }

  private static Experiment mg1(double rho, double scv, boolean quantiles) {
    List<String> means = List.of("Wq", "W", "Lq", "L");
    List<String> all = List.of("Wq", "W", "Lq", "L", "Wq_p50", "Wq_p90", "Wq_p95", "Wq_p99");
    return new Experiment(
        quantiles ? all : means,
        rho,
        streams -> {
          Simulator simulator = new Simulator();
          FifoStation station = new FifoStation(simulator, 1);
          long customers = customers(rho, (1 + scv) / 2);
          OpenRun run =
              new OpenRun(
                      simulator,
                      station,
                      station::restart,
                      rho,
                      1,
                      OpenRun.Classes.one(service(1, scv)),
                      streams)
                  .run(customers / 5, customers);
          double[] figures = {
            run.meanWait(), run.response(), waitingJobs(station), station.averagePresent()
          };
          return quantiles
              ? new double[] {
                figures[0],
                figures[1],
                figures[2],
                figures[3],
                run.waitPercentile(50),
                run.waitPercentile(90),
                run.waitPercentile(95),
                run.waitPercentile(99)
              }
              : figures;
        });
  }

  private static Experiment erlangB(int servers, double offered) {
    return new Experiment(
        List.of("B"),
        offered / servers,
        streams -> {
          Simulator simulator = new Simulator();
          FifoStation station = new FifoStation(simulator, servers, servers);
          new OpenRun(
                  simulator,
                  station,
                  station::restart,
                  offered,
                  1,
                  OpenRun.Classes.one(Distribution.exponential(UNIT)),
                  streams)
              .run(FEWEST_CUSTOMERS / 5, FEWEST_CUSTOMERS);
          return new double[] {station.lost() / (double) station.arrived()};
        });
  }

  private static Experiment mm1k(double rho, int room) {
    return new Experiment(
        List.of("P_block", "throughput", "L", "W"),
        rho,
        streams -> {
          Simulator simulator = new Simulator();
          FifoStation station = new FifoStation(simulator, 1, room);
          OpenRun run =
              new OpenRun(
                      simulator,
                      station,
                      station::restart,
                      rho,
                      1,
                      OpenRun.Classes.one(Distribution.exponential(UNIT)),
                      streams)
                  .run(FEWEST_CUSTOMERS / 5, FEWEST_CUSTOMERS);
          return new double[] {
            station.lost() / (double) station.arrived(),
            run.servedPerUnit(),
            station.averagePresent(),
            run.response()
          };
        });
  }

  private static Experiment priority(
      double rho, double highShare, double high, double low, double scv) {
    double meanService = highShare * high + (1 - highShare) * low;
    OpenRun.Classes classes = new OpenRun.Classes(highShare, service(high, scv), service(low, scv));
    return new Experiment(
        List.of("Wq_high", "Wq_low", "Wq_fifo"),
        rho,
        streams -> {
          long customers = customers(rho, 1);
          Simulator simulator = new Simulator();
          PriorityStation station = new PriorityStation(simulator, 1, 2);
          OpenRun run =
              new OpenRun(
                      simulator, station, station::restart, rho / meanService, 1, classes, streams)
                  .run(customers / 5, customers);
          Simulator fifoSimulator = new Simulator();
          FifoStation fifo = new FifoStation(fifoSimulator, 1);
          OpenRun fifoRun =
              new OpenRun(
                      fifoSimulator, fifo, fifo::restart, rho / meanService, 1, classes, streams)
                  .run(customers / 5, customers);
          return new double[] {run.highWait(), run.lowWait(), fifoRun.meanWait()};
        });
  }

  private static Experiment sharing(double rho) {
    return new Experiment(
        List.of("W_mean"),
        rho,
        streams -> {
          Simulator simulator = new Simulator();
          SharingStation station = new SharingStation(simulator);
          long customers = customers(rho, 1);
          return new double[] {
            new OpenRun(
                    simulator,
                    station,
                    station::restart,
                    rho,
                    1,
                    OpenRun.Classes.one(Distribution.exponential(UNIT)),
                    streams)
                .run(customers / 5, customers)
                .response()
          };
        });
  }

  private static Experiment batches(double rho, int batch) {
    return new Experiment(
        List.of("L"),
        rho,
        streams -> {
          Simulator simulator = new Simulator();
          FifoStation station = new FifoStation(simulator, 1);
          long customers = customers(rho, (1 + batch) / 2.0);
          new OpenRun(
                  simulator,
                  station,
                  station::restart,
                  rho / batch,
                  batch,
                  OpenRun.Classes.one(Distribution.exponential(UNIT)),
                  streams)
              .run(customers / 5, customers);
          return new double[] {station.averagePresent()};
        });
  }

  private static double waitingJobs(ServerStation station) {
    return station.averagePresent() - station.averageBusy();
  }

  /**
   * A law with the mean (in units) and squared variation: Erlang below 1, hyperexponential above.
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

  /**
   * Customers of a replication: the queue forgets its past in about 1 / (1 - sqrt(rho))^2 services
   * (times the variability), and a replication covers twenty times that.
   */
  private static long customers(double rho, double variability) {
    double forget = Math.max(1, variability) / Math.pow(1 - Math.sqrt(Math.min(rho, 0.995)), 2);
    return Math.max(FEWEST_CUSTOMERS, (long) (20 * forget));
  }
}
