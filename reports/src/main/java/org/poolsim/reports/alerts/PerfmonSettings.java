// SPDX-License-Identifier: Apache-2.0
package org.poolsim.reports.alerts;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.poolsim.engine.data.Owner;

/**
 * What a pool's objects have in {@code other-config:perfmon}. The perfmon of every host reads it. A
 * change counts from the next look, as after the script's command {@code refresh}. Not thread safe.
 */
public final class PerfmonSettings {
  private final Map<Owner, List<Variable>> configured = new LinkedHashMap<>();

  /** Creates settings without any variable. */
  public PerfmonSettings() {}

  /**
   * Sets the variables of an object; one whose XML is unchanged keeps its state.
   *
   * @param texts values of {@code other-config:perfmon}; the variables of all of them count
   * @throws IllegalArgumentException with all mistakes in the first text that has any
   */
  public void configure(Owner object, String... texts) {
    List<Variable> variables = new ArrayList<>();
    for (String text : texts) {
      variables.addAll(PerfmonConfig.parse(text, object.kind()));
    }
    configured.put(object, variables);
  }

  List<Variable> of(Owner object) {
    return configured.getOrDefault(object, List.of());
  }
}
