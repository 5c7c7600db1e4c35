// SPDX-License-Identifier: Apache-2.0
package org.poolsim.pool.spec;

import java.util.ArrayList;
import java.util.List;
import org.poolsim.engine.random.Distribution;
import org.poolsim.storage.Access;

/** A step of a request. Sizes are in bytes, rounded up to whole bytes and at least 1. */
public sealed interface StepSpec {
  /**
   * CPU work on the VM's vCPUs.
   *
   * @param nanos CPU time at {@link PoolSpec#referenceClockHertz}
   */
  record Cpu(Distribution nanos) implements StepSpec {
    public Cpu {
      Require.present(nanos, "the time of a cpu step");
    }
  }

  /**
   * A read from a disk.
   *
   * @param bytes its size
   * @param vbd the device; {@code null} is the VM's first
   * @param access where on the disk
   */
  record Read(Distribution bytes, String vbd, Access access) implements StepSpec {
    public Read {
      Require.present(bytes, "the size of a read step");
      Require.present(access, "the access of a read step");
    }
  }

  /**
   * A write to a disk.
   *
   * @param bytes its size
   * @param vbd the device; {@code null} is the VM's first
   * @param access where on the disk
   */
  record Write(Distribution bytes, String vbd, Access access) implements StepSpec {
    public Write {
      Require.present(bytes, "the size of a write step");
      Require.present(access, "the access of a write step");
    }
  }

  /**
   * A message to outside the pool.
   *
   * @param bytes its size
   * @param vif the VIF's device number; -1 is the VM's first
   */
  record Send(Distribution bytes, int vif) implements StepSpec {
    public Send {
      Require.present(bytes, "the size of a send step");
      Require.between(vif, -1, 255, "VIF of a send step");
    }
  }

  /**
   * A message from outside the pool: its sender is never the bottleneck.
   *
   * @param bytes its size
   * @param vif the VIF's device number; -1 is the VM's first
   */
  record Receive(Distribution bytes, int vif) implements StepSpec {
    public Receive {
      Require.present(bytes, "the size of a receive step");
      Require.between(vif, -1, 255, "VIF of a receive step");
    }
  }

  /**
   * A pause within the request: part of its response time, uses nothing.
   *
   * @param nanos how long
   */
  record Think(Distribution nanos) implements StepSpec {
    public Think {
      Require.present(nanos, "the time of a think step");
    }
  }

  /**
   * Branches that run side by side; the step ends when all have ended.
   *
   * @param branches at least one, each with at least one step
   */
  record Parallel(List<List<StepSpec>> branches) implements StepSpec {
    public Parallel {
      Require.notEmpty(branches, "the branch list of a parallel step");
      List<List<StepSpec>> copies = new ArrayList<>();
      for (List<StepSpec> branch : branches) {
        Require.notEmpty(branch, "a branch of a parallel step");
        copies.add(List.copyOf(branch));
      }
      branches = List.copyOf(copies);
    }
  }

  /**
   * Steps that are taken several times, one round after the other.
   *
   * @param times 1 to 1,000,000
   * @param steps at least one
   */
  record Repeat(int times, List<StepSpec> steps) implements StepSpec {
    public Repeat {
      Require.between(times, 1, 1_000_000, "times of a repeat step");
      steps = List.copyOf(steps);
      Require.notEmpty(steps, "the step list of a repeat step");
    }
  }
}
