// SPDX-License-Identifier: Apache-2.0
package org.poolsim.reports.result;

/**
 * Which run this is.
 *
 * @param name the scenario's name
 * @param about the scenario's own line about itself; may be empty
 * @param scenarioFile the scenario file's name without its folder, for the next command to type
 * @param seed as given or drawn
 * @param replications how many were run
 * @param durationNanos simulated time
 * @param stepNanos step of the recorded series, 5 s as xcp-rrdd has it
 * @param hosts how many hosts
 * @param vms how many VMs
 */
public record Identity(
    String name,
    String about,
    String scenarioFile,
    long seed,
    int replications,
    long durationNanos,
    long stepNanos,
    int hosts,
    int vms) {}
