// SPDX-License-Identifier: Apache-2.0
package org.poolsim.reports.serve;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.poolsim.reports.export.SeriesFiles;

/** A run's folder, read once into memory. */
public final class FinishedRun implements LiveRun {
  /**
   * The clock of a host is a little ahead of its newest row. A client that asks for a start on a
   * whole step would get a row too many.
   */
  private static final double AHEAD_SECONDS = 2;

  private final View view;

  private FinishedRun(View view) {
    this.view = view;
  }

  /**
   * Reads a run's folder.
   *
   * @throws IOException if it is none; the message names the file
   */
  public static FinishedRun read(Path run) throws IOException {
    List<ServedObject> objects = new ArrayList<>();
    double now = 0;
    for (SeriesFiles.StoredObject stored : SeriesFiles.read(run)) {
      objects.add(new ServedObject(stored.object(), stored.texts(), true, ""));
      now = Math.max(now, stored.object().rrd().lastUpdateSeconds());
    }
    return new FinishedRun(new View(now + AHEAD_SECONDS, List.copyOf(objects)));
  }

  @Override
  public <T> T read(Function<View, T> reader) {
    return reader.apply(view);
  }
}
