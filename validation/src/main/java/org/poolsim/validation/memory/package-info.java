// SPDX-License-Identifier: Apache-2.0
/**
 * The recorded cases of the memory model: squeezed's decisions, the overhead of VMs and the NUMA
 * planner. All are judged by exact equality of everything that was recorded.
 */
package org.poolsim.validation.memory;
