// SPDX-License-Identifier: Apache-2.0
package org.poolsim.scenarios.language;

import org.poolsim.scenarios.yaml.Absent;
import org.poolsim.scenarios.yaml.Computed;
import org.poolsim.scenarios.yaml.Default;
import org.poolsim.scenarios.yaml.Doc;
import org.poolsim.scenarios.yaml.InWords;
import org.poolsim.scenarios.yaml.Measured;
import org.poolsim.scenarios.yaml.Quantity;
import org.poolsim.scenarios.yaml.Within;

/** Requests from outside. */
@Doc(
    "Requests that arrive whether or not earlier ones have ended: a rate alone (Poisson), or a"
        + " mapping.")
@InWords(alone = "rate")
public sealed interface Arrivals {
  /** Poisson arrivals. */
  @Doc("A Poisson process.")
  record Rate(
      @Doc("Requests per second, minute or hour.")
          @Measured(Quantity.EVENT_RATE)
          @Within(min = "0.000001/s", max = "10000000/s")
          double rate)
      implements Arrivals {}

  /** Renewal arrivals. */
  @Doc("Times between arrivals of any distribution.")
  record TimeBetween(@Doc("Time between arrivals.") @Measured(Quantity.TIME) Distribution between)
      implements Arrivals {}

  /** Arrivals at a recorded rate. */
  @Doc("A Poisson process at a recorded rate per second; it begins anew when the record ends.")
  record Recorded(
      @Doc("The file, relative to the scenario.") String trace,
      @Doc("Its format: auto, bitbrains, planetlab or csv.") @Default("auto") TraceFormat format,
      @Doc("The column of the rate.") @Absent("the only one") String column,
      @Doc("The column of the time.") @Computed("the first one") String time,
      @Doc("The unit of the time column: s, ms or min.") @Default("s") TimeUnitName timeUnit,
      @Doc("Factor on every rate.")
          @Measured(Quantity.SHARE)
          @Within(min = "0.01%", max = "1000000%")
          @Default("100%")
          double load)
      implements Arrivals {}
}
