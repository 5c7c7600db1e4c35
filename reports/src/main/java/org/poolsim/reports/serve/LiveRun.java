// SPDX-License-Identifier: Apache-2.0
package org.poolsim.reports.serve;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.poolsim.reports.export.RecordedObject;
import org.poolsim.reports.export.SeriesFiles;

/** A run as the service reads it: finished, or going on. */
public interface LiveRun {
  /**
   * Lets {@code reader} look at the run while it stands still. May be called from any thread; a run
   * that goes on stops at its next safe point until the reader returns, and catches its recorder up
   * before.
   */
  <T> T read(Function<View, T> reader);

  /**
   * What there is to see.
   *
   * @param nowSeconds the simulated date in seconds since 1970, not behind the newest row
   * @param objects hosts, then VMs, then SRs; the first host is the coordinator
   */
  record View(double nowSeconds, List<ServedObject> objects) {}

  /**
   * One object.
   *
   * @param object the object and its database
   * @param texts units and texts by source
   * @param present whether the object is there now (a VM: runs)
   * @param hostUuid uuid of the host where a VM runs; empty when unknown
   */
  record ServedObject(
      RecordedObject object,
      Map<String, SeriesFiles.Text> texts,
      boolean present,
      String hostUuid) {}
}
