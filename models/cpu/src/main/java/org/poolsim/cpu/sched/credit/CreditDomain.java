// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cpu.sched.credit;

/** Credit's state of a domain. */
final class CreditDomain {
  final boolean isDom0;
  int weight = 256;
  int cap;

  /** The weight when the accounting pass under way began. */
  int weightAtPass;

  int activeUnits;
  CreditUnit firstActive;

  /** Neighbours in the list of active domains. */
  CreditDomain next;

  CreditDomain previous;
  boolean listed;

  CreditDomain(boolean isDom0) {
    this.isDom0 = isDom0;
  }

  void addActive(CreditUnit unit) {
    unit.active = true;
    unit.previousActive = null;
    unit.nextActive = firstActive;
    if (firstActive != null) {
      firstActive.previousActive = unit;
    }
    firstActive = unit;
    activeUnits++;
  }

  void removeActive(CreditUnit unit) {
    unit.active = false;
    if (unit.previousActive == null) {
      firstActive = unit.nextActive;
    } else {
      unit.previousActive.nextActive = unit.nextActive;
    }
    if (unit.nextActive != null) {
      unit.nextActive.previousActive = unit.previousActive;
    }
    activeUnits--;
  }
}
