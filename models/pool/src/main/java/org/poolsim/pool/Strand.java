// SPDX-License-Identifier: Apache-2.0
package org.poolsim.pool;

import org.poolsim.cpu.CpuWork;
import org.poolsim.engine.Event;
import org.poolsim.engine.random.RandomStream;
import org.poolsim.memory.PagedAccess;
import org.poolsim.network.Message;
import org.poolsim.storage.BlockRequest;

/**
 * One thread of a guest's application: runs a program from begin to end, again and again, with
 * objects of its own for whatever it waits for. Nothing is allocated once it has run each kind of
 * step.
 */
final class Strand {
  private final PoolVm vm;
  private final Program program;
  private final RandomStream stream;
  private final StepTimes times;
  private final Runnable ended;
  private final int[] rounds;
  private final Strand[][] branches;
  private int at;
  private int running;
  private long sinceNanos;
  private long workNanos;
  private double owedTouches;
  private boolean sending;
  private boolean abandoned;
  private final CpuWork work =
      new CpuWork() {
        @Override
        protected void completed() {
          times.computed(vm.simulator().nowNanos() - sinceNanos);
          if (memory == null || vm.guest().touch(memory, touches())) {
            goOn();
          }
        }
      };

  /** Touches the guest's working set; {@code null} if too little memory does not slow it down. */
  private final PagedAccess memory;

  private final Event pause =
      new Event() {
        @Override
        protected void fire() {
          goOn();
        }
      };
  private final BlockRequest request =
      new BlockRequest() {
        @Override
        protected void completed() {
          goOn();
        }
      };
  private final Message message =
      new Message() {
        @Override
        protected void completed() {
          messageEnded();
          goOn();
        }
      };

  /**
   * Creates a strand that stands still.
   *
   * @param times hears how long each step took
   * @param ended called at each end of the program; it may begin the strand anew
   */
  Strand(PoolVm vm, Program program, RandomStream stream, StepTimes times, Runnable ended) {
    this.vm = vm;
    this.program = program;
    this.stream = stream;
    this.times = times;
    this.ended = ended;
    memory = vm.guest() == null ? null : new Touching();
    rounds = new int[program.loops()];
    branches = new Strand[program.forks()][];
    for (int i = 0; i < program.size(); i++) {
      if (program.at(i) instanceof Program.Fork fork) {
        Strand[] strands = new Strand[fork.branches().size()];
        for (int b = 0; b < strands.length; b++) {
          strands[b] = new Strand(vm, fork.branches().get(b), stream, times, this::branchEnded);
        }
        branches[fork.slot()] = strands;
      }
    }
  }

  /** Runs the program from its first instruction. */
  void begin() {
    at = 0;
    goOn();
  }

  /** Ends it wherever it is; it never goes on. */
  void abandon() {
    abandoned = true;
    vm.simulator().cancel(pause);
    if (work.isQueued()) {
      vm.domain().cancel(work);
    }
    for (Strand[] fork : branches) {
      for (Strand branch : fork) {
        branch.abandon();
      }
    }
  }

  private final class Touching extends PagedAccess {
    @Override
    protected void resident() {
      goOn();
    }
  }

  /** Returns the pages that the CPU step which has just ended touches. */
  private long touches() {
    double touched =
        workNanos * 1e-9 * vm.spec().memory().workingSet().touchesPerSecond() + owedTouches;
    long whole = (long) touched;
    owedTouches = touched - whole;
    return whole;
  }

  private void messageEnded() {
    long nanos = vm.simulator().nowNanos() - sinceNanos;
    if (sending) {
      times.sent(nanos);
    } else {
      times.received(nanos);
    }
  }

  private void branchEnded() {
    if (--running == 0) {
      goOn();
    }
  }

  /** Does what needs no waiting, up to and including the first thing that does. */
  private void goOn() {
    if (abandoned) {
      return;
    }
    while (at < program.size()) {
      Program.Instruction instruction = program.at(at++);
      if (instruction instanceof Program.Compute compute) {
        sinceNanos = vm.simulator().nowNanos();
        workNanos = Math.max(1, compute.nanos().sampleNanos(stream));
        vm.domain().submit(work, workNanos);
        return;
      } else if (instruction instanceof Program.Disk disk) {
        vm.vbd(disk.vbd())
            .submit(request, disk.direction(), bytes(disk.bytes().sample(stream)), disk.access());
        return;
      } else if (instruction instanceof Program.Net net) {
        long bytes = bytes(net.bytes().sample(stream));
        sinceNanos = vm.simulator().nowNanos();
        sending = net.sends();
        if (sending) {
          vm.vif(net.vif()).send(message, bytes);
        } else {
          vm.vif(net.vif()).receive(message, bytes);
        }
        return;
      } else if (instruction instanceof Program.Pause step) {
        vm.simulator().scheduleAfter(pause, step.nanos().sampleNanos(stream));
        return;
      } else if (instruction instanceof Program.Fork fork) {
        Strand[] strands = branches[fork.slot()];
        running = strands.length;
        for (Strand strand : strands) {
          strand.begin();
        }
        return;
      } else if (instruction instanceof Program.Loop loop) {
        if (++rounds[loop.slot()] < loop.times()) {
          at = loop.target();
        } else {
          rounds[loop.slot()] = 0;
        }
      }
    }
    ended.run();
  }

  private static long bytes(double value) {
    return Math.max(1, (long) Math.ceil(value));
  }
}
