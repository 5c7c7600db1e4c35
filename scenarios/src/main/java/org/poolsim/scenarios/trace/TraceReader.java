// SPDX-License-Identifier: Apache-2.0
package org.poolsim.scenarios.trace;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.poolsim.pool.spec.TimeSeries;
import org.poolsim.scenarios.yaml.InputException;
import org.poolsim.scenarios.yaml.Mistakes;
import org.poolsim.scenarios.yaml.Position;
import org.poolsim.scenarios.yaml.Text;

/**
 * Reads columns of one trace file in one pass. Not thread safe; one reader for each file.
 *
 * <p>Mistakes are collected with line and column until there are twenty.
 */
public final class TraceReader {
  /** Largest file, in bytes. */
  public static final long MAX_BYTES = 256L << 20;

  /** Most rows of a file. */
  public static final int MAX_ROWS = 2_000_000;

  /** Most columns of a file. */
  public static final int MAX_COLUMNS = 20_000;

  /** The step of the PlanetLab files, in nanoseconds. */
  public static final long PLANETLAB_STEP_NANOS = 300_000_000_000L;

  /** The column of a Bitbrains file that is read unless another is named. */
  public static final String BITBRAINS_CPU = "CPU usage [%]";

  private static final String BITBRAINS_MHZ = "CPU usage [MHZ]";
  private static final String BITBRAINS_CAPACITY = "CPU capacity provisioned [MHZ]";
  private static final int MOST_MISTAKES = 20;
  // Later than the year 5000 in seconds, before 1975 in milliseconds.
  private static final double MILLISECONDS_FROM = 1e11;

  private final String name;
  private final TraceOptions options;
  private final Mistakes mistakes;
  private final int mistakesBefore;

  private List<String> header = List.of();
  private Format format;
  private int timeColumn;
  private long unitNanos;
  private double firstTime = Double.NaN;
  private long lastNanos;
  private int row;

  private TraceReader(String name, TraceOptions options, Mistakes mistakes) {
    this.name = name;
    this.options = options;
    this.mistakes = mistakes;
    this.mistakesBefore = mistakes.count();
    this.unitNanos = options.timeUnitNanos();
  }

  /**
   * Returns the series of columns, in their order; empty if there was a mistake.
   *
   * @param path what to open
   * @param name how messages call it
   * @param columns names of the columns; {@code null} in it is the format's own, or the only one
   * @param asker where the columns are asked for, for messages that are about no line of the file
   */
  public static List<TimeSeries> read(
      Path path,
      String name,
      TraceOptions options,
      List<String> columns,
      Position asker,
      Mistakes mistakes) {
    TraceReader reader = new TraceReader(name, options, mistakes);
    try {
      return reader.read(path, columns, asker);
    } catch (InputException e) {
      mistakes.add(e.mistake().position(), e.mistake().message());
    } catch (IOException | UncheckedIOException e) {
      mistakes.add(asker, name + " " + unreadable(e));
    } catch (CsvParseException e) {
      String cause = e.getCause() == null ? e.getMessage() : e.getCause().getMessage();
      mistakes.add(Position.of(name), "not valid CSV: " + cause);
    }
    return List.of();
  }

  /**
   * Returns the names of a file's columns of numbers; a single {@code null} for PlanetLab's one
   * column without a name, nothing after a mistake.
   */
  public static List<String> columns(
      Path path, String name, TraceOptions options, Mistakes mistakes) {
    Position whole = Position.of(name);
    try {
      if (!Files.isRegularFile(path)) {
        mistakes.add(whole, (Files.exists(path) ? "not a file: " : "no such file: ") + name);
        return List.of();
      }
      TraceReader reader = new TraceReader(name, options, mistakes);
      String first = firstLine(path);
      reader.format = options.format() == Format.AUTO ? detect(first) : options.format();
      if (reader.format == Format.PLANETLAB) {
        return Collections.singletonList(null);
      }
      try (CsvReader<CsvRecord> csv =
              CsvReader.builder()
                  .fieldSeparator(reader.separator(first))
                  .detectBomHeader(true)
                  .skipEmptyLines(true)
                  .ofCsvRecord(path, StandardCharsets.UTF_8);
          CloseableIterator<CsvRecord> records = csv.iterator()) {
        if (!records.hasNext()) {
          throw new InputException(whole, "the file holds nothing");
        }
        reader.header(records.next());
      }
      List<String> columns = new ArrayList<>(reader.header);
      columns.remove(reader.timeColumn);
      return Collections.unmodifiableList(columns);
    } catch (InputException e) {
      mistakes.add(e.mistake().position(), e.mistake().message());
    } catch (IOException | UncheckedIOException e) {
      mistakes.add(whole, unreadable(e));
    } catch (CsvParseException e) {
      mistakes.add(whole, "not valid CSV: " + e.getMessage());
    }
    return List.of();
  }

  private static String unreadable(Exception e) {
    boolean denied =
        e instanceof AccessDeniedException || e.getCause() instanceof AccessDeniedException;
    return "cannot be read: " + (denied ? "access denied" : e.getMessage());
  }

  private List<TimeSeries> read(Path path, List<String> columns, Position asker)
      throws IOException, InputException {
    if (!Files.isRegularFile(path)) {
      throw new InputException(
          asker, (Files.exists(path) ? "not a file: " : "no such file: ") + name);
    }
    long bytes = Files.size(path);
    if (bytes > MAX_BYTES) {
      throw new InputException(
          Position.of(name),
          String.format(
              Locale.ROOT,
              "the file has %d MiB, the limit is %d MiB",
              bytes >> 20,
              MAX_BYTES >> 20));
    }
    String first = firstLine(path);
    format = options.format() == Format.AUTO ? detect(first) : options.format();
    CsvReader.CsvReaderBuilder builder =
        CsvReader.builder()
            .fieldSeparator(separator(first))
            .detectBomHeader(true)
            .skipEmptyLines(true)
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE);
    try (CsvReader<CsvRecord> csv = builder.ofCsvRecord(path, StandardCharsets.UTF_8);
        CloseableIterator<CsvRecord> records = csv.iterator()) {
      if (!records.hasNext()) {
        throw new InputException(Position.of(name), "the file holds nothing");
      }
      if (format == Format.PLANETLAB) {
        return planetlab(records, columns, asker);
      }
      header(records.next());
      return table(records, columns, asker);
    }
  }

  /** Returns the first line that says something, at most 64 Ki characters of it. */
  private static String firstLine(Path path) throws IOException {
    char[] start = new char[1 << 16];
    int length;
    try (BufferedReader reader = Files.newBufferedReader(path, StandardCharsets.ISO_8859_1)) {
      length = reader.read(start);
    }
    String text = length <= 0 ? "" : new String(start, 0, length);
    return text.startsWith("\u00EF\u00BB\u00BF")
        ? text.substring(3).lines().findFirst().orElse("")
        : text.lines().filter(line -> !line.isBlank()).findFirst().orElse("");
  }

  private static Format detect(String first) {
    if (first.startsWith("Timestamp [ms]")) {
      return Format.BITBRAINS;
    }
    return first.strip().matches("[0-9]+(\\.[0-9]+)?") ? Format.PLANETLAB : Format.CSV;
  }

  private char separator(String first) {
    char best = ',';
    long most = 0;
    for (char candidate : new char[] {',', ';', '\t'}) {
      long count = first.chars().filter(c -> c == candidate).count();
      if (count > most || (count == most && most > 0 && candidate == ';')) {
        most = count;
        best = candidate;
      }
    }
    return format == Format.BITBRAINS ? ';' : best;
  }

  private List<TimeSeries> planetlab(
      CloseableIterator<CsvRecord> records, List<String> columns, Position asker)
      throws InputException {
    for (String column : columns) {
      if (column != null) {
        throw new InputException(
            asker,
            "column \"" + Text.shorten(column) + "\": " + name + " has one column without a name");
      }
    }
    SeriesBuilder series = new SeriesBuilder();
    while (records.hasNext() && goesOn(records)) {
      CsvRecord record = records.next();
      if (record.getFieldCount() != 1) {
        mistake(record, 1, "found " + record.getFieldCount() + " values, expected one a line");
        continue;
      }
      double value = number(record, 0);
      series.add(row * PLANETLAB_STEP_NANOS, value / (options.full() > 0 ? options.full() : 100));
      row++;
    }
    return finish(columns.stream().map(column -> series).toList());
  }

  private void header(CsvRecord record) throws InputException {
    if (record.getFieldCount() > MAX_COLUMNS) {
      throw new InputException(
          at(record, 0), record.getFieldCount() + " columns, the limit is " + MAX_COLUMNS);
    }
    header = record.getFields().stream().map(String::strip).toList();
    if (format == Format.BITBRAINS) {
      timeColumn = 0;
      unitNanos = 0; // seconds or milliseconds, told from the first value
      return;
    }
    if (header.stream().allMatch(field -> field.matches("-?[0-9.]+"))) {
      throw new InputException(
          at(record, 0), "the first line holds numbers, expected the names of the columns");
    }
    if (header.size() < 2) {
      throw new InputException(
          at(record, 0), "one column, expected a column of time and at least one of numbers");
    }
    if (options.timeColumn() != null) {
      timeColumn = column(options.timeColumn(), Position.of(name));
    }
  }

  private int column(String wanted, Position asker) throws InputException {
    int index = header.indexOf(wanted.strip());
    if (index < 0) {
      throw new InputException(
          asker,
          "no column \"" + Text.shorten(wanted) + "\" in " + name + Text.suggest(wanted, header));
    }
    return index;
  }

  private List<TimeSeries> table(
      CloseableIterator<CsvRecord> records, List<String> columns, Position asker)
      throws InputException {
    Map<Integer, SeriesBuilder> series = new LinkedHashMap<>();
    List<SeriesBuilder> asked = new ArrayList<>();
    for (String column : columns) {
      int index = column == null ? ownColumn(asker) : column(column, asker);
      if (index == timeColumn) {
        throw new InputException(
            asker, "column \"" + header.get(index) + "\" of " + name + " is the time");
      }
      asked.add(series.computeIfAbsent(index, i -> new SeriesBuilder()));
    }
    int[] indices = series.keySet().stream().mapToInt(Integer::intValue).toArray();
    SeriesBuilder[] builders = series.values().toArray(new SeriesBuilder[0]);
    while (records.hasNext() && goesOn(records)) {
      CsvRecord record = records.next();
      if (record.getFieldCount() != header.size()) {
        mistake(
            record,
            0,
            "found "
                + record.getFieldCount()
                + " values, expected "
                + header.size()
                + " as in the header");
        continue;
      }
      long time = time(record);
      for (int i = 0; i < indices.length && time >= 0; i++) {
        double value = number(record, indices[i]);
        if (!Double.isNaN(value)) {
          builders[i].add(time, value / full(record, indices[i]));
        }
      }
      row++;
    }
    return finish(asked);
  }

  private int ownColumn(Position asker) throws InputException {
    if (format == Format.BITBRAINS) {
      return column(BITBRAINS_CPU, asker);
    }
    if (header.size() == 2) {
      return timeColumn == 0 ? 1 : 0;
    }
    throw new InputException(
        asker,
        name
            + " has "
            + (header.size() - 1)
            + " columns of numbers, expected column: and the name of one, such as "
            + header.get(timeColumn == 0 ? 1 : 0));
  }

  private double full(CsvRecord record, int index) {
    if (options.full() > 0) {
      return options.full();
    }
    if (format == Format.BITBRAINS && header.get(index).equalsIgnoreCase(BITBRAINS_MHZ)) {
      int capacity = header.indexOf(BITBRAINS_CAPACITY);
      double hertz = capacity < 0 ? 0 : number(record, capacity);
      return hertz > 0 ? hertz : Double.POSITIVE_INFINITY;
    }
    return 100;
  }

  /** Returns nanoseconds since the first row, or -1 after a mistake. */
  private long time(CsvRecord record) {
    String text = record.getField(timeColumn).strip();
    double raw;
    if (text.indexOf('T') > 0) {
      raw = instant(record, text);
    } else {
      raw = number(record, timeColumn);
      if (unitNanos == 0) {
        unitNanos = raw >= MILLISECONDS_FROM ? 1_000_000 : 1_000_000_000L;
      }
    }
    if (Double.isNaN(raw)) {
      if (text.isEmpty()) {
        mistake(record, timeColumn, "the time is missing");
      }
      return -1;
    }
    if (Double.isNaN(firstTime)) {
      firstTime = raw;
    }
    double nanos = (raw - firstTime) * unitNanos;
    if (nanos < lastNanos || nanos > Long.MAX_VALUE / 2.0) {
      mistake(
          record,
          timeColumn,
          "time " + Text.shorten(text) + " runs backwards or too far, expected the rows in order");
      return -1;
    }
    lastNanos = Math.round(nanos);
    return lastNanos;
  }

  private double instant(CsvRecord record, String text) {
    try {
      Instant instant = Instant.parse(text);
      unitNanos = 1_000_000_000L;
      return instant.getEpochSecond() + instant.getNano() / 1e9;
    } catch (DateTimeException e) {
      mistake(
          record,
          timeColumn,
          "\"" + Text.shorten(text) + "\" is not a time such as 2026-01-31T12:00:00Z");
      return Double.NaN;
    }
  }

  /** Returns a number; NaN for an empty field, or after a mistake. */
  private double number(CsvRecord record, int index) {
    String text = record.getField(index).strip();
    if (text.isEmpty()) {
      return Double.NaN;
    }
    boolean digits = true;
    for (int i = 0; i < text.length(); i++) {
      digits &= "0123456789.eE+-".indexOf(text.charAt(i)) >= 0;
    }
    try {
      double value = digits ? Double.parseDouble(text) : Double.NaN;
      if (value >= 0 && value < Double.POSITIVE_INFINITY) {
        return value;
      }
      mistake(
          record,
          index,
          "\"" + Text.shorten(text) + "\" is not a number of 0 or more" + inColumn(index));
    } catch (NumberFormatException e) {
      mistake(record, index, "\"" + Text.shorten(text) + "\" is not a number" + inColumn(index));
    }
    return Double.NaN;
  }

  private String inColumn(int index) {
    return index < header.size() ? " (column \"" + Text.shorten(header.get(index)) + "\")" : "";
  }

  private boolean goesOn(CloseableIterator<CsvRecord> records) throws InputException {
    if (row >= MAX_ROWS) {
      throw new InputException(at(records.next(), 0), "more than " + MAX_ROWS + " rows");
    }
    return mistakes.count() - mistakesBefore < MOST_MISTAKES;
  }

  private List<TimeSeries> finish(List<SeriesBuilder> series) {
    if (mistakes.count() > mistakesBefore) {
      return List.of();
    }
    List<TimeSeries> finished = new ArrayList<>();
    Map<SeriesBuilder, TimeSeries> done = new LinkedHashMap<>();
    for (SeriesBuilder builder : series) {
      if (builder.size() == 0) {
        mistakes.add(Position.of(name), "a column that is asked for holds no number");
        return List.of();
      }
      finished.add(done.computeIfAbsent(builder, b -> b.from(options.fromNanos())));
    }
    return finished;
  }

  private Position at(CsvRecord record, int index) {
    int column = 1;
    for (int i = 0; i < index && i < record.getFieldCount(); i++) {
      column += record.getField(i).length() + 1;
    }
    return new Position(name, (int) record.getStartingLineNumber(), column);
  }

  private void mistake(CsvRecord record, int index, String message) {
    Position start = at(record, index);
    String field = index < record.getFieldCount() ? record.getField(index) : "";
    int blank = field.length() - field.stripLeading().length();
    mistakes.add(new Position(start.file(), start.line(), start.column() + blank), message);
  }
}
