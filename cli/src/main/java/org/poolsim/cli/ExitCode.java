// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cli;

/** What the process tells its caller. */
public final class ExitCode {
  /** The job was done. */
  public static final int DONE = 0;

  /** The job was done, and an objective or a validation case failed. */
  public static final int MISSED = 1;

  /** The input or the command line is wrong. */
  public static final int WRONG_INPUT = 2;

  /** A defect of poolsim or of the machine. */
  public static final int INTERNAL = 3;

  private ExitCode() {}
}
