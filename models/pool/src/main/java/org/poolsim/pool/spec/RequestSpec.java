// SPDX-License-Identifier: Apache-2.0
package org.poolsim.pool.spec;

import java.util.List;

/**
 * A type of request: steps, one after the other.
 *
 * @param name unique in its workload
 * @param weight how often it is taken relative to the others, above 0
 * @param steps at least one
 */
public record RequestSpec(String name, double weight, List<StepSpec> steps) {
  public RequestSpec {
    Require.name(name, "a request");
    Require.positive(weight, "weight of request " + name);
    steps = List.copyOf(steps);
    Require.notEmpty(steps, "the step list of request " + name);
  }

  /** Creates a request type of weight 1. */
  public RequestSpec(String name, StepSpec... steps) {
    this(name, 1, List.of(steps));
  }
}
