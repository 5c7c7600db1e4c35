// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

final class WarmUpCommandTest {
  @Test
  void doesWhatUsersDo() {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine command = Poolsim.commandLine();
    command.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));

    assertThat(command.execute("warm-up")).as(err.toString()).isEqualTo(ExitCode.DONE);

    assertThat(out.toString())
        .contains(
            "Usage: poolsim run",
            "nothing is wrong",
            "Both objectives are met",
            "Two replications");
    assertThat(err.toString()).isEmpty();
  }
}
