// SPDX-License-Identifier: Apache-2.0
/**
 * Alerts as perfmon raises them on every host (xen-api, python3/bin/perfmon): variables configured
 * in XML, watched each five minutes on the one-minute rows of the recorder, with a trigger period
 * and a time of inhibition.
 *
 * <pre>{@code
 * PerfmonSettings settings = new PerfmonSettings();
 * settings.configure(host.owner(), "<config><variable><name value='cpu_usage'/>"
 *     + "<alarm_trigger_level value='0.9'/></variable></config>");
 * new Perfmon(simulator, recorder, settings, host, stream::nextDouble, alarms::add).start();
 * }</pre>
 *
 * <p>Limits: {@code fs_usage}, {@code log_fs_usage} and {@code mem_usage} read dom0's own file
 * systems and memory, which are no data sources; they are refused. The script re-reads its
 * configuration every 1800 s; here a change counts at the next look.
 */
package org.poolsim.reports.alerts;
