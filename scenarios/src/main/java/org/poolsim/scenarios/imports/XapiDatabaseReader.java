// SPDX-License-Identifier: Apache-2.0
package org.poolsim.scenarios.imports;

import com.ctc.wstx.api.WstxInputProperties;
import com.ctc.wstx.exc.WstxEOFException;
import com.ctc.wstx.stax.WstxInputFactory;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import javax.xml.stream.Location;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads the XML of a pool database in one pass: no document type, no external entities, every size
 * limited.
 */
final class XapiDatabaseReader {
  private static final long MAX_FILE_BYTES = 512L << 20;
  private static final int MAX_ATTRIBUTE_CHARACTERS = 4 << 20;
  private static final int MAX_ATTRIBUTES = 1_000;
  private static final long MAX_ROWS = 2_000_000;

  /** The tables that an import reads; the others are parsed and dropped. */
  private static final Set<String> TABLES =
      Set.of(
          "host",
          "host_cpu",
          "host_metrics",
          "VM",
          "VM_metrics",
          "VM_guest_metrics",
          "VBD",
          "VDI",
          "SR",
          "PBD",
          "VIF",
          "network",
          "PIF",
          "PIF_metrics",
          "Bond",
          "VLAN",
          "tunnel",
          "PGPU",
          "GPU_group",
          "VGPU",
          "VGPU_type",
          "PCI",
          "pool",
          "VM_appliance",
          "VM_group");

  private final Path file;
  private final XMLStreamReader xml;
  private final XapiDatabase database;
  private long rows;

  private XapiDatabaseReader(Path file, XMLStreamReader xml) {
    this.file = file;
    this.xml = xml;
    this.database = new XapiDatabase(file);
  }

  static XapiDatabase read(Path file) throws IOException {
    long size = Files.size(file);
    if (size > MAX_FILE_BYTES) {
      throw new ImportException(
          file
              + ":1:1: the file has "
              + size
              + " bytes: at most "
              + MAX_FILE_BYTES
              + " were expected of a pool database");
    }
    try (InputStream in = open(file)) {
      XMLStreamReader xml = factory().createXMLStreamReader(in);
      try {
        return new XapiDatabaseReader(file, xml).database();
      } finally {
        xml.close();
      }
    } catch (XMLStreamException malformed) {
      throw malformed(file, malformed);
    }
  }

  private static InputStream open(Path file) throws IOException {
    InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
    in.mark(2);
    boolean gzip = in.read() == 0x1f && in.read() == 0x8b;
    in.reset();
    return gzip ? new GZIPInputStream(in, 1 << 16) : in;
  }

  private static XMLInputFactory factory() {
    WstxInputFactory factory = new WstxInputFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, false);
    factory.setProperty(WstxInputProperties.P_MAX_ATTRIBUTE_SIZE, MAX_ATTRIBUTE_CHARACTERS);
    factory.setProperty(WstxInputProperties.P_MAX_ATTRIBUTES_PER_ELEMENT, MAX_ATTRIBUTES);
    factory.setProperty(WstxInputProperties.P_MAX_ELEMENT_DEPTH, 16);
    factory.setProperty(WstxInputProperties.P_MAX_CHARACTERS, MAX_FILE_BYTES * 2);
    return factory;
  }

  private static ImportException malformed(Path file, XMLStreamException malformed) {
    Location place = malformed.getLocation();
    String text =
        malformed.getMessage() == null ? "" : malformed.getMessage().lines().findFirst().orElse("");
    String at = place == null ? "1:1" : place.getLineNumber() + ":" + place.getColumnNumber();
    String what =
        malformed instanceof WstxEOFException ? "the file ends early: it is truncated" : text;
    return (ImportException)
        new ImportException(file + ":" + at + ": not a complete XML pool database: " + what)
            .initCause(malformed);
  }

  private XapiDatabase database() throws XMLStreamException {
    boolean inside = false;
    String table = null;
    while (xml.hasNext()) {
      int event = xml.next();
      if (event == XMLStreamConstants.DTD) {
        throw at("a document type declaration is not allowed: expected <database>");
      }
      if (event == XMLStreamConstants.ENTITY_REFERENCE) {
        throw at(
            "the entity &" + xml.getLocalName() + "; is not allowed: expected plain attributes");
      }
      if (event == XMLStreamConstants.START_ELEMENT) {
        String element = xml.getLocalName();
        if (!inside) {
          if (!element.equals("database")) {
            throw at("<" + element + "> is not a pool database: expected <database>");
          }
          inside = true;
          continue;
        }
        switch (element) {
          case "table" -> table = attribute("name");
          case "pair" -> database.manifest().put(attribute("key"), attribute("value"));
          case "row" -> row(table);
          case "manifest" -> table = null;
          default ->
              throw at(
                  "<"
                      + element
                      + "> is not known here: expected <manifest>, <table>, <pair> or <row>");
        }
      } else if (event == XMLStreamConstants.END_ELEMENT && xml.getLocalName().equals("table")) {
        table = null;
      }
    }
    if (!inside) {
      throw at("the file is empty: expected <database>");
    }
    return database;
  }

  private void row(String table) {
    if (table == null) {
      throw at("<row> stands outside a <table>");
    }
    if (++rows > MAX_ROWS) {
      throw at("more than " + MAX_ROWS + " rows");
    }
    if (!TABLES.contains(table)) {
      return;
    }
    Map<String, String> columns = new LinkedHashMap<>();
    for (int i = 0; i < xml.getAttributeCount(); i++) {
      columns.put(xml.getAttributeLocalName(i), xml.getAttributeValue(i));
    }
    String reference = columns.getOrDefault("ref", columns.get("_ref"));
    if (reference == null) {
      throw at("a row of table " + table + " has no reference: expected an attribute ref");
    }
    if (!database.add(table, reference, xml.getLocation().getLineNumber(), columns)) {
      throw at("table " + table + " has two rows with the reference " + reference);
    }
  }

  private String attribute(String name) {
    String value = xml.getAttributeValue(null, name);
    if (value == null) {
      throw at("<" + xml.getLocalName() + "> has no attribute " + name);
    }
    return value;
  }

  private ImportException at(String what) {
    Location place = xml.getLocation();
    return new ImportException(
        file + ":" + place.getLineNumber() + ":" + place.getColumnNumber() + ": " + what);
  }
}
