// SPDX-License-Identifier: Apache-2.0
package org.poolsim.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a user reads when something is wrong. */
class MistakesTest {
  private static final String GOOD =
      """
      poolsim: 1
      name: small
      duration: 1min
      pool:
        hosts:
          - name: host-[1..2]
            cpu: {cores: 4, clock: 2GHz}
            memory: 32GiB
            pifs: [{name: eth0, speed: 10Gbps}]
        arrays: [{name: san, device: ssd-sata}]
        storage: [{name: store, type: nfs, on: san, via: eth0}]
      vms:
        - name: web-[1..3]
          vcpus: 2
          memory: 4GiB
          disks: [{sr: store, size: 10GiB}]
          vifs: [{network: front}]
          workload: {clients: 3, think: 1s, steps: [{cpu: exponential 5ms}, {read: 4KiB}]}
      """;

  @TempDir Path folder;

  private List<String> mistakes(String yaml, String... settings) throws IOException {
    Path file = folder.resolve("s.yaml");
    Files.writeString(file, yaml);
    try {
      Scenarios.load(file, Stream.of(settings).map(Setting::parse).toList());
      return List.of();
    } catch (ScenarioException e) {
      return e.mistakes().stream()
          .map(mistake -> mistake.toString().replace(folder + "/", ""))
          .toList();
    }
  }

  @Test
  void aGoodScenarioHasNone() throws IOException {
    assertThat(mistakes(GOOD)).isEmpty();
  }

  /** Later checks meet what an earlier one has refused. */
  @Test
  void whatIsRefusedStopsNoOtherCheck() throws IOException {
    assertThat(mistakes(GOOD.replace("web-[1..3]", "web-[9..3]"))).isNotEmpty();
    assertThat(mistakes(GOOD.replace("{name: eth0, speed", "{nmae: eth0, speed"))).isNotEmpty();
    assertThat(mistakes(GOOD + "record: 1h\n")).isNotEmpty();
  }

  /** Neither the end of a burst nor a request may be waited for in no time at all, for ever. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "bursty: {on: 50%, on_time: exponential 0s, off_time: 1s}|"
            + "s.yaml:18:43: exponential: expected more than 0",
        "bursty: {on: 50%, on_time: uniform 0s..0s, off_time: 0s}|"
            + "s.yaml:18:24: bursty: on_time and off_time are both 0",
        "clients: 3, think: exponential 0s, steps: [{cpu: 1ms}]|"
            + "s.yaml:18:35: exponential: expected more than 0",
        "arrivals: {between: exponential 0s}, steps: [{cpu: 1ms}]|"
            + "s.yaml:18:36: exponential: expected more than 0",
        "arrivals: {between: uniform 0s..0s}, steps: [{cpu: 1ms}]|"
            + "s.yaml:18:36: between: no time at all between arrivals",
        "clients: 3, steps: [{repeat: 2, steps: [{cpu: 0ms}, {think: 0s}]}]|"
            + "s.yaml:18:25: clients: neither they nor their requests take any time, expected a"
            + " think time or a step above 0",
        "clients: 3, requests: []|s.yaml:18:38: requests: the list is empty",
      })
  void workThatTakesNoTimeIsRefused(String workload, String message) throws IOException {
    String good = "clients: 3, think: 1s, steps: [{cpu: exponential 5ms}, {read: 4KiB}]";
    assertThat(mistakes(GOOD.replace(good, workload))).containsExactly(message);
  }

  @Test
  void whatTakesTimeNowAndThenIsNot() throws IOException {
    assertThat(mistakes(GOOD.replace("think: 1s", "think: 0s"))).isEmpty();
    assertThat(
            mistakes(
                GOOD.replace(
                    "think: 1s, steps: [{cpu: exponential 5ms}, {read: 4KiB}]",
                    "requests: [{steps: [{cpu: 0s}]}, {steps: [{cpu: uniform 0s..1ms}]}]")))
        .isEmpty();
  }

  @Test
  void aWrongWeightIsNotMissedAsWell() throws IOException {
    assertThat(
            mistakes(
                GOOD.replace("exponential 5ms", "{choice: {values: [1ms, 2ms], weights: [0, 1]}}")))
        .containsExactly(
            "s.yaml:18:93: weights: \"0\" is out of range, expected 0.000001 to 1000000000");
  }

  @Test
  void aNumberWithTooManyDigitsIsToldSo() throws IOException {
    assertThat(mistakes(GOOD.replace("duration", "seed: 1234567890123456789\nduration")).toString())
        .contains("has more than 18 digits");
  }

  static Stream<Arguments> wrongInOnePlace() {
    return Stream.of(
        Arguments.of(
            "vcpus: 2",
            "vcpu: 2",
            "s.yaml:14:5: unknown key \"vcpu\" in a VM; did you mean \"vcpus\"?"),
        Arguments.of(
            "memory: 32GiB",
            "memory: 32",
            "s.yaml:8:15: memory: \"32\" has no unit, expected a size such as 4KiB, 512MiB or"
                + " 4GiB"),
        Arguments.of(
            "10Gbps",
            "10Gbs",
            "s.yaml:9:34: speed: unknown unit \"Gbs\" in \"10Gbs\", expected a rate such as 10Gbps"
                + " or 200MiB/s; did you mean \"Gbps\"?"),
        Arguments.of(
            "sr: store", "sr: stor", "s.yaml:16:18: no SR \"stor\"; did you mean \"store\"?"),
        Arguments.of(
            "on: san,", "on: sna,", "s.yaml:11:42: no array \"sna\"; did you mean \"san\"?"),
        Arguments.of(
            "via: eth0",
            "via: eth1",
            "s.yaml:11:52: no PIF or bond of host host-1 \"eth1\"; did you mean \"eth0\"?"),
        Arguments.of(
            "type: nfs",
            "type: nsf",
            "s.yaml:11:33: type: unknown value \"nsf\"; did you mean \"nfs\"?"),
        Arguments.of(
            "cores: 4",
            "cores: 4000",
            "s.yaml:7:20: cores: \"4000\" is out of range, expected 1 to 512"),
        Arguments.of(
            "memory: 4GiB",
            "memory: {static_max: 4GiB, dynamic: 2GiB..8GiB}",
            "s.yaml:15:41: dynamic: more than static_max, expected at most 4GiB"),
        Arguments.of(
            "exponential 5ms",
            "exponental 5ms",
            "s.yaml:18:53: unknown key \"exponental\" in a distribution; did you mean"
                + " \"exponential\"?"),
        Arguments.of(
            "device: ssd-sata",
            "device: ssd-stat",
            "s.yaml:10:32: no device class \"ssd-stat\"; did you mean \"ssd-sata\"?"),
        Arguments.of(
            "vcpus: 2\n",
            "vcpus: 2\n    host: host-9\n",
            "s.yaml:15:11: no host \"host-9\"; did you mean \"host-1\"?"),
        Arguments.of(
            "vcpus: 2\n",
            "vcpus: 2\n    cap: 300%\n",
            "s.yaml:15:10: cap: more than the 2 vCPUs can use, expected at most 200%"),
        Arguments.of(
            "vcpus: 2\n",
            "vcpus: 2\n    affinity: 4-7\n",
            "s.yaml:15:15: affinity: none of these pCPUs exists, expected some of 0-3"),
        Arguments.of(
            "{read: 4KiB}",
            "{read: 4KiB, disk: xvdb}",
            "s.yaml:18:90: no disk \"xvdb\"; did you mean \"xvda\"?"),
        Arguments.of(
            "memory: 4GiB",
            "memory: 40GiB",
            "s.yaml:15:13: memory: the VM needs at least 40GiB, the largest host has 29712MiB for"
                + " guests"));
  }

  @ParameterizedTest
  @MethodSource("wrongInOnePlace")
  void namesPlaceExpectationAndNearest(String good, String bad, String message) throws IOException {
    assertThat(GOOD).contains(good);
    assertThat(mistakes(GOOD.replace(good, bad))).contains(message);
  }

  @Test
  void allMistakesAtOnce() throws IOException {
    String bad =
        GOOD.replace("vcpus: 2", "vcpu: 2").replace("32GiB", "32").replace("sr: store", "sr: stor");
    assertThat(mistakes(bad + "objectives: [{metric: vm.boot_tim, below: 3s}]\n"))
        .anyMatch(m -> m.startsWith("s.yaml:8:15"))
        .anyMatch(m -> m.startsWith("s.yaml:14:5"))
        .anyMatch(m -> m.startsWith("s.yaml:16:18"))
        .contains("s.yaml:19:23: no metric \"vm.boot_tim\"; did you mean \"vm.boot_time\"?");
  }

  @Test
  void doubleNamesAreFoundAcrossRanges() throws IOException {
    assertThat(mistakes(GOOD + "  - {name: web-2, vcpus: 1, memory: 1GiB}\n"))
        .containsExactly("s.yaml:19:12: there is another VM \"web-2\", at s.yaml:13:11");
  }

  @Test
  void settingsAreReportedAsTheCommandLine() throws IOException {
    assertThat(
            mistakes(
                GOOD, "vms.web-[1..3].memory=4", "vms.web.vcpus=1", "pool.hosts.*.cpu.cores=8"))
        .containsExactly(
            "--set vms.web-[1..3].memory=4: static_max: \"4\" has no unit, expected a size such as"
                + " 4KiB, 512MiB or 4GiB",
            "--set vms.web.vcpus=1: no entry \"web\" in a list of 1; expected web-[1..3]");
  }

  static Stream<Arguments> hostileText() {
    StringBuilder laughs = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 12; i++) {
      laughs
          .append("a" + i + ": &a" + i + " [")
          .append(("*a" + (i - 1) + ", ").repeat(9))
          .append("1]\n");
    }
    return Stream.of(
        Arguments.of(laughs.toString(), "more than 1000000 values"),
        Arguments.of("a: " + "[".repeat(5000), "nested deeper than 40 levels"),
        Arguments.of("a:\n\tb: 1\n", "a tab is used for indentation, expected spaces"),
        Arguments.of("name: a\n---\nname: b\n", "a second document begins here"),
        Arguments.of("a: &x [*x]\n", "alias"),
        Arguments.of("a: !!java.io.File x\n", "tags"),
        Arguments.of("a: \"b\n", "not valid YAML"),
        Arguments.of("a: {b: 1\n", "not valid YAML"),
        Arguments.of("", "the file holds nothing"),
        Arguments.of("- a\n", "expected the keys of a scenario"));
  }

  @ParameterizedTest
  @MethodSource("hostileText")
  @Timeout(300)
  void hostileTextGetsOneLine(String yaml, String message) throws IOException {
    List<String> mistakes = mistakes(yaml);
    assertThat(mistakes).hasSize(1);
    assertThat(mistakes.get(0)).startsWith("s.yaml").contains(message).doesNotContain("\n");
  }

  @Test
  void keysThatAreThereTwiceAreToldAllAtOnceAndWithTheOtherMistakes() throws IOException {
    assertThat(mistakes("seed: x\nname: again\nseed: 2\n" + GOOD))
        .hasSize(3)
        .anyMatch(mistake -> mistake.startsWith("s.yaml:1:7: seed: \"x\""))
        .contains("s.yaml:3:1: key \"seed\" is there twice, first in line 1")
        .anyMatch(mistake -> mistake.endsWith("key \"name\" is there twice, first in line 2"));
  }

  @Test
  @Timeout(300)
  void aGigabyteIsRefusedUnread() throws IOException {
    Path file = folder.resolve("big.yaml");
    try (RandomAccessFile big = new RandomAccessFile(file.toFile(), "rw")) {
      big.setLength(1L << 30);
    }
    try {
      Scenarios.load(file, List.of());
      assertThat(false).isTrue();
    } catch (ScenarioException e) {
      assertThat(e.mistakes()).hasSize(1);
      assertThat(e.getMessage()).contains("the file has 1024 MiB or more, the limit is 16 MiB");
    }
  }

  @Test
  void includesMustStayInTheFolderAndNotRunInCircles() throws IOException {
    Files.writeString(folder.resolve("a.yaml"), "include: s.yaml\n");
    assertThat(mistakes("include: [a.yaml]\n" + GOOD))
        .containsExactly(
            "a.yaml:1:10: files include each other: s.yaml includes a.yaml includes s.yaml");
    assertThat(mistakes("include: [../x.yaml, /etc/hosts, none.yaml]\n" + GOOD))
        .hasSize(3)
        .allMatch(m -> m.startsWith("s.yaml:1:"));
  }

  @Test
  void aTemplateIsWrongOnce() throws IOException {
    String yaml =
        GOOD
            + "  - {name: 'x-[1..9]', template: t}\n"
            + "  - {name: y, template: t}\n"
            + "  - {name: z, template: u}\n"
            + "vm_templates: {t: {vcpus: 1, memory: 1}}\n";
    assertThat(mistakes(yaml))
        .containsExactly(
            "s.yaml:21:25: no VM template \"u\"; did you mean \"t\"?",
            "s.yaml:22:38: static_max: \"1\" has no unit, expected a size such as 4KiB, 512MiB or"
                + " 4GiB");
  }

  @Test
  void textInANumberColumnOfATrace() throws IOException {
    Files.writeString(folder.resolve("t.csv"), "t_s,cpu\n0,5\n300,busy\n600,7\n");
    String yaml = GOOD + "  - {name: t, vcpus: 1, memory: 1GiB, workload: {trace: %s}}\n";
    assertThat(mistakes(yaml.formatted("t.csv")))
        .containsExactly("t.csv:3:5: \"busy\" is not a number of 0 or more (column \"cpu\")");
    assertThat(mistakes(yaml.formatted("none.csv")))
        .containsExactly("s.yaml:19:57: no such file: none.csv");
  }
}
