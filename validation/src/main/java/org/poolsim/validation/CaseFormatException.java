// SPDX-License-Identifier: Apache-2.0
package org.poolsim.validation;

/** A case file is not what its set expects; the message names the place and what was expected. */
public final class CaseFormatException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception with a complete message for the user. */
  public CaseFormatException(String message) {
    super(message);
  }
}
