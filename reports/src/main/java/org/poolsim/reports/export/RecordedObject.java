// SPDX-License-Identifier: Apache-2.0
package org.poolsim.reports.export;

import org.poolsim.engine.data.Owner;
import org.poolsim.reports.rrd.Rrd;

/**
 * An object and its database.
 *
 * @param owner the host, VM or SR
 * @param rrd its database
 */
public record RecordedObject(Owner owner, Rrd rrd) {}
