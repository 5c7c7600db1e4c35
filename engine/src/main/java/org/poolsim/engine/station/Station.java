// SPDX-License-Identifier: Apache-2.0
package org.poolsim.engine.station;

/** A place where jobs are served. */
public interface Station {
  /**
   * Takes a job, which is in no station, at the current time.
   *
   * @return false if there is no room for it; it is lost then, and its owner keeps it
   */
  boolean arrive(Job job);
}
