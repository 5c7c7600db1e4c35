// SPDX-License-Identifier: Apache-2.0
package org.poolsim.reports.alerts;

import java.util.regex.Pattern;

/**
 * One watched variable.
 *
 * @param name the name, for example {@code cpu_usage}
 * @param level the value beyond which a row is bad
 * @param periodSeconds how long rows must be bad
 * @param inhibitSeconds how long no further alarm is raised after one
 * @param high whether values above the level are bad; otherwise those below
 * @param priority the priority of the message
 * @param function how the matching sources of a row become one value
 * @param sources the sources that enter, matched from the beginning of their names
 * @param xml the configuration, one element a line, as it goes into messages
 */
record Variable(
    String name,
    double level,
    double periodSeconds,
    double inhibitSeconds,
    boolean high,
    int priority,
    Function function,
    Pattern sources,
    String xml) {
  /** How several sources become one value. */
  enum Function {
    SUM,
    AVERAGE,
    MAX,
    /** The first over the second. */
    RATIO
  }
}
