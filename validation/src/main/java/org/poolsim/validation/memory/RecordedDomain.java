// SPDX-License-Identifier: Apache-2.0
package org.poolsim.validation.memory;

import java.util.List;
import org.poolsim.memory.HostSnapshot;

/** A domain of the small host beside which squeezed was recorded. */
final class RecordedDomain {
  private static final List<String> KINDS =
      List.of("ideal", "stuck", "lower_limit", "upper_limit", "intermittent", "delayed");

  final int domid;
  final boolean canBalloon;
  final long dynamicMinKib;
  final long dynamicMaxKib;
  final long inaccuracyKib;
  final double rateKibPerSecond;
  final String kind;
  final double param;
  long targetKib;
  long actualKib;
  long maxmemKib;

  RecordedDomain(CaseFile.Field field) {
    domid = field.count("domid");
    canBalloon = field.truth("can_balloon");
    dynamicMinKib = field.amount("dynamic_min_kib");
    targetKib = field.amount("target_kib");
    dynamicMaxKib = field.amount("dynamic_max_kib");
    actualKib = field.amount("memory_actual_kib");
    maxmemKib = field.amount("memory_max_kib");
    inaccuracyKib = field.amount("inaccuracy_kib");
    rateKibPerSecond = field.number("rate_kib_per_s");
    kind = field.oneOf("kind", KINDS);
    param = field.number("param");
  }

  void write(long kib) {
    if (kib < 0) {
      return;
    }
    if (canBalloon) {
      targetKib = kib;
      maxmemKib = kib;
    } else {
      maxmemKib = Math.max(maxmemKib, kib);
    }
  }

  void addTo(HostSnapshot snapshot) {
    snapshot.add(
        domid, canBalloon, dynamicMinKib, targetKib, dynamicMaxKib, actualKib, inaccuracyKib);
  }
}
