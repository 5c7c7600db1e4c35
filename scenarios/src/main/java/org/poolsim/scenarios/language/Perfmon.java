// SPDX-License-Identifier: Apache-2.0
package org.poolsim.scenarios.language;

import org.poolsim.scenarios.yaml.Absent;
import org.poolsim.scenarios.yaml.Default;
import org.poolsim.scenarios.yaml.Doc;
import org.poolsim.scenarios.yaml.InWords;
import org.poolsim.scenarios.yaml.Measured;
import org.poolsim.scenarios.yaml.Quantity;
import org.poolsim.scenarios.yaml.Within;

/** What raises an alarm of an object, as {@code other-config:perfmon} has it. */
@Doc(
    "What raises an alarm of a host, a VM or an SR, as other-config:perfmon has it: a variable, or,"
        + " as a text alone, the XML of that key with all its variables. Levels are in the units of"
        + " the data sources that enter.")
@InWords(alone = "config")
public sealed interface Perfmon {
  /** The XML itself. */
  @Doc("The value of other-config:perfmon as a real pool has it.")
  record Config(@Doc("The XML: an element config with elements variable.") String config)
      implements Perfmon {}

  /** One variable. */
  @Doc(
      "A variable. The keys are the elements of the XML and what is left out is what the perfmon"
          + " script takes.")
  record Variable(
      @Doc(
              "Its name. cpu_usage, network_usage, disk_usage and memory_internal_free (VMs),"
                  + " cpu_usage, network_usage, memory_free_kib and sr_io_throughput_total_ and the"
                  + " first 8 characters of an SR's uuid (hosts), physical_utilisation and"
                  + " sr_io_throughput_total_per_host (SRs) bring their rrd_regex with them; any"
                  + " other name needs one.")
          String name,
      @Doc("The level beyond which a minute is bad.")
          @Absent("0.8 for physical_utilisation of an SR; otherwise it must be given")
          Double alarmTriggerLevel,
      @Doc("How long minutes must be bad in a row.")
          @Measured(Quantity.TIME)
          @Within(min = "0s", max = "366d")
          @Default("1min")
          long alarmTriggerPeriod,
      @Doc("How long no further alarm is raised after one.")
          @Measured(Quantity.TIME)
          @Within(min = "0s", max = "366d")
          @Default("1h")
          long alarmAutoInhibitPeriod,
      @Doc("Whether values above the level are bad (high) or those below (low).")
          @Absent("low for memory_internal_free and memory_free_kib, otherwise high")
          Sense alarmTriggerSense,
      @Doc("Priority of the message, 1 for the most urgent.")
          @Within(min = "1", max = "5")
          @Default("3")
          int alarmPriority,
      @Doc("How the data sources that enter become one value: sum, average or max.")
          @Absent(
              "average for cpu_usage, physical_utilisation over size for an SR's"
                  + " physical_utilisation, otherwise sum")
          Function consolidationFn,
      @Doc("The data sources that enter: a regular expression of their names.")
          @Absent("that of the name")
          String rrdRegex)
      implements Perfmon {}

  /** Which side of the level is bad. */
  enum Sense {
    HIGH,
    LOW
  }

  /** How several data sources become one value. */
  enum Function {
    SUM,
    AVERAGE,
    MAX
  }
}
