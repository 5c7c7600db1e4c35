// SPDX-License-Identifier: Apache-2.0
package org.poolsim.pool;

import java.util.ArrayList;
import java.util.List;
import org.poolsim.engine.random.Distribution;
import org.poolsim.pool.spec.StepSpec;
import org.poolsim.pool.spec.VbdSpec;
import org.poolsim.pool.spec.VmSpec;
import org.poolsim.storage.Access;
import org.poolsim.storage.IoDirection;

/**
 * The steps of a request as flat instructions: made once for each type of request and VM, run by
 * any number of strands.
 */
final class Program {
  private final Instruction[] instructions;
  private final int loops;
  private final int forks;

  private Program(List<Instruction> instructions, int loops, int forks) {
    this.instructions = instructions.toArray(new Instruction[0]);
    this.loops = loops;
    this.forks = forks;
  }

  /** One thing to do. */
  sealed interface Instruction {}

  record Compute(Distribution nanos) implements Instruction {}

  record Disk(IoDirection direction, Distribution bytes, int vbd, Access access)
      implements Instruction {}

  record Net(boolean sends, Distribution bytes, int vif) implements Instruction {}

  record Pause(Distribution nanos) implements Instruction {}

  /** Begins every branch; goes on when all have ended. */
  record Fork(List<Program> branches, int slot) implements Instruction {}

  /** Goes back to {@code target} until the loop has been taken {@code times} times. */
  record Loop(int target, int times, int slot) implements Instruction {}

  /**
   * Compiles steps for a VM.
   *
   * @param cpuScale factor on CPU times
   */
  static Program of(List<StepSpec> steps, VmSpec vm, double cpuScale) {
    Compiler compiler = new Compiler(vm, cpuScale);
    compiler.add(steps);
    return new Program(compiler.instructions, compiler.loops, compiler.forks.size());
  }

  int size() {
    return instructions.length;
  }

  Instruction at(int index) {
    return instructions[index];
  }

  int loops() {
    return loops;
  }

  int forks() {
    return forks;
  }

  private static final class Compiler {
    private final VmSpec vm;
    private final double cpuScale;
    private final List<Instruction> instructions = new ArrayList<>();
    private final List<Fork> forks = new ArrayList<>();
    private int loops;

    Compiler(VmSpec vm, double cpuScale) {
      this.vm = vm;
      this.cpuScale = cpuScale;
    }

    void add(List<StepSpec> steps) {
      for (StepSpec step : steps) {
        add(step);
      }
    }

    private void add(StepSpec step) {
      if (step instanceof StepSpec.Cpu cpu) {
        instructions.add(new Compute(cpuScale == 1 ? cpu.nanos() : cpu.nanos().times(cpuScale)));
      } else if (step instanceof StepSpec.Read read) {
        instructions.add(new Disk(IoDirection.READ, read.bytes(), disk(read.vbd()), read.access()));
      } else if (step instanceof StepSpec.Write write) {
        instructions.add(
            new Disk(IoDirection.WRITE, write.bytes(), disk(write.vbd()), write.access()));
      } else if (step instanceof StepSpec.Send send) {
        instructions.add(new Net(true, send.bytes(), nic(send.vif())));
      } else if (step instanceof StepSpec.Receive receive) {
        instructions.add(new Net(false, receive.bytes(), nic(receive.vif())));
      } else if (step instanceof StepSpec.Think think) {
        instructions.add(new Pause(think.nanos()));
      } else if (step instanceof StepSpec.Repeat repeat) {
        int target = instructions.size();
        add(repeat.steps());
        instructions.add(new Loop(target, repeat.times(), loops++));
      } else {
        List<Program> branches = new ArrayList<>();
        for (List<StepSpec> branch : ((StepSpec.Parallel) step).branches()) {
          branches.add(of(branch, vm, cpuScale));
        }
        Fork fork = new Fork(branches, forks.size());
        forks.add(fork);
        instructions.add(fork);
      }
    }

    private int disk(String device) {
      int index = 0;
      for (VbdSpec vbd : vm.vbds()) {
        if (vbd.vdi() != null) {
          if (device == null || device.equals(vbd.device())) {
            return index;
          }
          index++;
        }
      }
      throw new IllegalArgumentException(
          device == null
              ? "VM " + vm.name() + " has a workload that uses a disk and has no disk"
              : "VM "
                  + vm.name()
                  + " has no disk "
                  + device
                  + "; expected one of "
                  + vm.vbds().stream().map(VbdSpec::device).toList());
    }

    private int nic(int device) {
      for (int index = 0; index < vm.vifs().size(); index++) {
        if (device == -1 || device == vm.vifs().get(index).device()) {
          return index;
        }
      }
      throw new IllegalArgumentException(
          device == -1
              ? "VM " + vm.name() + " has a workload that uses the network and has no VIF"
              : "VM " + vm.name() + " has no VIF " + device);
    }
  }
}
