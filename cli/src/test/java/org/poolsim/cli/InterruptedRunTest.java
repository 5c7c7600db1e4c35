// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** SIGINT during a run, in a process of its own. */
final class InterruptedRunTest {
  /** Runs for a simulated year of requests: for hours, unless it is stopped. */
  private static final String LONG =
      """
      poolsim: 1
      name: long
      duration: 365d
      pool: {hosts: [{name: host-1, cpu: {cores: 2, clock: 2GHz}, memory: 8GiB}]}
      vms:
        - name: web
          vcpus: 2
          memory: 1GiB
          workload: {clients: 50, think: exponential 10ms, steps: [{cpu: exponential 1ms}]}
      """;

  private static final Path BIN = Path.of(System.getProperty("java.home"), "bin");

  @TempDir Path folder;

  @Test
  @Timeout(120)
  void leavesNothingAndSaysSo() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/bin/kill")), "no kill command");
    assumeTrue(Files.isExecutable(BIN.resolve("jcmd")), "no jcmd");
    Files.writeString(folder.resolve("long.yaml"), LONG);
    Path told = Files.createTempFile("interrupted", ".txt");
    Process run =
        new ProcessBuilder(
                BIN.resolve("java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "org.poolsim.cli.Poolsim",
                "run",
                "long.yaml")
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(told.toFile())
            .start();
    try {
      while (!stackOf(run).contains("Replication.run")) {
        assertThat(run.isAlive()).as(Files.readString(told)).isTrue();
      }
      call("/bin/kill", "-INT", Long.toString(run.pid()));
      assertThat(run.waitFor(60, TimeUnit.SECONDS)).isTrue();
      // Not after the patience of the shutdown: the run itself stopped.
      assertThat(Files.readString(told)).doesNotContain("did not stop within");
    } finally {
      run.destroyForcibly();
    }

    assertThat(run.exitValue()).isNotZero();
    assertThat(Files.readString(told)).contains("interrupted at", "nothing was written");
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left.map(file -> file.getFileName().toString())).containsExactly("long.yaml");
    }
    Files.delete(told);
  }

  private static String stackOf(Process process) throws IOException, InterruptedException {
    return call(BIN.resolve("jcmd").toString(), Long.toString(process.pid()), "Thread.print");
  }

  private static String call(String... command) throws IOException, InterruptedException {
    Process called = new ProcessBuilder(List.of(command)).redirectErrorStream(true).start();
    String output = new String(called.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    called.waitFor();
    return output;
  }
}
