// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.poolsim.cli.run.Replication;

/** SIGINT during a run, in a process of its own. */
final class InterruptedRunTest {
  private static final String SCENARIO =
      """
      poolsim: 1
      name: long
      duration: DURATION
      pool: {hosts: [{name: host-1, cpu: {cores: 2, clock: 2GHz}, memory: 8GiB}]}
      vms:
        - name: web
          vcpus: 2
          memory: 1GiB
          workload: {clients: 50, think: exponential 10ms, steps: [{cpu: exponential 1ms}]}
      """;

  /** The program, which also says by a file when a thread simulates. */
  static final class Watched {
    private Watched() {}

    /** Takes the names of the file and of the thread first. */
    public static void main(String[] arguments) {
      Thread watch = new Thread(() -> await(Path.of(arguments[0]), arguments[1]), "watch");
      watch.setDaemon(true);
      watch.start();
      Poolsim.main(Arrays.copyOfRange(arguments, 2, arguments.length));
    }

    private static void await(Path begun, String thread) {
      while (Thread.getAllStackTraces().entrySet().stream()
          .noneMatch(
              each -> each.getKey().getName().equals(thread) && simulates(each.getValue()))) {
        LockSupport.parkNanos(1_000_000);
      }
      try {
        Files.createFile(begun);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static boolean simulates(StackTraceElement[] stack) {
      return Arrays.stream(stack)
          .anyMatch(
              call ->
                  call.getClassName().equals(Replication.class.getName())
                      && call.getMethodName().equals("run"));
    }
  }

  @TempDir Path folder;
  @TempDir Path beside;

  @Test
  @Timeout(600)
  void leavesNothingAndSaysSo() throws Exception {
    // A simulated year of requests: hours, unless it is stopped.
    String told = interrupted("365d", "main");

    assertThat(told)
        .contains("interrupted at", "nothing was written")
        // Not after the patience of the shutdown: the run itself stopped.
        .doesNotContain("did not stop within");
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left.map(file -> file.getFileName().toString())).containsExactly("long.yaml");
    }
  }

  @Test
  @Timeout(600)
  void keepsTheReplicationsThatAreFinished() throws Exception {
    String told =
        interrupted("2min", "replication", "--replications", "100000", "--output", "kept");

    Matcher finished =
        Pattern.compile("(\\d+) of 100000 replications were finished; they are in kept")
            .matcher(told);
    assertThat(finished.find()).as(told).isTrue();
    assertThat(Files.readString(folder.resolve("kept/summary.json")))
        .containsPattern("\"replications\" ?: ?" + finished.group(1) + "\\b");
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("long.yaml", "kept");
    }
  }

  /** Returns what a run says that is interrupted as soon as a thread of it simulates. */
  private String interrupted(String duration, String thread, String... options) throws Exception {
    assumeTrue(exitCode("sh", "-c", "kill -0 $$") == 0, "no shell that can send a signal");
    Files.writeString(folder.resolve("long.yaml"), SCENARIO.replace("DURATION", duration));
    Path told = beside.resolve("told.txt");
    Path begun = beside.resolve("begun");
    List<String> command = new ArrayList<>();
    if (exitCode("env", "--default-signal=INT", "true") == 0) {
      // Also where the tests themselves run in the background of a script, deaf to it.
      command.addAll(List.of("env", "--default-signal=INT"));
    }
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Watched.class.getName(),
            begun.toString(),
            thread,
            "run",
            "long.yaml"));
    command.addAll(List.of(options));
    Process run =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(told.toFile())
            .start();
    try {
      while (!Files.exists(begun)) {
        assertThat(run.isAlive()).as(Files.readString(told)).isTrue();
        LockSupport.parkNanos(1_000_000);
      }
      assertThat(exitCode("sh", "-c", "kill -INT " + run.pid())).isZero();
      run.waitFor();
    } finally {
      run.destroyForcibly();
    }
    assertThat(run.exitValue()).isNotZero();
    return Files.readString(told);
  }

  private static int exitCode(String... command) throws InterruptedException {
    try {
      return new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException absent) {
      return -1;
    }
  }
}
