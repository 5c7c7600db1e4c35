// SPDX-License-Identifier: Apache-2.0
package org.poolsim.scenarios.language;

import org.poolsim.scenarios.yaml.Called;
import org.poolsim.scenarios.yaml.ChosenBy;
import org.poolsim.scenarios.yaml.Doc;
import org.poolsim.scenarios.yaml.Measured;
import org.poolsim.scenarios.yaml.Name;
import org.poolsim.scenarios.yaml.Quantity;
import org.poolsim.scenarios.yaml.Ref;
import org.poolsim.scenarios.yaml.Within;

/** Something that is done to the pool. */
@Doc("Something that is done to the pool at a given time.")
@ChosenBy("fault")
public sealed interface Fault {
  /** Returns when, in nanoseconds. */
  long at();

  /** Loss of a host. */
  @Doc("The host loses power and stays off; its VMs are halted where they stand.")
  @Called("host-crash")
  record HostCrash(
      @Doc("When.") @Measured(Quantity.TIME) @Within(min = "0s", max = "3660d") long at,
      @Doc("The host, or a pattern.") @Ref("host") @Name String host)
      implements Fault {}

  /** Loss of a VM. */
  @Doc("The VM's domain dies at once and stays halted. Nothing happens if it is halted.")
  @Called("vm-crash")
  record VmCrash(
      @Doc("When.") @Measured(Quantity.TIME) @Within(min = "0s", max = "3660d") long at,
      @Doc("The VM, or a pattern.") @Ref("VM") @Name String vm)
      implements Fault {}

  /** A clean shutdown. */
  @Doc("The VM is shut down cleanly. Nothing happens if it does not run.")
  @Called("vm-shutdown")
  record VmShutdown(
      @Doc("When.") @Measured(Quantity.TIME) @Within(min = "0s", max = "3660d") long at,
      @Doc("The VM, or a pattern.") @Ref("VM") @Name String vm)
      implements Fault {}

  /** A start. */
  @Doc(
      "The VM is started, placed anew unless it has a host of its own. Nothing happens if it is not"
          + " halted.")
  @Called("vm-start")
  record VmStart(
      @Doc("When.") @Measured(Quantity.TIME) @Within(min = "0s", max = "3660d") long at,
      @Doc("The VM, or a pattern.") @Ref("VM") @Name String vm)
      implements Fault {}
}
