// SPDX-License-Identifier: Apache-2.0
/**
 * Replays hosts under the Xen schedulers, recorded from the real scheduler source under virtual
 * time, and compares: the exact run must be equal, the jittered replicates within the recorded
 * ranges.
 */
package org.poolsim.validation.cpu;
