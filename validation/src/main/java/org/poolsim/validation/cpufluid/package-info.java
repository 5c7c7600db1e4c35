// SPDX-License-Identifier: Apache-2.0
/**
 * The recorded scheduler cases replayed on the fluid CPU model: how far its CPU times lie from
 * those of the real schedulers.
 */
package org.poolsim.validation.cpufluid;
