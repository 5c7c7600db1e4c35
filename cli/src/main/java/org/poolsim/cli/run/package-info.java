// SPDX-License-Identifier: Apache-2.0
/**
 * A run from its spec to its output directory: {@link org.poolsim.cli.run.Replication} simulates
 * one replication, {@link org.poolsim.cli.run.RunRecorder} hears what it shows, {@link
 * org.poolsim.cli.run.ResultBuilder} turns both into the plain result that the report is made from,
 * and {@link org.poolsim.cli.run.OutputDirectory} puts everything where the user asked for it, or
 * leaves nothing.
 */
package org.poolsim.cli.run;
