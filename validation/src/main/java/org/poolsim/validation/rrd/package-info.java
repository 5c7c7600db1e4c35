// SPDX-License-Identifier: Apache-2.0
/**
 * Round-robin databases: {@code rrd} feeds recorded sample streams to both consolidation modes and
 * compares every row, {@code rrd-export} compares the exported texts byte for byte.
 */
package org.poolsim.validation.rrd;
