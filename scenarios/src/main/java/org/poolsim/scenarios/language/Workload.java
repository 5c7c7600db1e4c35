// SPDX-License-Identifier: Apache-2.0
package org.poolsim.scenarios.language;

import java.util.List;
import org.poolsim.pool.spec.WorkloadSpec.After;
import org.poolsim.pool.spec.WorkloadSpec.Between;
import org.poolsim.scenarios.yaml.Absent;
import org.poolsim.scenarios.yaml.Computed;
import org.poolsim.scenarios.yaml.Default;
import org.poolsim.scenarios.yaml.Doc;
import org.poolsim.scenarios.yaml.InWords;
import org.poolsim.scenarios.yaml.Measured;
import org.poolsim.scenarios.yaml.Most;
import org.poolsim.scenarios.yaml.Name;
import org.poolsim.scenarios.yaml.Quantity;
import org.poolsim.scenarios.yaml.Ref;
import org.poolsim.scenarios.yaml.ToldBy;
import org.poolsim.scenarios.yaml.Within;

/** What a VM does. */
@Doc(
    "What a VM does while it runs, told by its first key; a name alone is a profile. Levels of CPU"
        + " demand are shares of each vCPU; what a vCPU cannot give is lost. Requests wait until"
        + " they are done.")
@InWords(alone = "profile")
public sealed interface Workload {
  /** A named profile. */
  @Doc(
      "A named profile: office-desktop, web, database, batch, idle, or one of the scenario's"
          + " workloads.")
  record Profile(
      @Doc("Its name.") @Ref("profile") String profile,
      @Doc("Factor on its demand.")
          @Measured(Quantity.SHARE)
          @Within(min = "1%", max = "100000%")
          @Default("100%")
          double load)
      implements Workload {}

  /** A constant level. */
  @Doc("The same level throughout.")
  record Constant(
      @Doc("The level.") @Measured(Quantity.SHARE) @Within(min = "0%", max = "100%")
          double constant,
      @Doc("How many vCPUs, the first ones.") @Within(min = "1", max = "4096") @Absent("all")
          Integer vcpus,
      @Doc("Name, for results.")
          @Name(pattern = false)
          @Computed("its kind, and a number from the second on")
          String name)
      implements Workload {}

  /** A sine. */
  @Doc("A sine around a mean, clipped to 0 to 100 %.")
  record Periodic(
      @Doc("The sine.") Sine periodic,
      @Doc("How many vCPUs, the first ones.") @Within(min = "1", max = "4096") @Absent("all")
          Integer vcpus,
      @Doc("Name, for results.")
          @Name(pattern = false)
          @Computed("its kind, and a number from the second on")
          String name)
      implements Workload {}

  /** Levels that repeat. */
  @Doc("Levels that repeat: 24 of them with a period of 24h are a day.")
  record Levels(
      @Doc("The levels; each is held for an equal part of the period.")
          @Measured(Quantity.SHARE)
          @Within(min = "0%", max = "100%")
          @Most(100000)
          List<Double> levels,
      @Doc("How long all of them take together.")
          @Measured(Quantity.TIME)
          @Within(min = "1ms", max = "366d")
          long period,
      @Doc("Where in the period the run begins.")
          @Measured(Quantity.TIME)
          @Within(min = "0s", max = "366d")
          @Default("0s")
          long phase,
      @Doc("How many vCPUs, the first ones.") @Within(min = "1", max = "4096") @Absent("all")
          Integer vcpus,
      @Doc("Name, for results.")
          @Name(pattern = false)
          @Computed("its kind, and a number from the second on")
          String name)
      implements Workload {}

  /** On and off. */
  @Doc("On and off in turn, beginning off.")
  record Bursty(
      @Doc("The two levels and times.") OnOff bursty,
      @Doc("How many vCPUs, the first ones.") @Within(min = "1", max = "4096") @Absent("all")
          Integer vcpus,
      @Doc("Name, for results.")
          @Name(pattern = false)
          @Computed("its kind, and a number from the second on")
          String name)
      implements Workload {}

  /** A mean-reverting walk. */
  @Doc("A mean-reverting random walk (Ornstein-Uhlenbeck), clipped to 0 to 100 %.")
  record Stochastic(
      @Doc("The walk.") Walk stochastic,
      @Doc("How many vCPUs, the first ones.") @Within(min = "1", max = "4096") @Absent("all")
          Integer vcpus,
      @Doc("Name, for results.")
          @Name(pattern = false)
          @Computed("its kind, and a number from the second on")
          String name)
      implements Workload {}

  /** A recorded level. */
  @Doc("A recorded level of CPU demand.")
  record Trace(
      @Doc("The file, relative to the scenario.") String trace,
      @Doc(
              "Its format: bitbrains (GWA-T-12), planetlab (one number a line, or columns), csv, or"
                  + " auto.")
          @Default("auto")
          TraceFormat format,
      @Doc("The column of the level.")
          @Computed("CPU usage [%] for bitbrains, otherwise the only one")
          String column,
      @Doc("The column of the time, csv only.") @Computed("the first one") String time,
      @Doc("The unit of the time column: s, ms or min, csv only.") @Default("s")
          TimeUnitName timeUnit,
      @Doc("The number in the column that keeps all vCPUs busy.")
          @Within(min = "0.000001", max = "1000000000000")
          @Computed("100; for CPU usage [MHZ] the capacity provisioned in the same row")
          Double full,
      @Doc("Where in the trace the run begins.")
          @Measured(Quantity.TIME)
          @Within(min = "0s", max = "3660d")
          @Default("0s")
          long from,
      @Doc("Factor on every level.")
          @Measured(Quantity.SHARE)
          @Within(min = "0.01%", max = "1000000%")
          @Default("100%")
          double load,
      @Doc("What holds between two points: hold (the earlier one) or interpolate.") @Default("hold")
          Between between,
      @Doc("What follows the last point: hold or repeat.") @Default("repeat") After after,
      @Doc("How many vCPUs, the first ones.") @Within(min = "1", max = "4096") @Absent("all")
          Integer vcpus,
      @Doc("Name, for results.")
          @Name(pattern = false)
          @Computed("its kind, and a number from the second on")
          String name)
      implements Workload {}

  /** Requests. */
  @Doc("Requests with response times: from clients that wait and think, or arriving from outside.")
  @ToldBy({"steps", "requests", "clients", "arrivals"})
  record Requests(
      @Doc("Clients, each of which sends a request, waits for its end, thinks and sends the next.")
          @Within(min = "1", max = "1000000")
          @Absent("arrivals holds")
          Integer clients,
      @Doc("Time between the end of a request and the client's next.")
          @Measured(Quantity.TIME)
          @Absent("none, with clients")
          Distribution think,
      @Doc("Requests from outside.") @Absent("clients holds") Arrivals arrivals,
      @Doc("With arrivals: requests beyond this many at a time are turned away.")
          @Within(min = "1", max = "1000000")
          @Default("10000")
          int mostOutstanding,
      @Doc("The steps of the only type of request.") @Most(1000) @Absent("requests holds")
          List<Step> steps,
      @Doc("Several types of request.") @Most(1000) @Absent("steps holds") List<Request> requests,
      @Doc("Name, for results: response times are reported under it.")
          @Name(pattern = false)
          @Computed("its kind, and a number from the second on")
          String name)
      implements Workload {}

  /** A sine's parameters. */
  @Doc("A sine: mean + amplitude * sin(2 pi (t + phase) / period).")
  record Sine(
      @Doc("The mean.") @Measured(Quantity.SHARE) @Within(min = "0%", max = "100%") double mean,
      @Doc("The amplitude.") @Measured(Quantity.SHARE) @Within(min = "0%", max = "100%")
          double amplitude,
      @Doc("The period.") @Measured(Quantity.TIME) @Within(min = "1ms", max = "366d") long period,
      @Doc("Where in the period the run begins.")
          @Measured(Quantity.TIME)
          @Within(min = "0s", max = "366d")
          @Default("0s")
          long phase,
      @Doc("How long each value is held.")
          @Measured(Quantity.TIME)
          @Within(min = "1ms", max = "24h")
          @Computed("the 288th part of the period")
          Long step) {}

  /** The parameters of bursts. */
  @Doc("Two levels and how long each lasts.")
  record OnOff(
      @Doc("The level when on.") @Measured(Quantity.SHARE) @Within(min = "0%", max = "100%")
          double on,
      @Doc("The level when off.")
          @Measured(Quantity.SHARE)
          @Within(min = "0%", max = "100%")
          @Default("0%")
          double off,
      @Doc("How long an on phase takes.") @Measured(Quantity.TIME) Distribution onTime,
      @Doc("How long an off phase takes.") @Measured(Quantity.TIME) Distribution offTime) {}

  /** The parameters of a walk. */
  @Doc("A mean-reverting random walk.")
  record Walk(
      @Doc("The mean.") @Measured(Quantity.SHARE) @Within(min = "0%", max = "100%") double mean,
      @Doc("Standard deviation, before clipping.")
          @Measured(Quantity.SHARE)
          @Within(min = "0%", max = "100%")
          double deviation,
      @Doc("Time after which the correlation has fallen to 1/e.")
          @Measured(Quantity.TIME)
          @Within(min = "1ms", max = "366d")
          @Default("10min")
          long correlation,
      @Doc("How long each value is held.")
          @Measured(Quantity.TIME)
          @Within(min = "1ms", max = "24h")
          @Default("1min")
          long step) {}
}
