// SPDX-License-Identifier: Apache-2.0
package org.poolsim.reports.export;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.poolsim.engine.data.Description;
import org.poolsim.engine.data.Owner;
import org.poolsim.reports.rrd.NumberText;
import org.poolsim.reports.rrd.ObjectRecord;
import org.poolsim.reports.rrd.Recorder;

/**
 * The time series in a run's folder.
 *
 * <pre>
 * rrd/host-UUID.xml, rrd/vm-UUID.xml, rrd/sr-UUID.xml   as a real host dumps them
 * rrd/rrdtool/...                                       the same with names that rrdtool accepts
 * rrd/sources.csv                                       both names, units and texts of all sources
 * series.parquet                                        the whole run at one step
 * </pre>
 */
public final class SeriesFiles {
  private static final String FOLDER = "rrd";
  private static final String SOURCES = "sources.csv";

  private SeriesFiles() {}

  /**
   * Writes everything a finished recorder holds into a run's folder, on as many cores as there are.
   *
   * @param run an existing folder
   */
  public static void write(Recorder recorder, Path run) throws IOException {
    Path folder = run.resolve(FOLDER);
    Path safe = folder.resolve("rrdtool");
    Files.createDirectories(safe);
    List<ObjectRecord> objects = recorder.objects();
    try (FileWorkers workers = new FileWorkers()) {
      if (recorder.options().historyStepSeconds() > 0) {
        workers.begin(
            () -> SeriesTable.parquet(objects, recorder.options(), run.resolve("series.parquet")));
      }
      workers.beginEach(objects, () -> dumps(folder, safe));
      sources(objects, folder.resolve(SOURCES));
      workers.finish();
    }
  }

  /** Returns what writes both dumps of one object after the other; not to be shared by threads. */
  private static FileWorkers.Each<ObjectRecord> dumps(Path folder, Path safe) {
    TextBuffer text = new TextBuffer();
    TextBuffer safeHead = new TextBuffer();
    return object -> {
      String file = fileName(object.owner());
      List<String> names = RrdDump.names(object);
      text.clear();
      RrdDump.head(object, names, false, text);
      int head = text.length();
      RrdDump.archives(object, text);
      safeHead.clear();
      write(folder.resolve(file), safeHead, 0, text);
      List<String> safeNames = SafeNames.of(names);
      if (safeNames.equals(names)) {
        write(safe.resolve(file), safeHead, 0, text);
      } else {
        RrdDump.head(object, safeNames, false, safeHead);
        write(safe.resolve(file), safeHead, head, text);
      }
    };
  }

  /** Writes a beginning and what follows from a place of a text on. */
  private static void write(Path file, TextBuffer begin, int from, TextBuffer text)
      throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      out.write(begin.bytes(), 0, begin.length());
      out.write(text.bytes(), from, text.length() - from);
    }
  }

  private static void sources(List<ObjectRecord> objects, Path file) throws IOException {
    try (CsvWriter csv = CsvWriter.builder().build(file)) {
      csv.writeRecord(
          "kind", "uuid", "name", "source", "rrdtool_name", "units", "type", "min", "max", "text");
      for (ObjectRecord object : objects) {
        List<Description> descriptions = object.descriptions();
        List<String> names = SafeNames.of(descriptions.stream().map(Description::name).toList());
        for (int i = 0; i < descriptions.size(); i++) {
          Description description = descriptions.get(i);
          csv.writeRecord(
              word(object.owner().kind()),
              object.owner().uuid(),
              object.owner().name(),
              description.name(),
              names.get(i),
              description.units(),
              description.type().name(),
              NumberText.of(description.min()),
              NumberText.of(description.max()),
              description.text());
        }
      }
    }
  }

  /**
   * Reads the databases of a run's folder, hosts first, then VMs, then SRs.
   *
   * @throws IOException if a file is missing or wrong; the message names it
   */
  public static List<StoredObject> read(Path run) throws IOException {
    Path folder = run.resolve(FOLDER);
    Path list = folder.resolve(SOURCES);
    if (!Files.isRegularFile(list)) {
      throw new IOException(list + ": is missing; expected a run's folder");
    }
    Map<Owner, Map<String, Text>> owners = new LinkedHashMap<>();
    try (CsvReader<NamedCsvRecord> csv = CsvReader.builder().ofNamedCsvRecord(list)) {
      for (NamedCsvRecord line : csv) {
        Owner owner = owner(list, line);
        owners
            .computeIfAbsent(owner, o -> new LinkedHashMap<>())
            .put(line.getField("source"), new Text(line.getField("units"), line.getField("text")));
      }
    }
    List<StoredObject> objects = new ArrayList<>();
    for (Map.Entry<Owner, Map<String, Text>> entry : owners.entrySet()) {
      Path file = folder.resolve(fileName(entry.getKey()));
      objects.add(
          new StoredObject(
              new RecordedObject(entry.getKey(), RrdXmlReader.read(file)), entry.getValue()));
    }
    return objects;
  }

  /**
   * An object read back.
   *
   * @param object the object and its database
   * @param texts units and texts by source
   */
  public record StoredObject(RecordedObject object, Map<String, Text> texts) {}

  /**
   * What people read about a source.
   *
   * @param units its units
   * @param text one line on it
   */
  public record Text(String units, String text) {}

  private static Owner owner(Path list, NamedCsvRecord line) throws IOException {
    String uuid = line.getField("uuid");
    for (Owner.Kind kind : Owner.Kind.values()) {
      if (word(kind).equals(line.getField("kind")) && uuid.matches("[A-Za-z0-9-]{1,64}")) {
        return new Owner(kind, uuid, line.getField("name"));
      }
    }
    throw new IOException(
        list
            + ":"
            + line.getStartingLineNumber()
            + ":1: is \""
            + line.getField("kind")
            + "\" \""
            + uuid
            + "\", expected host, vm or sr and a uuid");
  }

  private static String fileName(Owner owner) {
    return word(owner.kind()) + "-" + owner.uuid() + ".xml";
  }

  private static String word(Owner.Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }
}
