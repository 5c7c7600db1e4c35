// SPDX-License-Identifier: Apache-2.0
package org.poolsim.scenarios;

import java.util.List;
import java.util.stream.Collectors;
import org.poolsim.scenarios.yaml.Mistake;

/** A scenario that cannot be run: carries everything that is wrong with it. */
public final class ScenarioException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient List<Mistake> mistakes;

  /** Creates an exception for one or more mistakes. */
  public ScenarioException(List<Mistake> mistakes) {
    super(mistakes.stream().map(Mistake::toString).collect(Collectors.joining("\n")));
    this.mistakes = List.copyOf(mistakes);
  }

  /** Returns the mistakes by file, line and column. */
  public List<Mistake> mistakes() {
    return mistakes;
  }
}
