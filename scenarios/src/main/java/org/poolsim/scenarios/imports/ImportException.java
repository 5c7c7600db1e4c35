// SPDX-License-Identifier: Apache-2.0
package org.poolsim.scenarios.imports;

/**
 * A file that cannot be imported; the message is a complete line for the user: file, place, what
 * was expected.
 */
public final class ImportException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception with a complete message. */
  public ImportException(String message) {
    super(message);
  }
}
