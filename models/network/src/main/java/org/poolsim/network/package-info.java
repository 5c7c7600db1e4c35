// SPDX-License-Identifier: Apache-2.0
/**
 * The network model: what a message between a guest and the world outside its pool takes.
 *
 * <p>This is the plain capacity model. A {@link org.poolsim.network.Message} is cut into at most 32
 * pieces of at least 64 KiB (one unit of segmentation offload). Each piece of an outgoing message
 * takes CPU time of the VIF's netback thread in dom0 ({@link org.poolsim.network.BackendCpu}, costs
 * in {@link org.poolsim.network.NetworkCosts}), then the wire of a PIF; an incoming one takes them
 * in the opposite order. Two pieces of a message are under way at a time, one on the CPU and one on
 * the wire, so that the slower of the two sets the pace. Directions of a PIF are independent FIFO
 * links; frames cost 38 bytes on the wire besides their payload's 52 bytes of headers.
 *
 * <p>A VIF keeps to one member of a bond: the hash of its MAC under balance-slb, the first member
 * under active-backup; under LACP each message takes the next member.
 *
 * <p>Limits: no losses, no TCP dynamics (a message alone on a link gets its full rate), no flow
 * tables, no multi-queue, the world outside is never the bottleneck, traffic between VMs of the
 * pool is not modelled. Not validated against real hosts yet.
 *
 * <p>Sources: costs as in the engineering defaults documented with {@link
 * org.poolsim.network.NetworkCosts}; data sources from xcp-rrdd's netdev plugin.
 */
package org.poolsim.network;
