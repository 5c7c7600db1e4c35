// SPDX-License-Identifier: Apache-2.0
package org.poolsim.validation.queueing;

import java.util.List;
import java.util.function.Function;
import org.poolsim.engine.random.RandomStreams;

/**
 * How a row is simulated.
 *
 * @param figures names of the figures, as in the row
 * @param load of the busiest station, which decides how many replications are worth their time
 * @param replication gives the figures of one replication from its streams
 */
record Experiment(
    List<String> figures, double load, Function<RandomStreams, double[]> replication) {
  /** Service of mean 1 in the tables, in simulated nanoseconds. */
  static final double UNIT_NANOS = 1e9;
}
