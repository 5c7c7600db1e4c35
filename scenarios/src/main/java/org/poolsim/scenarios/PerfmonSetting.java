// SPDX-License-Identifier: Apache-2.0
package org.poolsim.scenarios;

import java.util.List;
import org.poolsim.engine.data.Owner;

/**
 * What an object of the pool has in {@code other-config:perfmon}.
 *
 * @param kind what the object is
 * @param object its name
 * @param texts XML texts whose variables all count, at least one
 */
public record PerfmonSetting(Owner.Kind kind, String object, List<String> texts) {
  /** Who knows that XML. */
  @FunctionalInterface
  public interface Check {
    /** Takes everything for right. */
    Check NONE = (kind, xml) -> List.of();

    /**
     * Returns what is wrong with a text, a sentence each that begins with the place in the text
     * ({@code line:column: }); empty if nothing is.
     */
    List<String> mistakes(Owner.Kind kind, String xml);
  }
}
