// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * Does once what users do, and leaves nothing behind: the launcher calls it to learn which classes
 * that takes, for the archive from which later starts get them without reading them anew.
 */
@Command(
    name = "warm-up",
    hidden = true,
    mixinStandardHelpOptions = true,
    description = "Lets the launcher prepare later starts.")
final class WarmUpCommand implements Callable<Integer> {
  private static final String SCENARIO = "warm-up.yaml";

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    Path folder = Files.createTempDirectory("poolsim-warm-up");
    try {
      Path scenario = folder.resolve(SCENARIO);
      try (InputStream in = WarmUpCommand.class.getResourceAsStream(SCENARIO)) {
        Files.copy(in, scenario);
      }
      String file = scenario.toString();
      String output = folder.resolve("out").toString();
      for (List<String> arguments :
          List.of(
              List.of("run", "--help"),
              List.of("check", file),
              List.of("run", "--output", output, "--csv", file),
              List.of(
                  "run",
                  "--output",
                  output,
                  "--replications=2",
                  "--set=fidelity.cpu=detailed",
                  file))) {
        CommandLine command = Poolsim.commandLine();
        command.setOut(spec.commandLine().getOut()).setErr(spec.commandLine().getErr());
        if (command.execute(arguments.toArray(String[]::new)) != ExitCode.DONE) {
          return ExitCode.INTERNAL;
        }
      }
    } finally {
      delete(folder);
    }
    return ExitCode.DONE;
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> everything = Files.walk(folder)) {
      for (Path path : everything.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
