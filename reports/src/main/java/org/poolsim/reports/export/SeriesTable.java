// SPDX-License-Identifier: Apache-2.0
package org.poolsim.reports.export;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.poolsim.engine.data.Description;
import org.poolsim.reports.rrd.History;
import org.poolsim.reports.rrd.NumberText;
import org.poolsim.reports.rrd.ObjectRecord;
import org.poolsim.reports.rrd.RecorderOptions;

/**
 * The histories of all series as one table with a line per row and source: {@code kind, uuid, name,
 * source, units, seconds, value}. {@code seconds} is the simulated time at which the row ends.
 * Unknown rows are left out.
 */
public final class SeriesTable {
  private static final List<String> COLUMNS =
      List.of("kind", "uuid", "name", "source", "units", "seconds", "value");

  private SeriesTable() {}

  @FunctionalInterface
  private interface Line<E extends Exception> {
    /** Tells of a source whose lines follow, if it has any. */
    default void begin() {}

    void write(Description description, double seconds, float value) throws E;
  }

  private static <E extends Exception> void lines(
      List<ObjectRecord> objects, RecorderOptions options, Line<E> line) throws E {
    int step = options.historyStepSeconds();
    for (ObjectRecord object : objects) {
      List<Description> descriptions = object.descriptions();
      for (int i = 0; i < descriptions.size(); i++) {
        History history = object.history(i);
        line.begin();
        for (int row = 0; history != null && row < history.size(); row++) {
          float value = history.row(row);
          if (!Float.isNaN(value)) {
            line.write(descriptions.get(i), (history.firstRow() + row + 1.0) * step, value);
          }
        }
      }
    }
  }

  /** Writes the table as CSV with a head line. */
  public static void csv(List<ObjectRecord> objects, RecorderOptions options, Path file)
      throws IOException {
    try (CsvWriter csv = CsvWriter.builder().build(file)) {
      csv.writeRecord(COLUMNS);
      SeriesTable.<RuntimeException>lines(
          objects,
          options,
          (description, seconds, value) ->
              csv.writeRecord(
                  kind(description),
                  description.owner().uuid(),
                  description.owner().name(),
                  description.name(),
                  description.units(),
                  NumberText.of(seconds),
                  Float.toString(value)));
    }
  }

  /** Writes the table as one Parquet file, in the same order at every run. */
  public static void parquet(List<ObjectRecord> objects, RecorderOptions options, Path file)
      throws IOException {
    Files.deleteIfExists(file);
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute("SET threads = 1");
      // One thread that looks up each row's source leaves the rows in their order, unless the
      // planner turns the join around.
      statement.execute("SET disabled_optimizers = 'join_order,build_side_probe_side'");
      // The words of a source stand once, not in each of its rows.
      statement.execute(
          "CREATE TABLE source (number INTEGER, kind VARCHAR, uuid VARCHAR, name VARCHAR,"
              + " source VARCHAR, units VARCHAR)");
      statement.execute("CREATE TABLE series (number INTEGER, seconds DOUBLE, value FLOAT)");
      DuckDBConnection duck = connection.unwrap(DuckDBConnection.class);
      try (DuckDBAppender sources = duck.createAppender("main", "source");
          DuckDBAppender rows = duck.createAppender("main", "series")) {
        SeriesTable.<SQLException>lines(
            objects,
            options,
            new Line<>() {
              private boolean begun;
              private int number;

              @Override
              public void begin() {
                begun = false;
              }

              @Override
              public void write(Description description, double seconds, float value)
                  throws SQLException {
                if (!begun) {
                  begun = true;
                  number++;
                  source(sources, number, description);
                }
                rows.beginRow();
                rows.append(number);
                rows.append(seconds);
                rows.append(value);
                rows.endRow();
              }
            });
      }
      statement.execute(
          "COPY (SELECT kind, uuid, name, source, units, seconds, value"
              + " FROM series JOIN source USING (number)) TO '"
              + file.toString().replace("'", "''")
              + "' (FORMAT parquet, COMPRESSION zstd)");
    } catch (SQLException e) {
      throw new IOException(file + ": Parquet could not be written: " + e.getMessage(), e);
    }
  }

  private static void source(DuckDBAppender to, int number, Description description)
      throws SQLException {
    to.beginRow();
    to.append(number);
    to.append(kind(description));
    to.append(description.owner().uuid());
    to.append(description.owner().name());
    to.append(description.name());
    to.append(description.units());
    to.endRow();
  }

  private static String kind(Description description) {
    return description.owner().kind().name().toLowerCase(Locale.ROOT);
  }
}
