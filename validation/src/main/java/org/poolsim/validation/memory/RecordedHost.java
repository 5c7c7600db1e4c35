// SPDX-License-Identifier: Apache-2.0
package org.poolsim.validation.memory;

import java.util.List;
import org.poolsim.memory.HostSnapshot;
import org.poolsim.memory.TargetWriter;

/**
 * The small host around the recorded algorithm: time passes in pauses alone, and at each pause the
 * domains move one after the other in ascending domid.
 */
final class RecordedHost implements TargetWriter {
  private final List<RecordedDomain> domains;
  private final double stepSeconds;
  private long pauses;
  private long freeKib;

  /** Takes over domains in ascending domid. */
  RecordedHost(List<RecordedDomain> domains, double stepSeconds, long freeKib) {
    this.domains = domains;
    this.stepSeconds = stepSeconds;
    this.freeKib = freeKib;
  }

  double nowSeconds() {
    return pauses * stepSeconds;
  }

  long freeKib() {
    return freeKib;
  }

  List<RecordedDomain> domains() {
    return domains;
  }

  /** A new VM takes what it was granted. */
  void take(long kib) {
    freeKib -= kib;
  }

  void look(HostSnapshot snapshot) {
    snapshot.reset(freeKib);
    for (RecordedDomain domain : domains) {
      domain.addTo(snapshot);
    }
  }

  @Override
  public void write(int domid, long kib) {
    for (RecordedDomain domain : domains) {
      if (domain.domid == domid) {
        domain.write(kib);
      }
    }
  }

  void pause() {
    double from = nowSeconds();
    pauses++;
    double to = nowSeconds();
    for (RecordedDomain domain : domains) {
      move(domain, from, to);
    }
  }

  private void move(RecordedDomain domain, double from, double to) {
    double moving = domain.canBalloon && moves(domain, from, to) ? stepSeconds : 0;
    long most = (long) (moving * domain.rateKibPerSecond);
    long distance = Math.abs(domain.targetKib - domain.actualKib);
    long move = Math.min(Math.max(0, distance - domain.inaccuracyKib), most);
    if (domain.actualKib > domain.targetKib) {
      if (domain.kind.equals("lower_limit")) {
        move = Math.min(move, Math.max(0, domain.actualKib - (long) domain.param));
      }
      domain.actualKib -= move;
      freeKib += move;
    } else {
      if (domain.kind.equals("upper_limit")) {
        move = Math.min(move, Math.max(0, (long) domain.param - domain.actualKib));
      }
      move = Math.min(move, Math.max(0, freeKib));
      domain.actualKib += move;
      freeKib -= move;
    }
  }

  private static boolean moves(RecordedDomain domain, double from, double to) {
    return switch (domain.kind) {
      case "stuck" -> false;
      case "intermittent" -> isEven(from / domain.param) && isEven(to / domain.param);
      case "delayed" -> from >= domain.param;
      default -> true;
    };
  }

  private static boolean isEven(double periods) {
    return (long) Math.floor(periods) % 2 == 0;
  }
}
