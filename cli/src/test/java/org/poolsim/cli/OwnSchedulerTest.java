// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The scheduler of examples/own-scheduler: compiled here, put behind the program, named, run. */
final class OwnSchedulerTest {
  private static final Path EXAMPLE = Path.of("..", "scenarios", "examples", "own-scheduler");

  @TempDir Path folder;

  private Path compiled() throws IOException {
    List<String> arguments = new ArrayList<>();
    Path classes = folder.resolve("classes");
    arguments.addAll(
        List.of("-d", classes.toString(), "-cp", System.getProperty("java.class.path")));
    try (Stream<Path> files = Files.walk(EXAMPLE)) {
      files.map(Path::toString).filter(file -> file.endsWith(".java")).forEach(arguments::add);
    }
    int failed =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, arguments.toArray(String[]::new));
    assertThat(failed).isZero();
    Path services = Path.of("META-INF", "services");
    Files.createDirectories(classes.resolve(services));
    try (Stream<Path> files = Files.list(EXAMPLE.resolve(services))) {
      for (Path file : files.toList()) {
        Files.copy(file, classes.resolve(services).resolve(file.getFileName().toString()));
      }
    }
    return classes;
  }

  private int poolsim(String classPath, Path output, String... arguments)
      throws IOException, InterruptedException {
    return poolsim(List.of(), classPath, output, arguments);
  }

  private int poolsim(List<String> options, String classPath, Path output, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of("-XX:+UseSerialGC", "-cp", classPath, "org.poolsim.cli.Poolsim"));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    return process.waitFor();
  }

  @Test
  void aSchedulerFromOutsideIsNamedInAScenarioAndDecides() throws Exception {
    String program = System.getProperty("java.class.path");
    String scenario = EXAMPLE.resolve("lottery.yaml").toString();
    Path output = folder.resolve("output");

    assertThat(poolsim(program, output, "check", scenario)).isEqualTo(ExitCode.WRONG_INPUT);
    assertThat(Files.readString(output)).contains("no scheduler \"lottery\"");

    String both = program + File.pathSeparator + compiled();
    Path run = folder.resolve("run");
    int exit = poolsim(both, output, "run", "--audit", scenario, "-o", run.toString());
    assertThat(exit).as(Files.readString(output)).isEqualTo(ExitCode.DONE);

    JsonNode summary =
        JsonMapper.builder().build().readTree(Files.readString(run.resolve("summary.json")));
    assertThat(cpuOf(summary, "rich") / cpuOf(summary, "poor")).isCloseTo(3, within(0.3));
  }

  @Test
  void whatCannotBeLoadedOrTakesAnotherNameIsTold() throws Exception {
    String program = System.getProperty("java.class.path");
    String scenario = EXAMPLE.resolve("lottery.yaml").toString();
    Path output = folder.resolve("output");
    Path services = Files.createDirectories(folder.resolve("broken/META-INF/services"));
    Path provider = services.resolve("org.poolsim.cpu.sched.SchedulerProvider");

    Files.writeString(provider, "org.example.Misspelt\n");
    String broken = program + File.pathSeparator + folder.resolve("broken");
    assertThat(poolsim(broken, output, "check", scenario)).isEqualTo(ExitCode.WRONG_INPUT);
    assertThat(Files.readString(output))
        .contains("POOLSIM_CLASSPATH", "org.example.Misspelt")
        .doesNotContain("\tat ");

    Path source = folder.resolve("Second.java");
    Files.writeString(
        source,
        """
        import org.poolsim.cpu.sched.*;
        public final class Second implements SchedulerProvider {
          public String name() { return "credit2"; }
          public Scheduler create(CpuPool pool, SchedulerParameters parameters) { return null; }
        }
        """);
    int failed =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-d",
                folder.resolve("broken").toString(),
                "-cp",
                program,
                source.toString());
    assertThat(failed).isZero();
    Files.writeString(provider, "Second\n");
    assertThat(poolsim(broken, output, "check", scenario)).isEqualTo(ExitCode.WRONG_INPUT);
    assertThat(Files.readString(output)).contains("Second", "both named credit2");
  }

  @Test
  void aHeapThatIsTooSmallIsToldAndLeavesNothing() throws Exception {
    Path output = folder.resolve("output");
    Path scenario = folder.resolve("many.yaml");
    Files.writeString(
        scenario,
        """
        poolsim: 1
        name: many
        duration: 10s
        pool: {hosts: [{name: h, cpu: {cores: 64, clock: 2GHz}, memory: 16TiB}]}
        vms: [{name: "vm-[1..4000]", vcpus: 4, memory: 1GiB, workload: constant 1%}]
        """);
    Path run = folder.resolve("small/run");
    int exit =
        poolsim(
            List.of("-Xmx24m"),
            System.getProperty("java.class.path"),
            output,
            "run",
            scenario.toString(),
            "-o",
            run.toString());
    assertThat(exit).as(Files.readString(output)).isEqualTo(ExitCode.INTERNAL);
    assertThat(Files.readString(output))
        .contains("out of memory", "POOLSIM_JAVA_OPTIONS")
        .doesNotContain("\tat ");
    assertThat(folder.resolve("small")).doesNotExist();
  }

  private static double cpuOf(JsonNode summary, String vm) {
    for (JsonNode node : summary.path("vms_rows")) {
      if (node.path("name").asString().equals(vm)) {
        return node.path("cpu").asDouble();
      }
    }
    throw new AssertionError("summary.json has no VM " + vm + ": " + summary);
  }
}
