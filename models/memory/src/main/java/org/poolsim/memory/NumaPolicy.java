// SPDX-License-Identifier: Apache-2.0
package org.poolsim.memory;

/** How a host places VMs on its NUMA nodes. */
public enum NumaPolicy {
  /** Not at all. */
  ANY,
  /** On one node if it has the memory, pCPUs and cores; its pCPUs become the soft affinity. */
  BEST_EFFORT,
  /** The same with hard affinity. */
  BEST_EFFORT_HARD,
  /** As best effort, but cores are not counted. */
  PRIO_MEM_ONLY;

  int coresWanted(int vcpus) {
    return this == PRIO_MEM_ONLY ? 0 : vcpus;
  }
}
