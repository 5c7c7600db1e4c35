// SPDX-License-Identifier: Apache-2.0
package org.poolsim.scenarios.language;

import java.util.List;
import org.poolsim.scenarios.yaml.Absent;
import org.poolsim.scenarios.yaml.Default;
import org.poolsim.scenarios.yaml.Doc;
import org.poolsim.scenarios.yaml.Measured;
import org.poolsim.scenarios.yaml.Most;
import org.poolsim.scenarios.yaml.Quantity;
import org.poolsim.scenarios.yaml.Within;
import org.poolsim.storage.Access;

/** A step of a request. */
@Doc("A step of a request, told by its first key.")
public sealed interface Step {
  /** CPU work. */
  @Doc("CPU work on the VM's vCPUs.")
  record CpuStep(@Doc("CPU time.") @Measured(Quantity.TIME) Distribution cpu) implements Step {}

  /** A read. */
  @Doc("A read from a disk.")
  record Read(
      @Doc("Its size.") @Measured(Quantity.SIZE) Distribution read,
      @Doc("The device, for example xvdb.") @Absent("the first disk") String disk,
      @Doc("random or sequential.") @Default("random") Access access)
      implements Step {}

  /** A write. */
  @Doc("A write to a disk.")
  record Write(
      @Doc("Its size.") @Measured(Quantity.SIZE) Distribution write,
      @Doc("The device, for example xvdb.") @Absent("the first disk") String disk,
      @Doc("random or sequential.") @Default("random") Access access)
      implements Step {}

  /** A message sent. */
  @Doc("A message to outside the pool.")
  record Send(
      @Doc("Its size.") @Measured(Quantity.SIZE) Distribution send,
      @Doc("The VIF's number.") @Within(min = "0", max = "255") @Absent("the first VIF")
          Integer vif)
      implements Step {}

  /** A message received. */
  @Doc("A message from outside the pool: its sender is never the bottleneck.")
  record Receive(
      @Doc("Its size.") @Measured(Quantity.SIZE) Distribution receive,
      @Doc("The VIF's number.") @Within(min = "0", max = "255") @Absent("the first VIF")
          Integer vif)
      implements Step {}

  /** A pause. */
  @Doc("A pause within the request: part of its response time, uses nothing.")
  record Think(@Doc("How long.") @Measured(Quantity.TIME) Distribution think) implements Step {}

  /** Branches. */
  @Doc("Branches that run side by side; the step ends when all have ended.")
  record Parallel(@Doc("The branches, each a list of steps.") @Most(1000) List<List<Step>> parallel)
      implements Step {}

  /** A repetition. */
  @Doc("Steps that are taken several times, one round after the other.")
  record Repeat(
      @Doc("How often.") @Within(min = "1", max = "1000000") int repeat,
      @Doc("The steps.") @Most(1000) List<Step> steps)
      implements Step {}
}
