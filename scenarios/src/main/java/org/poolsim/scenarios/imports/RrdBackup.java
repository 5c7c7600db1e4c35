// SPDX-License-Identifier: Apache-2.0
package org.poolsim.scenarios.imports;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * The history that a real host kept of itself or of a VM: an XML dump of xcp-rrdd (plain or gzip),
 * as it lies in the coordinator's folder of RRD blobs or comes from {@code /vm_rrd} and {@code
 * /host_rrd}.
 *
 * @param stepSeconds seconds of one primary data point
 * @param lastUpdateSeconds the last update, in Unix seconds
 * @param names the data sources in the order of the columns
 * @param archives the archives in the order of the file
 */
public record RrdBackup(
    long stepSeconds, long lastUpdateSeconds, List<String> names, List<Archive> archives) {
  private static final long MAX_FILE_BYTES = 256L << 20;
  private static final int MAX_CELLS = 50_000_000;

  /**
   * One archive: rows of consolidated values, oldest first.
   *
   * @param function AVERAGE, MIN, MAX or LAST
   * @param primariesPerRow primary data points in a row
   * @param rows one value per data source; NaN is unknown
   */
  public record Archive(String function, int primariesPerRow, List<double[]> rows) {}

  /**
   * Returns the averages of the finest archive whose rows are at least {@code rowSeconds} apart.
   */
  public Archive averages(long rowSeconds) {
    Archive best = null;
    for (Archive archive : archives) {
      if (archive.function.equals("AVERAGE")
          && archive.primariesPerRow * stepSeconds >= rowSeconds
          && (best == null || archive.primariesPerRow < best.primariesPerRow)) {
        best = archive;
      }
    }
    if (best == null) {
      throw new IllegalArgumentException(
          "there is no AVERAGE archive with rows of " + rowSeconds + " s or more");
    }
    return best;
  }

  /** Returns the time of an archive's row: its end, in Unix seconds. */
  public long rowTime(Archive archive, int row) {
    long rowSeconds = archive.primariesPerRow * stepSeconds;
    long newest = lastUpdateSeconds - lastUpdateSeconds % rowSeconds;
    return newest - (archive.rows.size() - 1L - row) * rowSeconds;
  }

  /**
   * Reads a dump.
   *
   * @throws ImportException with place and reason where the file is not one
   */
  public static RrdBackup read(Path file) throws IOException {
    return SecureXml.read(file, MAX_FILE_BYTES, "RRD dump", xml -> new Reader(file, xml).backup());
  }

  /**
   * One pass over the elements; what an import does not need (scratch areas, bounds) is passed
   * over.
   */
  private static final class Reader {
    private final Path file;
    private final XMLStreamReader xml;
    private final List<String> names = new ArrayList<>();
    private final List<Archive> archives = new ArrayList<>();
    private long step;
    private long lastUpdate = -1;
    private long cells;

    Reader(Path file, XMLStreamReader xml) {
      this.file = file;
      this.xml = xml;
    }

    RrdBackup backup() throws XMLStreamException {
      boolean inside = false;
      while (xml.hasNext()) {
        int event = xml.next();
        if (event == XMLStreamConstants.DTD) {
          throw at("a document type declaration is not allowed: expected <rrd>");
        }
        if (event != XMLStreamConstants.START_ELEMENT) {
          continue;
        }
        String element = xml.getLocalName();
        if (!inside) {
          if (!element.equals("rrd")) {
            throw at("<" + element + "> is not an RRD dump: expected <rrd>");
          }
          inside = true;
          continue;
        }
        switch (element) {
          case "step" -> step = (long) number();
          case "lastupdate" -> lastUpdate = (long) number();
          case "ds" -> dataSource();
          case "rra" -> archives.add(archive());
          default -> skip();
        }
      }
      if (!inside || step <= 0 || lastUpdate < 0 || names.isEmpty() || archives.isEmpty()) {
        throw new ImportException(
            file
                + ":1:1: not a complete RRD dump: expected <step>, <lastupdate>, <ds> and <rra> in <rrd>");
      }
      return new RrdBackup(step, lastUpdate, List.copyOf(names), List.copyOf(archives));
    }

    private void dataSource() throws XMLStreamException {
      while (nextChild("ds")) {
        if (xml.getLocalName().equals("name")) {
          names.add(xml.getElementText().trim());
        } else {
          skip();
        }
      }
    }

    private Archive archive() throws XMLStreamException {
      String function = "";
      int primaries = 0;
      List<double[]> rows = new ArrayList<>();
      while (nextChild("rra")) {
        switch (xml.getLocalName()) {
          case "cf" -> function = xml.getElementText().trim().toUpperCase(Locale.ROOT);
          case "pdp_per_row" -> primaries = (int) number();
          case "database" -> {
            while (nextChild("database")) {
              rows.add(row());
            }
          }
          default -> skip();
        }
      }
      if (primaries <= 0) {
        throw at("an archive has no positive <pdp_per_row>");
      }
      return new Archive(function, primaries, rows);
    }

    private double[] row() throws XMLStreamException {
      double[] values = new double[names.size()];
      int count = 0;
      while (nextChild("row")) {
        double value = number();
        if (count == values.length) {
          throw at("a row has more values than there are data sources (" + values.length + ")");
        }
        values[count++] = value;
        if (++cells > MAX_CELLS) {
          throw at("more than " + MAX_CELLS + " values");
        }
      }
      if (count < values.length) {
        throw at(
            "a row has " + count + " values: expected " + values.length + ", one per data source");
      }
      return values;
    }

    /** Moves to the next child of {@code parent}; returns whether there is one. */
    private boolean nextChild(String parent) throws XMLStreamException {
      while (xml.hasNext()) {
        int event = xml.next();
        if (event == XMLStreamConstants.START_ELEMENT) {
          return true;
        }
        if (event == XMLStreamConstants.END_ELEMENT && xml.getLocalName().equals(parent)) {
          return false;
        }
      }
      return false;
    }

    private void skip() throws XMLStreamException {
      int depth = 1;
      while (depth > 0 && xml.hasNext()) {
        int event = xml.next();
        if (event == XMLStreamConstants.START_ELEMENT) {
          depth++;
        } else if (event == XMLStreamConstants.END_ELEMENT) {
          depth--;
        }
      }
    }

    private double number() throws XMLStreamException {
      String element = xml.getLocalName();
      String text = xml.getElementText().trim();
      try {
        return switch (text) {
          case "NaN", "nan", "-nan", "+NaN" -> Double.NaN;
          case "Infinity", "inf", "INF" -> Double.POSITIVE_INFINITY;
          case "-Infinity", "-inf" -> Double.NEGATIVE_INFINITY;
          default -> Double.parseDouble(text);
        };
      } catch (NumberFormatException notANumber) {
        throw (ImportException)
            at("<" + element + "> holds '" + text + "': expected a number").initCause(notANumber);
      }
    }

    private ImportException at(String what) {
      return SecureXml.at(file, xml, what);
    }
  }
}
