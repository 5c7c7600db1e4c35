// SPDX-License-Identifier: Apache-2.0
package org.poolsim.reports.serve;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.poolsim.engine.data.Description;
import org.poolsim.reports.export.RecordedObject;
import org.poolsim.reports.export.SeriesFiles;
import org.poolsim.reports.rrd.ObjectRecord;
import org.poolsim.reports.rrd.Recorder;

/** A run as the service reads it: finished, or going on. */
public interface LiveRun {
  /**
   * Lets {@code reader} look at the run while it stands still. May be called from any thread; a run
   * that goes on stops at its next safe point until the reader returns, and catches its recorder up
   * before.
   */
  <T> T read(Function<View, T> reader);

  /** Returns the page of the report; null as long as there is none. */
  default String report() {
    return null;
  }

  /**
   * What there is to see.
   *
   * @param nowSeconds the simulated date in seconds since 1970, not behind the newest row
   * @param objects hosts, then VMs, then SRs; the first host is the coordinator
   * @param pool what is known of the pool besides its series
   * @param events what happened so far, in order
   * @param finished whether nothing more will happen
   */
  record View(
      double nowSeconds,
      List<ServedObject> objects,
      PoolFacts pool,
      List<Happening> events,
      boolean finished) {
    /**
     * The clock of a host is a little ahead of its newest row. A client that asks for a start on a
     * whole step would get a row too many.
     */
    static final double AHEAD_SECONDS = 2;

    /**
     * Shows what a recorder holds after it caught up.
     *
     * @param nowNanos the present of the simulation
     */
    public static View of(Recorder recorder, long nowNanos) {
      List<ServedObject> objects = new ArrayList<>();
      for (ObjectRecord object : recorder.objects()) {
        Map<String, SeriesFiles.Text> texts = new LinkedHashMap<>();
        for (Description source : object.descriptions()) {
          texts.put(source.name(), new SeriesFiles.Text(source.units(), source.text()));
        }
        objects.add(
            new ServedObject(
                new RecordedObject(object.owner(), object), texts, object.isPresent(), ""));
      }
      return new View(
          recorder.options().epochSeconds() + nowNanos * 1e-9 + AHEAD_SECONDS,
          objects,
          PoolFacts.UNKNOWN,
          List.of(),
          true);
    }
  }

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
