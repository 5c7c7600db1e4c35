// SPDX-License-Identifier: Apache-2.0
package org.poolsim.reports.export;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.poolsim.reports.rrd.ArchiveDefinition;
import org.poolsim.reports.rrd.ConsolidationFunction;
import org.poolsim.reports.rrd.NumberText;
import org.poolsim.reports.rrd.Rrd;

/**
 * The answer to {@code /rrd_updates}: the rows of one granularity since a start, newest first, the
 * columns of all selected objects side by side (rrd_updates.ml).
 */
public final class RrdUpdates {
  private final long start;
  private final long step;
  private final long end;
  private final int rows;
  private final List<Column> columns;

  private RrdUpdates(long start, long step, long end, int rows, List<Column> columns) {
    this.start = start;
    this.step = step;
    this.end = end;
    this.rows = rows;
    this.columns = columns;
  }

  /**
   * What a client asks for.
   *
   * @param startSeconds seconds since 1970, or, if negative, before the last update
   * @param intervalSeconds the coarseness wanted, in seconds
   * @param function the consolidation function; null for all of them
   */
  public record Query(long startSeconds, long intervalSeconds, ConsolidationFunction function) {}

  private record Column(RecordedObject object, int archive, int source) {
    String legend() {
      Rrd rrd = object.rrd();
      return rrd.archives().get(archive).function()
          + ":"
          + object.owner().kind().name().toLowerCase(Locale.ROOT)
          + ":"
          + object.owner().uuid()
          + ":"
          + rrd.sources().get(source).name();
    }

    double cell(long time, long step) {
      Rrd rrd = object.rrd();
      int rows = rrd.archives().get(archive).rows();
      long back = (rrd.newestRowEnd(archive) - time) / step;
      return back < 0 || back >= rows
          ? Double.NaN
          : rrd.cell(archive, rows - 1 - (int) back, source);
    }
  }

  /**
   * Chooses the archives and the rows.
   *
   * @param objects the selected objects: hosts, then VMs, then SRs
   * @throws NoArchiveException if no object is selected or one of them has no archive of the wanted
   *     function and coarseness
   */
  public static RrdUpdates of(List<RecordedObject> objects, Query query) throws NoArchiveException {
    if (objects.isEmpty()) {
      throw new NoArchiveException("no object is selected");
    }
    long from = start(objects, query.startSeconds());
    List<List<Integer>> chosen = new ArrayList<>();
    for (RecordedObject object : objects) {
      chosen.add(archives(object.rrd(), query, from));
    }
    Rrd firstRrd = objects.get(0).rrd();
    ArchiveDefinition first = firstRrd.archives().get(chosen.get(0).get(0));
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < objects.size(); i++) {
      Rrd rrd = objects.get(i).rrd();
      for (int archive : chosen.get(i)) {
        if (sameRows(rrd.archives().get(archive), first)) {
          for (int source = 0; source < rrd.sources().size(); source++) {
            columns.add(new Column(objects.get(i), archive, source));
          }
        }
      }
    }
    long step = first.rowSeconds();
    long end = firstRrd.newestRowEnd(chosen.get(0).get(0));
    long newer = end < from ? 0 : (end - from) / step + 1;
    return new RrdUpdates(
        (Math.floorDiv(from, step) + 1) * step,
        step,
        end,
        (int) Math.min(newer, first.rows()),
        columns);
  }

  private static long start(List<RecordedObject> objects, long startSeconds) {
    if (startSeconds >= 0) {
      return startSeconds;
    }
    long least = Long.MAX_VALUE;
    for (RecordedObject object : objects) {
      long last = (long) Math.floor(object.rrd().lastUpdateSeconds());
      least = Math.min(least, last + startSeconds);
    }
    return least;
  }

  /** The first archive that is coarse enough and reaches back to the start, and its like. */
  private static List<Integer> archives(Rrd rrd, Query query, long from) throws NoArchiveException {
    long pdps = query.intervalSeconds() / ArchiveDefinition.STEP_SECONDS;
    long newest =
        Math.floorDiv((long) Math.floor(rrd.lastUpdateSeconds()), ArchiveDefinition.STEP_SECONDS)
            * ArchiveDefinition.STEP_SECONDS;
    List<Integer> candidates = new ArrayList<>();
    for (int i = 0; i < rrd.archives().size(); i++) {
      ArchiveDefinition archive = rrd.archives().get(i);
      if ((query.function() == null || archive.function() == query.function())
          && archive.pdpPerRow() >= pdps) {
        candidates.add(i);
      }
    }
    if (candidates.isEmpty()) {
      throw new NoArchiveException(
          "no archive of "
              + (query.function() == null ? "any function" : query.function())
              + " has rows of "
              + query.intervalSeconds()
              + " s or more");
    }
    int best = candidates.get(candidates.size() - 1);
    for (int i : candidates) {
      ArchiveDefinition archive = rrd.archives().get(i);
      if (from > newest - archive.rowSeconds() * archive.rows()) {
        best = i;
        break;
      }
    }
    ArchiveDefinition like = rrd.archives().get(best);
    candidates.removeIf(i -> !sameRows(rrd.archives().get(i), like));
    return candidates;
  }

  private static boolean sameRows(ArchiveDefinition a, ArchiveDefinition b) {
    return a.rows() == b.rows() && a.pdpPerRow() == b.pdpPerRow();
  }

  /** Returns the end of the newest row in seconds since 1970. */
  public long endSeconds() {
    return end;
  }

  /** Returns the seconds of a row. */
  public long stepSeconds() {
    return step;
  }

  /** Returns the number of rows. */
  public int rows() {
    return rows;
  }

  /** Returns the number of columns. */
  public int columns() {
    return columns.size();
  }

  /** Returns the answer in XML. */
  public String xml() {
    StringBuilder to = new StringBuilder(XmlText.DECLARATION);
    to.append("<xport><meta>");
    XmlText.element(to, "start", Long.toString(start));
    XmlText.element(to, "step", Long.toString(step));
    XmlText.element(to, "end", Long.toString(end));
    XmlText.element(to, "rows", Integer.toString(rows));
    XmlText.element(to, "columns", Integer.toString(columns.size()));
    to.append("<legend>");
    for (Column column : columns) {
      XmlText.element(to, "entry", column.legend());
    }
    XmlText.close(to, "legend");
    to.append("</meta><data>");
    for (int row = 0; row < rows; row++) {
      long time = end - row * step;
      to.append("<row><t>").append(time).append("</t>");
      for (Column column : columns) {
        to.append("<v>").append(NumberText.of(column.cell(time, step))).append("</v>");
      }
      to.append("</row>");
    }
    XmlText.close(to, "data");
    return to.append("</xport>").toString();
  }

  /** Returns the answer in JSON, every scalar a string. */
  public String json() {
    StringBuilder to = new StringBuilder("{\"meta\":{");
    XmlText.jsonMember(to, "start", Long.toString(start));
    to.append(",\"step\":\"").append(step);
    to.append("\",\"end\":\"").append(end);
    to.append("\",\"rows\":\"").append(rows);
    to.append("\",\"columns\":\"").append(columns.size()).append("\",\"legend\":[");
    for (int i = 0; i < columns.size(); i++) {
      if (i > 0) {
        to.append(',');
      }
      XmlText.jsonString(to, columns.get(i).legend());
    }
    to.append("]},\"data\":[");
    for (int row = 0; row < rows; row++) {
      long time = end - row * step;
      to.append(row == 0 ? "" : ",").append("{\"t\":\"").append(time).append("\",\"values\":[");
      for (int i = 0; i < columns.size(); i++) {
        to.append(i == 0 ? "\"" : ",\"");
        to.append(NumberText.of(columns.get(i).cell(time, step))).append('"');
      }
      to.append("]}");
    }
    return to.append("]}").toString();
  }
}
