// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ValidateCommandTest {
  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int validate(String... options) throws IOException {
    Files.writeString(
        folder.resolve("queueing_1.json"),
        "{\"rows\": [{\"n\": 2, \"mean_max\": 1.5}, {\"n\": 2, \"mean_max\": 2.5}]}");
    Files.writeString(folder.resolve("queueing_2.json"), "{\"rows\": [{\"n\": 2}]}");
    return execute("queueing", folder.toString(), options);
  }

  @Test
  void theCasesOfEveryFileAndTheSum() throws IOException {
    assertThat(validate()).isEqualTo(ExitCode.MISSED);
    assertThat(out.toString().lines())
        .hasSize(5)
        .satisfiesExactly(
            line -> assertThat(line).matches("case +verdict +deviation +tolerance"),
            line -> assertThat(line).startsWith("rows/0 ").contains(" pass "),
            line -> assertThat(line).startsWith("rows/1 ").contains(" FAIL "),
            line -> assertThat(line).startsWith("rows/0 ").contains(" not judged "),
            line -> assertThat(line).isEqualTo("queueing: 1 passed, 1 failed, 1 not judged"));
  }

  @Test
  void theCasesOfAFileArePrintedBeforeTheNextIsRead() throws IOException {
    Files.writeString(folder.resolve("queueing_3.json"), "[]");
    assertThat(validate()).isEqualTo(ExitCode.WRONG_INPUT);
    assertThat(out.toString().lines()).hasSize(4).noneMatch(line -> line.startsWith("queueing:"));
    assertThat(err.toString()).contains("queueing_3.json");
  }

  @Test
  void asJsonItIsOneObject() throws IOException {
    assertThat(validate("--json")).isEqualTo(ExitCode.MISSED);
    assertThat(out.toString())
        .startsWith("{")
        .contains("\"passed\" : 1", "\"file\" : \"queueing_2.json\"");
  }

  private int validateCpu(String... options) {
    return execute("cpu", "../validation/src/test/resources/cpu/rtds-p2-3x7of10.json", options);
  }

  private int execute(String set, String path, String... options) {
    List<String> words = new ArrayList<>(List.of("validate", set, path));
    words.addAll(List.of(options));
    return Poolsim.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(words.toArray(String[]::new));
  }

  @Test
  void severalSetsOfJitterAreCounted() {
    assertThat(validateCpu("--jitter-sets", "2")).isEqualTo(ExitCode.DONE);
    assertThat(out.toString().lines().toList())
        .anyMatch(line -> line.equals("of 2 sets of jitter not within in"))
        .anyMatch(line -> line.matches("within of 1, by set of jitter: mean [01]\\.[05] .*"))
        .last()
        .isEqualTo("cpu: 2 passed, 0 failed");
  }

  @Test
  void oneSetOfJitterIsNotCounted() {
    assertThat(validateCpu()).isEqualTo(ExitCode.DONE);
    assertThat(out.toString()).doesNotContain("sets of jitter");
  }

  @Test
  void severalSetsOfJitterAsJson() {
    assertThat(validateCpu("--jitter-sets", "3", "--json")).isEqualTo(ExitCode.DONE);
    assertThat(out.toString()).contains("\"jitter_sets\" : {", "\"sets\" : 3", "\"cases\" : 1");
  }

  @Test
  void numbersOfJitterSetsThatCannotBe() throws IOException {
    for (String number : new String[] {"0", "-1", "1001"}) {
      assertThat(validateCpu("--jitter-sets", number)).isEqualTo(ExitCode.WRONG_INPUT);
      assertThat(err.toString()).contains("--jitter-sets " + number + ": expected 1 to 1000");
    }
    assertThat(validateCpu("--jitter-sets", "many")).isEqualTo(ExitCode.WRONG_INPUT);
    assertThat(err.toString()).contains("'many' is not a whole number");
    assertThat(validate("--jitter-sets", "2")).isEqualTo(ExitCode.WRONG_INPUT);
    assertThat(err.toString())
        .contains("the cases of the set 'queueing' have no jitter; leave the option out");
    assertThat(out.toString()).isEmpty();
  }
}
