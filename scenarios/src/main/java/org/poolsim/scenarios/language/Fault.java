// SPDX-License-Identifier: Apache-2.0
package org.poolsim.scenarios.language;

import java.util.List;
import org.poolsim.scenarios.yaml.Called;
import org.poolsim.scenarios.yaml.ChosenBy;
import org.poolsim.scenarios.yaml.Default;
import org.poolsim.scenarios.yaml.Doc;
import org.poolsim.scenarios.yaml.Measured;
import org.poolsim.scenarios.yaml.Most;
import org.poolsim.scenarios.yaml.Name;
import org.poolsim.scenarios.yaml.OrOne;
import org.poolsim.scenarios.yaml.Quantity;
import org.poolsim.scenarios.yaml.Ref;
import org.poolsim.scenarios.yaml.Span;
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

  /** Another weight. */
  @Doc(
      "The VM's domain gets another scheduling weight, as xl sched-credit gives it. Nothing happens"
          + " if the VM does not run; a later start has the VM's own weight again.")
  @Called("vm-weight")
  record VmWeight(
      @Doc("When.") @Measured(Quantity.TIME) @Within(min = "0s", max = "3660d") long at,
      @Doc("The VM, or a pattern.") @Ref("VM") @Name String vm,
      @Doc("Scheduling weight.") @Within(min = "1", max = "65535") int weight)
      implements Fault {}

  /** Another cap. */
  @Doc("The VM's domain gets another cap, or none, in the same way.")
  @Called("vm-cap")
  record VmCap(
      @Doc("When.") @Measured(Quantity.TIME) @Within(min = "0s", max = "3660d") long at,
      @Doc("The VM, or a pattern.") @Ref("VM") @Name String vm,
      @Doc("Most CPU that the VM gets together, in percent of one pCPU; 0% is no cap.")
          @Measured(Quantity.SHARE)
          @Within(min = "0%", max = "409600%")
          double cap)
      implements Fault {}

  /** Another dynamic range. */
  @Doc(
      "The VM gets another dynamic range of memory, as VM.set_memory_dynamic_range gives it: for"
          + " good, whether it runs or is halted; squeezed balances the host of one that runs."
          + " Refused while it starts or shuts down, and when its host cannot promise the higher low"
          + " end.")
  @Called("vm-memory")
  record VmMemoryRange(
      @Doc("When.") @Measured(Quantity.TIME) @Within(min = "0s", max = "3660d") long at,
      @Doc("The VM, or a pattern.") @Ref("VM") @Name String vm,
      @Doc(
              "The range in which its balloon driver is asked to be, within static_min and static_max.")
          @Measured(Quantity.SIZE)
          @Within(min = "1MiB", max = "64TiB")
          Span dynamic)
      implements Fault {}

  /** Other pCPUs. */
  @Doc("The vCPUs of the VM's domain get other pCPUs, in the same way.")
  @Called("vm-affinity")
  record VmAffinity(
      @Doc("When.") @Measured(Quantity.TIME) @Within(min = "0s", max = "3660d") long at,
      @Doc("The VM, or a pattern.") @Ref("VM") @Name String vm,
      @Doc("Hard affinity, as a VM's; without one, all pCPUs.") @OrOne @Most(4096) @Default("[]")
          List<String> affinity,
      @Doc("Soft affinity, as a VM's; without one, no preference.")
          @OrOne
          @Most(4096)
          @Default("[]")
          List<String> softAffinity)
      implements Fault {}
}
