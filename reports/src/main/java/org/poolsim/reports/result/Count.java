// SPDX-License-Identifier: Apache-2.0
package org.poolsim.reports.result;

/**
 * One of the counts at the head of "pool at a glance".
 *
 * @param value in base units
 * @param unit of the value
 * @param label what it counts, with what needs saying: {@code hosts, 1 lost for 7 min}
 */
public record Count(double value, Unit unit, String label) {}
