// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

final class WarmUpCommandTest {
  @Test
  void doesWhatUsersDoAndLeavesNothing() {
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
    Matcher report = Pattern.compile("\\S+poolsim-warm-up[^/]*").matcher(out.toString());
    assertThat(report.find()).isTrue();
    assertThat(Path.of(report.group())).doesNotExist();
  }
}
