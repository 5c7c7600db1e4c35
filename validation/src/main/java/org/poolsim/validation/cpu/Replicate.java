// SPDX-License-Identifier: Apache-2.0
package org.poolsim.validation.cpu;

import java.util.List;
import java.util.Map;

/**
 * What is kept of a jittered run: the figures of each domain, by their recorded names. The run
 * itself holds every latency.
 */
record Replicate(List<Map<String, Double>> domains) {
  static Replicate of(CaseRun run) {
    return new Replicate(run.domains().stream().map(CaseResults::metrics).toList());
  }
}
