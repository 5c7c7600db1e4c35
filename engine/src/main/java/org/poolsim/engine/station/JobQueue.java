// SPDX-License-Identifier: Apache-2.0
package org.poolsim.engine.station;

/** Waiting jobs, linked through themselves, first in first out. */
final class JobQueue {
  private Job first;
  private Job last;

  boolean isEmpty() {
    return first == null;
  }

  void add(Job job) {
    job.next = null;
    if (first == null) {
      first = job;
    } else {
      last.next = job;
    }
    last = job;
  }

  Job remove() {
    Job job = first;
    first = job.next;
    job.next = null;
    return job;
  }
}
