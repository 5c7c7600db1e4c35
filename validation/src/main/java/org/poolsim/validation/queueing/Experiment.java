// SPDX-License-Identifier: Apache-2.0
package org.poolsim.validation.queueing;

import java.util.List;
import java.util.function.Function;
import org.poolsim.engine.random.RandomStreams;

/**
 * How a row is simulated.
 *
 * @param figures what it gives
 * @param fewest replications to begin with
 * @param most replications that are worth their time
 * @param jobs about the number of jobs in a replication
 * @param replication gives the batches of one replication from its streams
 */
record Experiment(
    List<Figure> figures,
    int fewest,
    int most,
    double jobs,
    Function<RandomStreams, List<Batch>> replication) {
  /** Service of mean 1 in the tables, in simulated nanoseconds. */
  static final double UNIT_NANOS = 1e9;
}
