// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Dom0SizingTest {
  private static final long GIB = 1L << 30;

  @ParameterizedTest(name = "{0} pCPUs, {1} MiB: {2} vCPUs")
  @CsvSource({
    "0, 8192, 1", "1, 8192, 1", "8, 8192, 8", "16, 8192, 16", "64, 8192, 16",
    "64, 2047, 4", "64, 2048, 8", "64, 4095, 8", "64, 4096, 16", "2, 1024, 2"
  })
  void vcpusFollowPcpusAndMemory(int pcpus, long mebibytes, int vcpus) {
    assertThat(Dom0Sizing.defaultVcpus(Dom0Sizing.Rule.CURRENT, pcpus, mebibytes << 20))
        .isEqualTo(vcpus);
  }

  @ParameterizedTest(name = "{0} pCPUs: {1} vCPUs")
  @CsvSource({"0, 1", "1, 1", "3, 3", "4, 4", "23, 4", "24, 6", "31, 6", "32, 8", "128, 8"})
  void theOlderRuleFollowsPcpusAlone(int pcpus, int vcpus) {
    assertThat(Dom0Sizing.defaultVcpus(Dom0Sizing.Rule.BEFORE_16_VCPUS, pcpus, GIB))
        .isEqualTo(vcpus);
  }

  @ParameterizedTest(name = "host of {0} GiB: {1} MiB")
  @CsvSource({"4, 1216", "16, 1840", "64, 4288", "128, 7568", "256, 8192", "2048, 8192"})
  void memoryIsOneGibibyteAndFivePercent(long hostGibibytes, long mebibytes) {
    assertThat(Dom0Sizing.defaultMemoryBytes(hostGibibytes * GIB)).isEqualTo(mebibytes << 20);
  }

  @Test
  void bothTogether() {
    assertThat(Dom0Sizing.defaults(64, 16 * GIB)).isEqualTo(new Dom0Sizing(4, 1840L << 20));
  }
}
