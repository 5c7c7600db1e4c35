// SPDX-License-Identifier: Apache-2.0
package org.poolsim.scenarios.language;

import org.poolsim.pool.spec.ObjectiveSpec.Statistic;
import org.poolsim.scenarios.yaml.Absent;
import org.poolsim.scenarios.yaml.Computed;
import org.poolsim.scenarios.yaml.Doc;
import org.poolsim.scenarios.yaml.Ref;
import org.poolsim.scenarios.yaml.Within;

/** What is expected to hold. */
@Doc("What is expected to hold.")
public record Objective(
    @Doc("A metric, for example vm.boot_time.") @Ref("metric") String metric,
    @Doc("A VM, host, array or link, with * for any characters.") @Absent("all of them together")
        String entity,
    @Doc("Percentile of the metric.") @Within(min = "0", max = "100") @Absent("the statistic holds")
        Double percentile,
    @Doc("What is taken of the metric if no percentile is: mean, min or max.")
        @Computed("percentile if there is one, otherwise mean")
        Statistic statistic,
    @Doc("The most that is good, with the metric's unit.") @Absent("above holds") String below,
    @Doc("The least that is good, with the metric's unit.") @Absent("below holds") String above) {}
