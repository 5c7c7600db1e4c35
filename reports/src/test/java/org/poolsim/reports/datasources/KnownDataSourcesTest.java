// SPDX-License-Identifier: Apache-2.0
package org.poolsim.reports.datasources;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.poolsim.engine.data.Description;
import org.poolsim.engine.data.Owner;

class KnownDataSourcesTest {
  private static Description describe(Owner.Kind kind, String name, String units, double max) {
    return new Description(
        new Owner(kind, "u", "n"),
        name,
        "",
        units,
        Description.Type.DERIVE,
        false,
        0,
        max,
        true,
        true);
  }

  @Test
  void registeredSourcesAreCountedUnderTheirFamilyAndDifferencesNamed() {
    KnownDataSources.Comparison comparison =
        KnownDataSources.compare(
            List.of(
                describe(Owner.Kind.HOST, "cpu0", "(fraction)", 1),
                describe(Owner.Kind.HOST, "cpu11", "(fraction)", 1),
                describe(Owner.Kind.HOST, "pif_bond0_rx", "bytes", Double.POSITIVE_INFINITY),
                describe(Owner.Kind.VM, "vbd_xvda_read", "B/s", Double.POSITIVE_INFINITY),
                describe(Owner.Kind.VM, "magic", "", 1)));

    assertThat(comparison.unknown()).containsExactly("magic");
    assertThat(line(comparison, Owner.Kind.HOST, "cpu<n>").registered()).isEqualTo(2);
    assertThat(line(comparison, Owner.Kind.HOST, "cpu<n>").differences()).isEmpty();
    assertThat(line(comparison, Owner.Kind.VM, "cpu<n>").isFed()).isFalse();
    assertThat(line(comparison, Owner.Kind.VM, "vbd_<dev>_read").isFed()).isTrue();
    assertThat(line(comparison, Owner.Kind.HOST, "pif_<dev>_rx").differences())
        .containsExactly("units is bytes, on a real host B/s");
  }

  @Test
  void theTableHoldsEachFamilyOnce() {
    assertThat(KnownDataSources.all())
        .hasSizeGreaterThan(100)
        .extracting(source -> source.kind() + " " + source.name())
        .doesNotHaveDuplicates();
  }

  private static KnownDataSources.Line line(
      KnownDataSources.Comparison comparison, Owner.Kind kind, String name) {
    return comparison.lines().stream()
        .filter(line -> line.source().kind() == kind && line.source().name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
