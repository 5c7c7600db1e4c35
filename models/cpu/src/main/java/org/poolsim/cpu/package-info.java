// SPDX-License-Identifier: Apache-2.0
/** The CPU model: what a host's pCPUs give to its domains. */
package org.poolsim.cpu;
