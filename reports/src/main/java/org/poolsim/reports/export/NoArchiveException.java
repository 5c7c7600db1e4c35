// SPDX-License-Identifier: Apache-2.0
package org.poolsim.reports.export;

/** No archive answers a query; a real host answers it with an internal error. */
public final class NoArchiveException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Creates the exception with what was asked. */
  public NoArchiveException(String message) {
    super(message);
  }
}
