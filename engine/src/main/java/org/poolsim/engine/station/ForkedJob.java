// SPDX-License-Identifier: Apache-2.0
package org.poolsim.engine.station;

import java.util.List;
import org.poolsim.engine.Simulator;

/**
 * Work that is split over several stations and done when its last task is (striping, a write to
 * every mirror). Reused like a job; its tasks are made once.
 */
public abstract class ForkedJob {
  private final Simulator simulator;
  private final List<? extends Station> branches;
  private final Task[] tasks;
  private int running;
  private long forkedNanos;

  /** Creates the tasks, one for each branch. */
  protected ForkedJob(Simulator simulator, List<? extends Station> branches) {
    this.simulator = simulator;
    this.branches = List.copyOf(branches);
    tasks = new Task[branches.size()];
    for (int i = 0; i < tasks.length; i++) {
      tasks[i] = new Task(this);
    }
  }

  /** Returns the service that the task of a branch asks for, in nanoseconds. */
  protected abstract long serviceNanos(int branch);

  /** Called when the last task has ended. */
  protected abstract void joined(long responseNanos);

  /**
   * Sends a task to each branch; all tasks of the last time have ended.
   *
   * @throws IllegalStateException if a branch has no room: a fork has no partial loss
   */
  public final void fork() {
    if (running > 0) {
      throw new IllegalStateException(running + " tasks are still running");
    }
    forkedNanos = simulator.nowNanos();
    running = tasks.length;
    for (int i = 0; i < tasks.length; i++) {
      tasks[i].setServiceNanos(serviceNanos(i));
      if (!branches.get(i).arrive(tasks[i])) {
        throw new IllegalStateException("branch " + i + " has no room for its task");
      }
    }
  }

  private static final class Task extends Job {
    private final ForkedJob whole;

    Task(ForkedJob whole) {
      this.whole = whole;
    }

    @Override
    protected void served() {
      if (--whole.running == 0) {
        whole.joined(whole.simulator.nowNanos() - whole.forkedNanos);
      }
    }
  }
}
