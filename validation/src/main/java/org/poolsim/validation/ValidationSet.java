// SPDX-License-Identifier: Apache-2.0
package org.poolsim.validation;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * One kind of recorded cases, and how they are replayed and judged. Found with {@link
 * java.util.ServiceLoader}.
 */
public interface ValidationSet {
  /** Returns the name that the command line uses, for example {@code squeezed}. */
  String name();

  /**
   * Returns whether a file of a folder belongs to this set; a file named on the command line is
   * taken as it is.
   */
  boolean accepts(Path file);

  /**
   * Replays one case file.
   *
   * @throws CaseFormatException if the file is not a case file of this set
   */
  Replay replay(Path file) throws IOException;

  /**
   * Returns this set with its jittered cases judged over several independent sets of jitter, the
   * first of which is the one that is judged otherwise; nothing if its cases have no jitter.
   *
   * @param sets at least 1
   */
  default Optional<ValidationSet> withJitterSets(int sets) {
    return Optional.empty();
  }

  /** Told how far the replay of one case file is. */
  interface Watcher {
    /** Called once, before the first case, with how many cases the file holds. */
    void begins(int cases);

    /** Called when a case has been judged, by any thread. */
    void judged();
  }

  /**
   * Replays one case file and tells how far it is, if it has many cases that take long; a set whose
   * files are done at once says nothing.
   *
   * @throws CaseFormatException if the file is not a case file of this set
   */
  default Replay replay(Path file, Watcher watcher) throws IOException {
    return replay(file);
  }
}
