// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cli;

import java.nio.charset.Charset;
import org.poolsim.reports.summary.TerminalSummary;

/**
 * Whether people look at the outputs, and what they can show; the launcher says which are
 * terminals.
 */
final class Terminal {
  /** Properties that the launcher sets to yes or no. */
  static final String STANDARD_OUTPUT = "poolsim.stdout.terminal";

  static final String STANDARD_ERROR = "poolsim.stderr.terminal";

  private Terminal() {}

  /** Returns whether standard error is a terminal: progress is shown there. */
  static boolean showsProgress() {
    return "yes".equals(System.getProperty(STANDARD_ERROR));
  }

  /** Returns the style for standard output. */
  static TerminalSummary.Style style() {
    boolean terminal = "yes".equals(System.getProperty(STANDARD_OUTPUT));
    return TerminalSummary.Style.of(
        charset(),
        terminal ? TerminalSummary.Terminal.YES : TerminalSummary.Terminal.NO,
        System.getenv("NO_COLOR"));
  }

  /** Returns the character set of the locale, not of the virtual machine's default. */
  static Charset charset() {
    String name =
        System.getProperty("stdout.encoding", System.getProperty("native.encoding", "US-ASCII"));
    return Charset.isSupported(name) ? Charset.forName(name) : Charset.defaultCharset();
  }
}
