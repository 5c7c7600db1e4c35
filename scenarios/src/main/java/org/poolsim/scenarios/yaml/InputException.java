// SPDX-License-Identifier: Apache-2.0
package org.poolsim.scenarios.yaml;

/** The input cannot be read any further: carries the one mistake that stopped it. */
public final class InputException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Mistake mistake;

  /** Makes an exception for a mistake at a place. */
  public InputException(Position position, String message) {
    super(position + ": " + message);
    this.mistake = new Mistake(position.file(), position.line(), position.column(), message);
  }

  /** Returns what is wrong. */
  public Mistake mistake() {
    return mistake;
  }
}
