// SPDX-License-Identifier: Apache-2.0
package org.poolsim.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.poolsim.memory.Scene.GIB;
import static org.poolsim.memory.Scene.MIB;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the installer, the toolstack and xapi's rules make of a host's and a VM's memory. */
class SizingTest {
  @ParameterizedTest
  @CsvSource({"16, 1856", "64, 4304", "140, 8192", "1024, 8192"})
  void dom0GetsOneGibAndFivePercentInStepsOfSixteenMib(long hostGib, long dom0Mib) {
    assertThat(Dom0Sizing.CURRENT.dom0Kib(hostGib * GIB)).isEqualTo(dom0Mib * MIB);
  }

  @ParameterizedTest
  @CsvSource({"16, 752", "32, 2048", "48, 3072", "64, 4096"})
  void olderInstallersGoByStepsCountingAQuarterGibMoreThanReported(long hostGib, long dom0Mib) {
    assertThat(Dom0Sizing.STEPS.dom0Kib(hostGib * GIB)).isEqualTo(dom0Mib * MIB);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 8192, 1", "1, 8192, 1", "8, 8192, 8", "16, 8192, 16", "64, 8192, 16",
    "64, 2047, 4", "64, 2048, 8", "64, 4095, 8", "64, 4096, 16", "2, 1024, 2"
  })
  void dom0sVcpusFollowPcpusAndItsMemory(int pcpus, long dom0Mib, int vcpus) {
    assertThat(Dom0Sizing.CURRENT.dom0Vcpus(pcpus, dom0Mib * MIB)).isEqualTo(vcpus);
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "1, 1", "3, 3", "4, 4", "23, 4", "24, 6", "31, 6", "32, 8", "128, 8"})
  void olderInstallersCountPcpusAlone(int pcpus, int vcpus) {
    assertThat(Dom0Sizing.STEPS.dom0Vcpus(pcpus, GIB)).isEqualTo(vcpus);
  }

  @Test
  void anOlderToolstackKeepsNineMibAndChargesNothingForVcpus() {
    HostMemorySpec host =
        HostMemorySpec.installed(64 * GIB, NumaTopology.uniform(16, 8))
            .withVersion(ToolstackVersion.BEFORE_2026);
    assertThat(host.squeezed().hostFreeTargetKib()).isEqualTo(9216);
    assertThat(ToolstackVersion.BEFORE_2026.pagesPerVcpu()).isZero();
    assertThat(SqueezedSettings.of(ToolstackVersion.SINCE_2026).hostFreeTargetKib())
        .isEqualTo(73_728);
  }

  @Test
  void limitsOutOfOrderAreRefused() {
    assertThatThrownBy(() -> new MemoryLimits(0, 3, 2, 4))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("MEMORY_CONSTRAINT_VIOLATION_ORDER");
  }

  @Test
  void limitsAreRepairedByClampingTheDynamicToTheStaticRange() {
    assertThat(MemoryLimits.repaired(2, 1, 9, 4)).isEqualTo(new MemoryLimits(2, 2, 4, 4));
    assertThat(MemoryLimits.repaired(5, 1, 9, 4)).isNull();
    assertThat(MemoryLimits.repaired(1, 3, 2, 4)).isNull();
  }

  @Test
  void xapiCountsDynamicMinAndOverheadOfEveryVmThatIsThere() {
    Scene scene = new Scene(Scene.hostOf(16 * GIB));
    long before = scene.host.availableForStartKib();
    VmMemory vm = scene.running("vm", Scene.ranging(2 * GIB, 4 * GIB), 4 * GIB);

    assertThat(before).isEqualTo(16 * GIB - 72 * MIB);
    assertThat(before - scene.host.availableForStartKib()).isEqualTo(2 * GIB + vm.overheadKib());
    assertThat(scene.host.requiredForStartKib(vm.spec())).isEqualTo(2 * GIB + vm.overheadKib());
  }
}
