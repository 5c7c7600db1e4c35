// SPDX-License-Identifier: Apache-2.0
package org.poolsim.scenarios.yaml;

/**
 * One thing that is wrong with the input.
 *
 * @param file the file, or the command-line option
 * @param line from 1; 0 if the mistake is not at a line
 * @param column from 1; 0 if unknown
 * @param message what is wrong, what was expected, and the nearest valid key or value; one line
 */
public record Mistake(String file, int line, int column, String message) {
  /** Returns the place of the mistake. */
  public Position position() {
    return new Position(file, line, column);
  }

  @Override
  public String toString() {
    return position() + ": " + message;
  }
}
