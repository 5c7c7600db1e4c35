// SPDX-License-Identifier: Apache-2.0
package org.poolsim.reports.rrd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.assertj.core.data.Offset;
import org.poolsim.engine.data.Description;
import org.rrd4j.ConsolFun;
import org.rrd4j.DsType;
import org.rrd4j.core.RrdDb;
import org.rrd4j.core.RrdDef;
import org.rrd4j.core.RrdMemoryBackendFactory;

/**
 * An independent implementation agrees in RRDtool's mode. It takes whole seconds only, and one
 * update per PDP here: it credits a PDP that several updates share, or that starts unknown, by
 * rules of its own.
 */
class Rrd4jTest {
  private static final long START = 1_700_000_000L / 300 * 300;

  @Property(tries = 50)
  void rowsOfRandomStreamsAgree(@ForAll long seed) throws IOException {
    Random random = new Random(seed);
    List<SourceDefinition> sources =
        List.of(source("level", Description.Type.GAUGE), source("rate", Description.Type.DERIVE));
    List<ArchiveDefinition> archives =
        List.of(
            new ArchiveDefinition(ConsolidationFunction.AVERAGE, 60, 1, 0.5),
            new ArchiveDefinition(ConsolidationFunction.AVERAGE, 20, 12, 0.5),
            new ArchiveDefinition(ConsolidationFunction.MIN, 20, 12, 0.5),
            new ArchiveDefinition(ConsolidationFunction.MAX, 20, 12, 0.5));
    RoundRobinDatabase own = new RoundRobinDatabase(Mode.RRDTOOL, sources, archives, START);
    RrdDef definition = new RrdDef("memory", START, 5);
    definition.addDatasource("level", DsType.GAUGE, 300, 0, Double.NaN);
    definition.addDatasource("rate", DsType.DERIVE, 300, 0, Double.NaN);
    for (ArchiveDefinition archive : archives) {
      definition.addArchive(
          ConsolFun.valueOf(archive.function().name()), 0.5, archive.pdpPerRow(), archive.rows());
    }
    try (RrdDb other =
        RrdDb.getBuilder()
            .setRrdDef(definition)
            .setBackendFactory(new RrdMemoryBackendFactory())
            .build()) {
      double total = 1000;
      Sample sample = new Sample(2);
      for (int i = 1; i <= 400; i++) {
        long time = START + 5L * i;
        double level = random.nextInt(20) == 0 ? Double.NaN : random.nextDouble() * 10;
        total += random.nextInt(1000);
        sample.set(0, level);
        sample.set(1, total);
        own.update((double) time, sample);
        other.createSample(time).setValue("level", level).setValue("rate", total).update();
      }
      for (int a = 0; a < archives.size(); a++) {
        for (int source = 0; source < 2; source++) {
          double[] rows = other.getArchive(a).getRobin(source).getValues();
          for (int row = 0; row < archives.get(a).rows(); row++) {
            double expected = rows[row];
            double actual = own.cell(a, row, source);
            if (Double.isNaN(expected)) {
              assertThat(actual).as("archive %d row %d source %d", a, row, source).isNaN();
            } else {
              assertThat(actual)
                  .as("archive %d row %d source %d", a, row, source)
                  .isCloseTo(expected, Offset.offset(1e-9 * Math.max(1, Math.abs(expected))));
            }
          }
        }
      }
    }
  }

  private static SourceDefinition source(String name, Description.Type type) {
    return new SourceDefinition(name, type, 300, 0, Double.POSITIVE_INFINITY, false, false);
  }
}
