// SPDX-License-Identifier: Apache-2.0
package org.poolsim.reports.export;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.poolsim.engine.data.Description;
import org.poolsim.reports.rrd.ArchiveDefinition;
import org.poolsim.reports.rrd.ConsolidationFunction;
import org.poolsim.reports.rrd.Rrd;
import org.poolsim.reports.rrd.SourceDefinition;

/** Reads the XML that {@link RrdDump} writes. Document types and entities are off. */
public final class RrdXmlReader {
  private static final long BYTES_MAX = 512L << 20;
  private static final int CELLS_MAX = 200_000_000;

  private final Path file;
  private final XMLStreamReader xml;
  private double lastUpdate;
  private final List<SourceDefinition> sources = new ArrayList<>();
  private final List<StoredRrd.Open> open = new ArrayList<>();
  private final List<ArchiveDefinition> archives = new ArrayList<>();
  private final List<StoredRrd.Rows> rows = new ArrayList<>();

  private RrdXmlReader(Path file, XMLStreamReader xml) {
    this.file = file;
    this.xml = xml;
  }

  /**
   * Reads a dump.
   *
   * @throws IOException if the file cannot be read, is larger than 512 MiB or is no dump; the
   *     message names file, line and column
   */
  public static Rrd read(Path file) throws IOException {
    if (Files.size(file) > BYTES_MAX) {
      throw new IOException(file + ": is larger than " + BYTES_MAX + " bytes");
    }
    XMLInputFactory factory = XMLInputFactory.newFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    try (InputStream in = Files.newInputStream(file)) {
      XMLStreamReader xml = factory.createXMLStreamReader(in);
      return new RrdXmlReader(file, xml).read();
    } catch (XMLStreamException e) {
      throw new IOException(
          file
              + ":"
              + e.getLocation().getLineNumber()
              + ":"
              + e.getLocation().getColumnNumber()
              + ": not an RRD dump: "
              + e.getMessage(),
          e);
    }
  }

  private Rrd read() throws XMLStreamException, IOException {
    expect("rrd");
    while (xml.nextTag() == XMLStreamReader.START_ELEMENT) {
      switch (xml.getLocalName()) {
        case "lastupdate" -> lastUpdate = number(xml.getElementText());
        case "ds" -> source();
        case "rra" -> archive();
        default -> xml.getElementText();
      }
    }
    return new StoredRrd(lastUpdate, sources, open, archives, rows);
  }

  private void expect(String name) throws XMLStreamException, IOException {
    xml.nextTag();
    if (!xml.getLocalName().equals(name)) {
      throw wrong("is <" + xml.getLocalName() + ">, expected <" + name + ">");
    }
  }

  private void source() throws XMLStreamException, IOException {
    String name = "";
    Description.Type type = Description.Type.GAUGE;
    double heartbeat = SourceDefinition.HEARTBEAT_SECONDS;
    double min = Double.NEGATIVE_INFINITY;
    double max = Double.POSITIVE_INFINITY;
    String last = "0.0";
    double value = 0;
    double unknown = 0;
    while (xml.nextTag() == XMLStreamReader.START_ELEMENT) {
      String element = xml.getLocalName();
      String text = xml.getElementText();
      switch (element) {
        case "name" -> name = text;
        case "type" -> type = type(text);
        case "minimal_heartbeat" -> heartbeat = number(text);
        case "min" -> min = number(text);
        case "max" -> max = number(text);
        case "last_ds" -> last = text;
        case "value" -> value = number(text);
        case "unknown_sec" -> unknown = number(text);
        default -> {
          // last_updated of archive files: one time serves all sources here
        }
      }
    }
    sources.add(new SourceDefinition(name, type, heartbeat, min, max, false, false));
    open.add(new StoredRrd.Open(last, value, unknown));
  }

  private Description.Type type(String text) throws IOException {
    for (Description.Type type : Description.Type.values()) {
      if (type.name().equals(text)) {
        return type;
      }
    }
    throw wrong("the type is " + text + ", expected GAUGE, DERIVE or ABSOLUTE");
  }

  private void archive() throws XMLStreamException, IOException {
    ConsolidationFunction function = null;
    int pdps = 1;
    double xff = 0.5;
    double[] values = new double[sources.size()];
    int[] unknown = new int[sources.size()];
    float[] cells = new float[120 * sources.size()];
    int size = 0;
    while (xml.nextTag() == XMLStreamReader.START_ELEMENT) {
      switch (xml.getLocalName()) {
        case "cf" -> function = function(xml.getElementText());
        case "pdp_per_row" -> pdps = (int) number(xml.getElementText());
        case "params" -> {
          expect("xff");
          xff = number(xml.getElementText());
          xml.nextTag();
        }
        case "cdp_prep" -> openRows(values, unknown);
        case "database" -> {
          while (xml.nextTag() == XMLStreamReader.START_ELEMENT) {
            int start = size;
            while (xml.nextTag() == XMLStreamReader.START_ELEMENT) {
              if (size == cells.length) {
                if (size > CELLS_MAX) {
                  throw wrong("has more than " + CELLS_MAX + " cells");
                }
                cells = Arrays.copyOf(cells, size * 2);
              }
              cells[size++] = (float) number(xml.getElementText());
            }
            if (size - start != sources.size()) {
              throw wrong("a row of " + (size - start) + " values for " + sources.size());
            }
          }
        }
        default -> throw wrong("<" + xml.getLocalName() + "> is unknown in <rra>");
      }
    }
    if (function == null || sources.isEmpty()) {
      throw wrong("an archive has a <cf>, and sources before it");
    }
    try {
      archives.add(new ArchiveDefinition(function, size / sources.size(), pdps, xff));
    } catch (IllegalArgumentException e) {
      throw wrong(e.getMessage());
    }
    rows.add(new StoredRrd.Rows(values, unknown, Arrays.copyOf(cells, size)));
  }

  private void openRows(double[] values, int[] unknown) throws XMLStreamException, IOException {
    int source = 0;
    while (xml.nextTag() == XMLStreamReader.START_ELEMENT) {
      while (xml.nextTag() == XMLStreamReader.START_ELEMENT) {
        String element = xml.getLocalName();
        String text = xml.getElementText();
        if (source < values.length) {
          if (element.equals("value")) {
            values[source] = number(text);
          } else if (element.equals("unknown_datapoints")) {
            unknown[source] = (int) number(text);
          }
        }
      }
      source++;
    }
  }

  private ConsolidationFunction function(String text) throws IOException {
    for (ConsolidationFunction function : ConsolidationFunction.values()) {
      if (function.name().equals(text)) {
        return function;
      }
    }
    throw wrong("the cf is " + text + ", expected AVERAGE, MIN, MAX or LAST");
  }

  private double number(String text) throws IOException {
    try {
      return Double.parseDouble(text.strip());
    } catch (NumberFormatException e) {
      throw wrong("\"" + text + "\" is not a number");
    }
  }

  private IOException wrong(String what) {
    return new IOException(
        file
            + ":"
            + xml.getLocation().getLineNumber()
            + ":"
            + xml.getLocation().getColumnNumber()
            + ": "
            + what);
  }
}
