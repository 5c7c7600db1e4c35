// SPDX-License-Identifier: Apache-2.0
package org.poolsim.scenarios.imports;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads the XML of a pool database in one pass: no document type, no external entities, every size
 * limited.
 */
final class XapiDatabaseReader {
  private static final long MAX_FILE_BYTES = 512L << 20;
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
    return SecureXml.read(
        file,
        MAX_FILE_BYTES,
        "XML pool database",
        xml -> new XapiDatabaseReader(file, xml).database());
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
    return SecureXml.at(file, xml, what);
  }
}
