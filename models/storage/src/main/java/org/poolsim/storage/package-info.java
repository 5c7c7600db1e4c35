// SPDX-License-Identifier: Apache-2.0
/**
 * The storage model: what happens to a guest's read or write between its blkfront ring and the
 * device.
 *
 * <p>This is the plain capacity model. A {@link org.poolsim.storage.BlockRequest} travels
 *
 * <ol>
 *   <li>the VBD's ring: 32 slots, one for each 44 KiB (11 segments of 4 KiB); a full ring makes the
 *       guest wait;
 *   <li>tapdisk: one single-threaded process for each VDI on a host, that serves issues and
 *       completions in FIFO order on dom0's CPU ({@link org.poolsim.storage.BackendCpu}) at the
 *       costs of {@link org.poolsim.storage.StorageCosts};
 *   <li>the host's path to the array ({@link org.poolsim.storage.StoragePath}), then the array's
 *       own link, both FIFO;
 *   <li>the array's queue, {@code queueDepth} requests at a time in FIFO order, and its devices.
 * </ol>
 *
 * <p>The array of n devices is one FIFO server that is busy with a request for {@code max(p / (n *
 * opsPerSecond), bytes * q / (n * bytesPerSecond))}, where p is the small-write penalty of the RAID
 * level for random writes and 1 otherwise, q its full-stripe overhead for writes; sequential
 * requests pay for their bytes only. When the server has begun it and the links have carried it,
 * the request ends after the device's unloaded latency (for sequential ones at most 0.2 ms), its
 * transfer at one device's rate and twice the fabric latency. So the capacity is exact, the latency
 * of an idle array is the device's, and near saturation the wait is that of a FIFO queue.
 *
 * <p>Limits: no image format, no caches, no polling of rings, no write cliff, no multipath;
 * latencies of one device do not vary; a queue in the array is FIFO though devices reorder. Errors
 * against real devices are not validated yet.
 *
 * <p>Sources: ring and tapdisk from blktap (ring.h layout, tapback's features), costs from
 * measurements of the real tapdisk (10 to 16 microseconds for 4 KiB, 23 to 30 for 44 KiB), data
 * sources from xcp-rrdd's iostat plugin.
 */
package org.poolsim.storage;
