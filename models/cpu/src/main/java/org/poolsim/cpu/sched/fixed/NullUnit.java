// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cpu.sched.fixed;

import org.poolsim.cpu.sched.SchedUnit;

/** The null scheduler's state of a vCPU. */
final class NullUnit extends SchedUnit {
  boolean assigned;
}
