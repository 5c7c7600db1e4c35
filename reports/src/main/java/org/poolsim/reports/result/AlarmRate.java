// SPDX-License-Identifier: Apache-2.0
package org.poolsim.reports.result;

import java.util.Optional;

/**
 * How often a variable raised alarms, over all replications of a run.
 *
 * @param objectClass class of the objects: {@code Host}, {@code VM} or {@code SR}
 * @param variable its name, for example {@code cpu_usage}
 * @param high whether values above the level are bad; otherwise those below
 * @param level the level, in the units of the data sources that enter
 * @param replications how many there were
 * @param replicationsWith in how many of them it raised any
 * @param mean alarms of a replication, mean over all of them
 * @param interval where the mean of many more replications lies; empty with one replication
 */
public record AlarmRate(
    String objectClass,
    String variable,
    boolean high,
    double level,
    int replications,
    int replicationsWith,
    double mean,
    Optional<Objective.Interval> interval) {}
