// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cli.run;

import java.util.List;
import org.poolsim.reports.result.RunFacts;

/**
 * What the result says of the scenario itself.
 *
 * @param name the scenario's name
 * @param about its own line about itself; may be empty
 * @param file the file's name without its folder
 * @param text the scenario as run, every default written out
 * @param settings how many settings there are
 * @param defaulted those that the scenario did not name
 * @param overrides settings given on the command line
 */
public record ScenarioFacts(
    String name,
    String about,
    String file,
    String text,
    int settings,
    List<RunFacts.Setting> defaulted,
    List<String> overrides) {}
