// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cli;

import java.util.List;

/** The input is wrong: each message is a complete line for the user, with its place. */
public final class WrongInputException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<String> messages;

  /** Creates the exception with one line per mistake. */
  public WrongInputException(List<String> messages) {
    super(String.join("\n", messages));
    this.messages = List.copyOf(messages);
  }

  /** Creates the exception with a single mistake. */
  public WrongInputException(String message) {
    this(List.of(message));
  }

  /** Returns one line per mistake. */
  public List<String> messages() {
    return messages;
  }
}
