// SPDX-License-Identifier: Apache-2.0
package org.poolsim.scenarios.imports;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The tables of a pool's database ({@code state.db}, {@code xe pool-dump-database}), as far as an
 * import needs them.
 *
 * <p>Columns and tables come and go with the versions of xapi: what is not there reads as absent,
 * what is not known is ignored, and references that lead nowhere are treated as none.
 */
public final class XapiDatabase {
  private final Path file;
  private final Map<String, String> manifest = new LinkedHashMap<>();
  private final Map<String, Map<String, Row>> tables = new LinkedHashMap<>();

  XapiDatabase(Path file) {
    this.file = file;
  }

  /**
   * Reads a database.
   *
   * @throws ImportException if the file is not one, is truncated or exceeds a limit
   */
  public static XapiDatabase read(Path file) throws java.io.IOException {
    return XapiDatabaseReader.read(file);
  }

  /** Returns the pairs of the manifest: schema_major_vsn, schema_minor_vsn, generation_count ... */
  public Map<String, String> manifest() {
    return manifest;
  }

  /**
   * Returns the schema as {@code major.minor}, or {@code unknown} (hand-made files have no
   * manifest).
   */
  public String schema() {
    String major = manifest.get("schema_major_vsn");
    String minor = manifest.get("schema_minor_vsn");
    return major == null || minor == null ? "unknown" : major + "." + minor;
  }

  /** Returns the rows of a table in the order of the file; none if there is no such table. */
  public List<Row> rows(String table) {
    Map<String, Row> rows = tables.get(table);
    return rows == null ? new ArrayList<>() : new ArrayList<>(rows.values());
  }

  /** Returns the rows of a table by the text of a column, each list in the order of the file. */
  Map<String, List<Row>> grouped(String table, String column) {
    Map<String, List<Row>> groups = new LinkedHashMap<>();
    for (Row row : rows(table)) {
      groups.computeIfAbsent(row.text(column, ""), key -> new ArrayList<>()).add(row);
    }
    return groups;
  }

  /** Returns the file that it was read from. */
  Path file() {
    return file;
  }

  /** Returns the row that a reference of {@code from} leads to, if there is one. */
  public Optional<Row> follow(Row from, String column, String table) {
    return find(table, from.text(column, ""));
  }

  /** Returns the row of a table with a reference, if there is one. */
  public Optional<Row> find(String table, String reference) {
    Map<String, Row> rows = tables.get(table);
    return rows == null ? Optional.empty() : Optional.ofNullable(rows.get(reference));
  }

  /** Adds a row; returns whether its reference was new. */
  boolean add(String table, String reference, int line, Map<String, String> columns) {
    return tables
            .computeIfAbsent(table, name -> new LinkedHashMap<>())
            .putIfAbsent(reference, new Row(table, reference, line, columns))
        == null;
  }

  /** One object: its columns, read on demand with errors that name the place. */
  public final class Row {
    private final String table;
    private final String reference;
    private final int line;
    private final Map<String, String> columns;

    Row(String table, String reference, int line, Map<String, String> columns) {
      this.table = table;
      this.reference = reference;
      this.line = line;
      this.columns = columns;
    }

    /** Returns the opaque reference. */
    public String reference() {
      return reference;
    }

    /** Returns the uuid; empty if the row has none. */
    public String uuid() {
      return text("uuid", "");
    }

    /** Returns the label that people gave, or the uuid where it is empty. */
    public String label() {
      String label = text("name__label", text("name_label", ""));
      return label.isBlank() ? uuid() : label;
    }

    /** Returns whether the column is there and not empty. */
    public boolean has(String column) {
      String value = columns.get(column);
      return value != null && !value.isEmpty();
    }

    /** Returns a column, its escapes undone, or {@code absent}. */
    public String text(String column, String absent) {
      String value = columns.get(column);
      return value == null ? absent : XapiText.unescape(value);
    }

    /** Returns a truth value; absent is false. */
    public boolean is(String column) {
      String value = text(column, "false");
      return switch (value) {
        case "true", "1" -> true;
        case "false", "0", "" -> false;
        default -> throw wrong(column, value, "true or false");
      };
    }

    /** Returns a whole number, or {@code absent}. */
    public long number(String column, long absent) {
      String value = text(column, "").trim();
      if (value.isEmpty()) {
        return absent;
      }
      try {
        return Long.parseLong(value);
      } catch (NumberFormatException notWhole) {
        throw (ImportException) wrong(column, value, "a whole number").initCause(notWhole);
      }
    }

    /** Returns a set column; absent is empty. */
    public List<String> set(String column) {
      String value = text(column, "");
      try {
        return XapiText.set(value);
      } catch (IllegalArgumentException malformed) {
        throw (ImportException) wrong(column, value, malformed.getMessage()).initCause(malformed);
      }
    }

    /** Returns a map column; absent is empty. */
    public Map<String, String> map(String column) {
      String value = text(column, "");
      try {
        return XapiText.map(value);
      } catch (IllegalArgumentException malformed) {
        throw (ImportException) wrong(column, value, malformed.getMessage()).initCause(malformed);
      }
    }

    ImportException wrong(String column, String value, String expected) {
      String shown = value.length() > 60 ? value.substring(0, 57) + "..." : value;
      return new ImportException(
          file
              + ":"
              + line
              + ":1: table "
              + table
              + ", row "
              + uuidOrReference()
              + ", column "
              + column
              + ": '"
              + shown
              + "' is wrong: expected "
              + expected);
    }

    private String uuidOrReference() {
      return uuid().isEmpty() ? reference : uuid();
    }
  }
}
