// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cpu;

import java.util.BitSet;

/**
 * What the toolstack tells Xen when it creates a domain.
 *
 * @param name for messages
 * @param vcpus number of vCPUs, at least 1
 * @param weight 1 to 65535; 256 is Xen's default
 * @param capPercent cap in percent of one pCPU; 0 is none
 * @param hardAffinity pCPUs that the vCPUs may run on; {@code null} is all
 * @param softAffinity pCPUs that the vCPUs prefer; {@code null} is all
 */
public record DomainSpec(
    String name, int vcpus, int weight, int capPercent, BitSet hardAffinity, BitSet softAffinity) {}
