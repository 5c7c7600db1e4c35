// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.RandomAccessFile;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What users get wrong and strangers try: each is told in a line or two, without a stack trace,
 * with exit code 2, and nothing is left behind.
 */
final class WrongUsageTest {
  private static final String GOOD =
      """
      poolsim: 1
      name: small
      duration: 1min
      pool: {hosts: [{name: host-1, cpu: {cores: 2, clock: 2GHz}, memory: 8GiB}]}
      vms: [{name: web, vcpus: 1, memory: 1GiB, workload: constant 10%}]
      """;

  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void files() throws IOException {
    Files.writeString(folder.resolve("good.yaml"), GOOD);
    Files.createDirectory(folder.resolve("folder"));
    Files.createDirectory(folder.resolve("theirs"));
    Files.writeString(folder.resolve("theirs/cat.txt"), "meow");
    Files.writeString(folder.resolve("empty"), "");
    byte[] binary = new byte[4096];
    for (int i = 0; i < binary.length; i++) {
      binary[i] = (byte) (i * 31);
    }
    Files.write(folder.resolve("binary"), binary);
    Files.writeString(folder.resolve("text"), "hello\n");
  }

  static Stream<List<String>> nonsense() {
    return Stream.of(
        List.of("frobnicate"),
        List.of("help", "frobnicate"),
        List.of("run", ""),
        List.of("run", "@/good.yaml", "-o", ""),
        List.of("check", ""),
        List.of("run"),
        List.of("run", "@/nowhere.yaml"),
        List.of("run", "@/folder"),
        List.of("run", "@/binary"),
        List.of("run", "@/empty"),
        List.of("run", "@/text"),
        List.of("run", "@/good.yaml", "extra"),
        List.of("run", "@/good.yaml", "--frobnicate"),
        List.of("run", "@/good.yaml", "--replications", "0"),
        List.of("run", "@/good.yaml", "--replications", "-1"),
        List.of("run", "@/good.yaml", "--replications", "many"),
        List.of("run", "@/good.yaml", "--replications", "100001"),
        List.of("run", "@/good.yaml", "--threads", "0"),
        List.of("run", "@/good.yaml", "--seed", "x"),
        List.of("run", "@/good.yaml", "--for", "-5s"),
        List.of("run", "@/good.yaml", "--for", "0s"),
        List.of("run", "@/good.yaml", "--for", "10"),
        List.of("run", "@/good.yaml", "--for", "99999d"),
        List.of("run", "@/good.yaml", "--set", "nonsense"),
        List.of("run", "@/good.yaml", "--set", "vms.web.vcpu=2"),
        List.of("run", "@/good.yaml", "--set", "vms.nobody.vcpus=2"),
        List.of("run", "@/good.yaml", "--set", "vms.web.vcpus=two"),
        List.of("run", "@/good.yaml", "--set", "vms.web.vcpus="),
        List.of("run", "@/good.yaml", "--set", "=2"),
        List.of("run", "@/good.yaml", "--set", ""),
        List.of("run", "@/good.yaml", "-o", "@/theirs"),
        List.of("run", "@/good.yaml", "-o", "@/text"),
        List.of("run", "@/good.yaml", "-o", "@/text/below"),
        List.of("run", "@/good.yaml", "-o", "/"),
        List.of("check"),
        List.of("check", "@/nowhere.yaml"),
        List.of("check", "@/folder"),
        List.of("check", "@/binary"),
        List.of("check", "@/empty"),
        List.of("check", "@/good.yaml", "--set", "pool.hosts.host-1.memory=8"),
        List.of("import"),
        List.of("import", "xapi-db"),
        List.of("import", "xapi-db", "@/nowhere"),
        List.of("import", "xapi-db", "@/folder"),
        List.of("import", "xapi-db", "@/binary"),
        List.of("import", "xapi-db", "@/empty"),
        List.of("import", "xapi-db", "@/text"),
        List.of("import", "trace", "@/nowhere"),
        List.of("import", "trace", "@/folder"),
        List.of("import", "trace", "@/binary"),
        List.of("import", "trace", "@/empty"),
        List.of("import", "trace", "@/text"),
        List.of("import", "trace", "@/text", "--format", "parquet"),
        List.of("import", "rrd", "@/nowhere"),
        List.of("import", "rrd", "@/folder"),
        List.of("import", "rrd", "@/binary"),
        List.of("import", "rrd", "@/text"),
        List.of("validate"),
        List.of("validate", "nothing", "@/folder"),
        List.of("validate", "cpu", "@/nowhere"),
        List.of("validate", "cpu", "@/binary"),
        List.of("validate", "rrd", "@/binary"),
        List.of("validate", "numa-plan", "@/binary"),
        List.of("serve"),
        List.of("serve", "@/nowhere"),
        List.of("serve", "@/folder"),
        List.of("serve", "@/binary"),
        List.of("serve", "@/good.yaml", "--port", "99999"),
        List.of("serve", "@/good.yaml", "--speed", "0"),
        List.of("datasources", "extra"));
  }

  @ParameterizedTest
  @MethodSource
  void nonsense(List<String> words) throws IOException {
    assertThat(poolsim(words)).as(words + "\n" + err).isEqualTo(ExitCode.WRONG_INPUT);
    assertThat(err.toString()).isNotBlank().doesNotContain("\tat ", "Exception");
    assertThat(err.toString().lines().count()).as(err.toString()).isLessThanOrEqualTo(4);
    assertThat(left())
        .containsExactlyInAnyOrder(
            "binary", "empty", "folder", "good.yaml", "text", "theirs", "theirs/cat.txt");
  }

  /** What is wrong with a file is said with the name that it was given by. */
  @ParameterizedTest
  @CsvSource({
    "import xapi-db, folder, 'not a file: expected the database of a pool'",
    "import trace, folder, 'not a file: expected a trace'",
    "import rrd, nowhere, 'no such file: expected an RRD backup'",
    "import trace, text, '1: '",
    "validate cpu, binary, 'not UTF-8 text, expected a case file'",
  })
  void filesAreNamedAsTheyWereGiven(String command, String file, String words) throws IOException {
    List<String> line = new ArrayList<>(List.of(command.split(" ")));
    line.add("@/" + file);
    assertThat(poolsim(line)).isEqualTo(ExitCode.WRONG_INPUT);
    assertThat(err.toString()).startsWith(folder.resolve(file) + ":").contains(words);
  }

  @Test
  void anUnknownVerbIsAnsweredWithThoseThatThereAre() throws IOException {
    assertThat(poolsim(List.of("rum", "@/good.yaml"))).isEqualTo(ExitCode.WRONG_INPUT);
    assertThat(err.toString()).startsWith("poolsim: unknown verb \"rum\"; did you mean \"run\"?");
    assertThat(poolsim(List.of("import", "frobnicate"))).isEqualTo(ExitCode.WRONG_INPUT);
    assertThat(err.toString()).contains("\"frobnicate\"; expected xapi-db, trace or rrd");
    assertThat(poolsim(List.of("run", "@/good.yaml", "--seed", "x")))
        .isEqualTo(ExitCode.WRONG_INPUT);
    assertThat(err.toString()).contains("'x' is not a whole number");
  }

  @Test
  void anUnwritableFolderIsNamedBeforeTheRunBegins() throws IOException {
    Path locked = folder.resolve("folder");
    if (!locked.toFile().setWritable(false) || Files.isWritable(locked)) {
      // Who runs the tests may write anywhere.
      locked = Path.of("/proc/nowhere");
    }
    assertThat(poolsim(List.of("run", "@/good.yaml", "-o", locked.resolve("run").toString())))
        .as(err.toString())
        .isEqualTo(ExitCode.WRONG_INPUT);
    assertThat(err.toString().lines()).hasSize(1);
    folder.resolve("folder").toFile().setWritable(true);
  }

  /** Only the launcher can tell: without its word no progress is shown and nothing is coloured. */
  @Test
  void theLauncherSaysWhichOutputsAreTerminals() throws IOException {
    assertThat(Files.readString(Path.of("..", "poolsim")))
        .contains("-D" + Terminal.STANDARD_OUTPUT + "=", "-D" + Terminal.STANDARD_ERROR + "=");
  }

  @Test
  void whatAFullDiskSwallowsIsTold() throws Exception {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.isWritable(full), "no device that is always full");
    Path told = folder.resolve("told");
    Process help =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Poolsim.class.getName(),
                "--help")
            .redirectOutput(full.toFile())
            .redirectError(told.toFile())
            .start();
    assertThat(help.waitFor()).isEqualTo(ExitCode.WRONG_INPUT);
    assertThat(Files.readString(told)).contains("poolsim: standard output: ");
  }

  @Test
  void aFileOfAGigabyteIsRefusedByItsSize() throws IOException {
    Path huge = folder.resolve("huge");
    try (RandomAccessFile file = new RandomAccessFile(huge.toFile(), "rw")) {
      file.setLength(1L << 30);
    }
    for (List<String> words :
        List.of(
            List.of("check", "@/huge"),
            List.of("run", "@/huge"),
            List.of("import", "xapi-db", "@/huge"),
            List.of("import", "trace", "@/huge"),
            List.of("import", "rrd", "@/huge"))) {
      refusedInOneLine(words);
    }
  }

  @Test
  void aBillionLaughsAreRefused() throws IOException {
    StringBuilder yaml = new StringBuilder("poolsim: 1\nname: laughs\nl0: &l0 [ha]\n");
    for (int i = 1; i < 30; i++) {
      String one = "*l" + (i - 1);
      yaml.append("l" + i + ": &l" + i + " [" + (one + ", ").repeat(9) + one + "]\n");
    }
    Files.writeString(folder.resolve("laughs.yaml"), yaml);
    refusedInOneLine(List.of("check", "@/laughs.yaml"));
  }

  @Test
  void anExternalEntityIsRefused() throws IOException {
    Files.writeString(
        folder.resolve("entity.xml"),
        "<?xml version=\"1.0\"?>\n<!DOCTYPE database [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>\n"
            + "<database><manifest><pair key=\"k\" value=\"&x;\"/></manifest></database>");
    refusedInOneLine(List.of("import", "xapi-db", "@/entity.xml"));
    assertThat(err.toString()).contains("entity.xml:2:").doesNotContain("root:");
  }

  @Test
  void textInANumberColumnIsNamedWithItsPlace() throws IOException {
    Files.writeString(folder.resolve("trace.csv"), "time,cpu\n0,10\n300,twenty\n600,30\n");
    refusedInOneLine(List.of("import", "trace", "@/trace.csv"));
    assertThat(err.toString()).contains("trace.csv:3:", "twenty");
  }

  @Test
  void severalMistakesAreNamedInOneGo() throws IOException {
    Files.writeString(
        folder.resolve("wrong.yaml"),
        """
        poolsim: 1
        name: wrong
        duration: 10
        poool: {}
        pool: {hosts: [{name: host-1, cpu: {cores: two, clock: 2}, memory: 8GB1}]}
        vms: [{name: web, vcpus: 0, memory: 1GiB, host: nowhere, workload: constnt 10%}]
        """);
    assertThat(poolsim(List.of("check", "@/wrong.yaml"))).isEqualTo(ExitCode.WRONG_INPUT);
    assertThat(err.toString().lines())
        .hasSizeGreaterThanOrEqualTo(7)
        .allMatch(line -> line.matches(".*wrong\\.yaml:[0-9]+:[0-9]+: .*"));
    assertThat(err.toString()).contains("wrong.yaml:3:", "wrong.yaml:4:", "wrong.yaml:6:");
  }

  private void refusedInOneLine(List<String> words) {
    err.getBuffer().setLength(0);
    assertThat(poolsim(words)).as(words + "\n" + err).isEqualTo(ExitCode.WRONG_INPUT);
    assertThat(err.toString().lines()).as(err.toString()).hasSize(1);
  }

  private List<String> left() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> !file.equals(folder))
          .map(file -> folder.relativize(file).toString())
          .toList();
    }
  }

  private int poolsim(List<String> words) {
    return Poolsim.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(
            words.stream()
                .map(
                    word ->
                        word.startsWith("@/") ? folder.resolve(word.substring(2)).toString() : word)
                .toArray(String[]::new));
  }
}
