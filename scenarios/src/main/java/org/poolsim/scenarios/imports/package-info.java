// SPDX-License-Identifier: Apache-2.0
/**
 * Turns what a real pool has into scenarios and traces.
 *
 * <ul>
 *   <li>{@link org.poolsim.scenarios.imports.XapiDatabase} reads a pool's XML database, gzipped or
 *       not, of schema 5.55 and later; {@link org.poolsim.scenarios.imports.XapiPool} makes a
 *       scenario of it, {@link org.poolsim.scenarios.imports.PoolSummary} counts and sums to hold
 *       against the pool's own tools.
 *   <li>{@link org.poolsim.scenarios.imports.RrdBackup} reads the dump of a host's or VM's RRDs,
 *       and {@link org.poolsim.scenarios.imports.RrdHistory} lays its archives behind one another
 *       into a trace.
 *   <li>{@link org.poolsim.scenarios.imports.TraceImport} makes a scenario of recorded demand.
 * </ul>
 *
 * <p>What the source does not hold gets a default, and what a scenario cannot hold is left out;
 * both are collected in {@link org.poolsim.scenarios.imports.ImportNotes} and told at the end. XML
 * is read without external entities; what is wrong with a file is one message with its place.
 */
package org.poolsim.scenarios.imports;
