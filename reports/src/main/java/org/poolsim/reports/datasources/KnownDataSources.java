// SPDX-License-Identifier: Apache-2.0
package org.poolsim.reports.datasources;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.poolsim.engine.data.Description;
import org.poolsim.engine.data.Owner;

/**
 * All data sources known of real hosts, VMs and SRs, and how a run compares with them. The table is
 * {@code known-data-sources.csv} beside this class.
 */
public final class KnownDataSources {
  private KnownDataSources() {}

  /**
   * One line of the comparison.
   *
   * @param source what a real host has
   * @param registered how many sources of a run belong to it; 0 where no model feeds it
   * @param differences in what the run's sources differ in type, units or bounds; empty for none
   */
  public record Line(KnownDataSource source, int registered, List<String> differences) {
    /** Returns whether a model feeds it. */
    public boolean isFed() {
      return registered > 0;
    }
  }

  /**
   * The whole comparison.
   *
   * @param lines one per known source, in the order of the table
   * @param unknown names of registered sources that no real host is known to have
   */
  public record Comparison(List<Line> lines, List<String> unknown) {}

  /** Returns the table. */
  public static List<KnownDataSource> all() {
    List<KnownDataSource> sources = new ArrayList<>();
    try (InputStream in = KnownDataSources.class.getResourceAsStream("known-data-sources.csv");
        CsvReader<NamedCsvRecord> csv =
            CsvReader.builder()
                .ofNamedCsvRecord(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      for (NamedCsvRecord line : csv) {
        sources.add(
            new KnownDataSource(
                Owner.Kind.valueOf(line.getField("kind").toUpperCase(Locale.ROOT)),
                line.getField("name"),
                Description.Type.valueOf(line.getField("type")),
                line.getField("units"),
                bound(line.getField("min"), Double.NEGATIVE_INFINITY),
                bound(line.getField("max"), Double.POSITIVE_INFINITY),
                line.getField("default").equals("yes"),
                line.getField("plugin")));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return sources;
  }

  private static double bound(String text, double none) {
    return text.equals("-") ? none : Double.parseDouble(text);
  }

  /** Compares the sources that a run registers with the table. */
  public static Comparison compare(Collection<Description> registered) {
    List<KnownDataSource> all = all();
    List<Line> lines = new ArrayList<>();
    List<Description> left = new ArrayList<>(registered);
    for (KnownDataSource known : all) {
      int count = 0;
      List<String> differences = new ArrayList<>();
      for (Description description : registered) {
        if (known.matches(description)) {
          count++;
          left.remove(description);
          differences(known, description, differences);
        }
      }
      lines.add(new Line(known, count, differences));
    }
    return new Comparison(lines, left.stream().map(Description::name).distinct().sorted().toList());
  }

  private static void differences(KnownDataSource known, Description description, List<String> to) {
    differ(to, "type", known.type(), description.type());
    differ(to, "units", known.units(), description.units());
    differ(to, "min", known.min(), description.min());
    differ(to, "max", known.max(), description.max());
    differ(to, "default", known.enabled(), description.enabled());
  }

  private static void differ(List<String> to, String what, Object real, Object own) {
    String text = what + " is " + own + ", on a real host " + real;
    if (!real.equals(own) && !to.contains(text)) {
      to.add(text);
    }
  }
}
