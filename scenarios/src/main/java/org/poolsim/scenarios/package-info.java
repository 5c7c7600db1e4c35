// SPDX-License-Identifier: Apache-2.0
/**
 * The scenario language: {@link org.poolsim.scenarios.Scenarios#load} reads a file, what it
 * includes and settings from the command line, reports every mistake at once with its place ({@link
 * org.poolsim.scenarios.ScenarioException}), or returns a {@link
 * org.poolsim.scenarios.LoadedScenario}: the pool's spec, the defaults that were used, and the
 * scenario as run with every default written out.
 *
 * <p>The way of a scenario: {@code yaml} (nodes with places) - includes and settings - templates -
 * binding to the records of {@code language} - checks of what must fit together - what is left out
 * is filled in - {@link org.poolsim.pool.spec.RunSpec}. A stage never reaches back.
 */
package org.poolsim.scenarios;
