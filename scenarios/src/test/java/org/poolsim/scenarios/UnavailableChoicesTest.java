// SPDX-License-Identifier: Apache-2.0
package org.poolsim.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a host asks for and no model does is a mistake with its place, never ignored. */
final class UnavailableChoicesTest {
  @TempDir Path folder;

  private String mistakes(String cpu, String fidelity) throws IOException {
    Path scenario =
        Files.writeString(
            folder.resolve("s.yaml"),
            "poolsim: 1\nname: s\nduration: 1min\nfidelity: "
                + fidelity
                + "\n"
                + "pool:\n"
                + "  hosts:\n"
                + "    - name: h\n"
                + "      memory: 16GiB\n"
                + "      cpu: {cores: 4, clock: 2GHz, "
                + cpu
                + "}\n");
    ScenarioException wrong =
        catchThrowableOfType(ScenarioException.class, () -> Scenarios.load(scenario, List.of()));
    return wrong == null ? "" : wrong.mistakes().toString();
  }

  @Test
  void anUnknownSchedulerIsNamedWithTheNearest() throws IOException {
    assertThat(mistakes("scheduler: credti2", "{}"))
        .contains("s.yaml:9:")
        .contains("no scheduler \"credti2\"")
        .contains("credit2");
  }

  @Test
  void aSchedulerWithoutAFluidModelIsRefusedOnlyWhereTheHostIsFluid() throws IOException {
    assertThat(mistakes("scheduler: rtds", "{}")).contains("rtds has no fluid model");
    assertThat(mistakes("scheduler: rtds", "{cpu: detailed}")).isEmpty();
    assertThat(mistakes("scheduler: credit2", "{}")).isEmpty();
  }

  @Test
  void speedsOfPcpusAreRefusedWhereTheHostIsFluid() throws IOException {
    String speeds = "timing: {speeds: [{pcpus: '0', speed: 50%}]}";
    assertThat(mistakes(speeds, "{}")).contains("speeds: a fluid CPU has one speed");
    assertThat(mistakes(speeds, "{cpu: detailed}")).isEmpty();
  }

  @Test
  void detailedIsRefusedWhereNoModelIsDetailed() throws IOException {
    assertThat(mistakes("threads: 1", "{storage: detailed, network: detailed, memory: detailed}"))
        .contains("s.yaml:4:")
        .contains("storage: detailed is not available yet")
        .contains("network: detailed is not available yet")
        .contains("memory: detailed is not available yet");
  }
}
