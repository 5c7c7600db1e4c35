// SPDX-License-Identifier: Apache-2.0
package org.poolsim.scenarios.imports;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.poolsim.scenarios.imports.RrdBackup.Archive;
import org.poolsim.scenarios.yaml.Text;

/**
 * Data sources of an RRD backup as one course of time: the averages of the finest archive as far
 * back as it reaches, before it those of the next coarser one.
 *
 * @param names the data sources
 * @param times the beginning of each interval, in Unix seconds, rising
 * @param values by data source and row; NaN is a hole
 */
@SuppressWarnings("ArrayRecordComponent") // Read only, and compared by nobody.
public record RrdHistory(List<String> names, long[] times, double[][] values) {

  /**
   * Takes data sources out of a backup.
   *
   * @param file how messages call the backup
   * @param wanted names of data sources; empty for CPU usage: {@code cpu_usage}, a host's {@code
   *     cpu_avg}, or else the mean of {@code cpu0}, {@code cpu1} and so on
   * @throws ImportException if there is no such data source, or no value of it at all
   */
  public static RrdHistory of(String file, RrdBackup backup, List<String> wanted) {
    List<String> names = new ArrayList<>(wanted);
    if (names.isEmpty()) {
      for (String usual : List.of("cpu_usage", "cpu_avg")) {
        if (names.isEmpty() && backup.names().contains(usual)) {
          names.add(usual);
        }
      }
    }
    boolean mean = names.isEmpty();
    int[] columns =
        mean
            ? IntStream.range(0, backup.names().size())
                .filter(i -> backup.names().get(i).matches("cpu[0-9]+"))
                .toArray()
            : names.stream().mapToInt(name -> column(file, backup, name)).toArray();
    if (columns.length == 0) {
      throw new ImportException(
          file
              + ": no data source of CPU usage, expected --ds and the name of one: "
              + String.join(", ", backup.names().stream().limit(12).toList()));
    }
    if (mean) {
      names.add("cpu_usage");
    }
    return merged(file, backup, names, columns, mean);
  }

  private static int column(String file, RrdBackup backup, String name) {
    int index = backup.names().indexOf(name);
    if (index < 0) {
      throw new ImportException(
          file
              + ": no data source \""
              + Text.shorten(name)
              + "\""
              + Text.suggest(name, backup.names()));
    }
    return index;
  }

  private static RrdHistory merged(
      String file, RrdBackup backup, List<String> names, int[] columns, boolean mean) {
    List<Archive> archives =
        new ArrayList<>(
            backup.archives().stream()
                .filter(archive -> archive.function().equals("AVERAGE"))
                .toList());
    archives.sort(Comparator.comparingInt(Archive::primariesPerRow));
    TreeMap<Long, double[]> rows = new TreeMap<>();
    long before = Long.MAX_VALUE;
    for (Archive archive : archives) {
      long rowSeconds = archive.primariesPerRow() * backup.stepSeconds();
      long earliest = before;
      for (int i = 0; i < archive.rows().size(); i++) {
        double[] values = take(archive.rows().get(i), columns, mean);
        long end = backup.rowTime(archive, i);
        boolean known = false;
        for (double value : values) {
          known |= !Double.isNaN(value);
        }
        // A row that reaches into the finer archive holds until that begins. Rows from before the
        // first known value are left to a coarser archive, which may know more.
        if (end - rowSeconds < before && (known || earliest < before)) {
          rows.put(end - rowSeconds, values);
          earliest = Math.min(earliest, end - rowSeconds);
        }
      }
      before = earliest;
    }
    if (rows.isEmpty()) {
      throw new ImportException(
          file + ": no average of " + String.join(", ", names) + " is known at any time");
    }
    long[] times = rows.keySet().stream().mapToLong(Long::longValue).toArray();
    double[][] values = new double[names.size()][times.length];
    int row = 0;
    for (double[] one : rows.values()) {
      for (int column = 0; column < one.length; column++) {
        values[column][row] = one[column];
      }
      row++;
    }
    return new RrdHistory(List.copyOf(names), times, values);
  }

  private static double[] take(double[] row, int[] columns, boolean mean) {
    double[] values = new double[mean ? 1 : columns.length];
    int known = 0;
    double sum = 0;
    for (int i = 0; i < columns.length; i++) {
      double value = row[columns[i]];
      value = value >= 0 && value < Double.POSITIVE_INFINITY ? value : Double.NaN;
      if (!mean) {
        values[i] = value;
      } else if (!Double.isNaN(value)) {
        sum += value;
        known++;
      }
    }
    if (mean) {
      values[0] = known == 0 ? Double.NaN : sum / known;
    }
    return values;
  }

  /** Returns the number of rows in which a data source is not known. */
  public int holes(int column) {
    int holes = 0;
    for (double value : values[column]) {
      holes += Double.isNaN(value) ? 1 : 0;
    }
    return holes;
  }

  /** Returns the mean of a data source over time, holes left out; NaN if nothing is known. */
  public double mean(int column) {
    double sum = 0;
    double seconds = 0;
    for (int i = 0; i < times.length; i++) {
      double length =
          i + 1 < times.length ? times[i + 1] - times[i] : i > 0 ? times[i] - times[i - 1] : 1;
      if (!Double.isNaN(values[column][i])) {
        sum += values[column][i] * length;
        seconds += length;
      }
    }
    return sum / seconds;
  }

  /** Returns the largest value of a data source; NaN if nothing is known. */
  public double max(int column) {
    double max = Double.NaN;
    for (double value : values[column]) {
      max = Double.isNaN(max) || value > max ? value : max;
    }
    return max;
  }

  /** Returns a CSV trace: the time in Unix seconds, then the data sources; a hole is empty. */
  public String csv() {
    StringBuilder text = new StringBuilder("time");
    names.forEach(name -> text.append(',').append(quoted(name)));
    text.append('\n');
    for (int row = 0; row < times.length; row++) {
      text.append(times[row]);
      for (double[] column : values) {
        text.append(',');
        if (!Double.isNaN(column[row])) {
          text.append(column[row]);
        }
      }
      text.append('\n');
    }
    return text.toString();
  }

  private static String quoted(String name) {
    return name.matches("[^\",\r\n]*") ? name : '"' + name.replace("\"", "\"\"") + '"';
  }
}
