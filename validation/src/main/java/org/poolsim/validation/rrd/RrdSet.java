// SPDX-License-Identifier: Apache-2.0
package org.poolsim.validation.rrd;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.poolsim.reports.rrd.ArchiveDefinition;
import org.poolsim.reports.rrd.Mode;
import org.poolsim.reports.rrd.RoundRobinDatabase;
import org.poolsim.reports.rrd.Rrd;
import org.poolsim.validation.CaseJson;
import org.poolsim.validation.Replay;
import org.poolsim.validation.Replay.CaseResult;
import org.poolsim.validation.Replay.Verdict;
import org.poolsim.validation.ValidationSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code rrd}: identical sample streams, consolidated by xapi's library and by RRDtool. */
public final class RrdSet implements ValidationSet {
  private static final double XAPI_TOLERANCE = 2e-7;
  private static final double RRDTOOL_TOLERANCE = 2e-6;

  @Override
  public String name() {
    return "rrd";
  }

  @Override
  public boolean accepts(Path file) {
    String name = file.getFileName().toString();
    return name.endsWith(".json") && !name.startsWith(RrdExportSet.FILE_PREFIX);
  }

  @Override
  public Replay replay(Path file) throws IOException {
    RecordedStream stream = RecordedStream.read(file);
    List<ArchiveDefinition> archives = stream.archives("rra");
    String id = stream.member("name").asString();
    ObjectNode computed = CaseJson.MAPPER.createObjectNode();
    computed.put("name", id);
    List<CaseResult> results = new ArrayList<>();
    for (Mode mode : Mode.values()) {
      RoundRobinDatabase rrd = stream.replay(mode, archives);
      boolean xapi = mode == Mode.XAPI;
      String word = mode.name().toLowerCase(Locale.ROOT);
      computed.set(word, describe(rrd, xapi));
      results.add(
          judge(
              id + " " + word,
              stream.root().get(xapi ? "xapi_rrd_v26_17" : "rrdtool_1_7_2"),
              rrd,
              xapi ? XAPI_TOLERANCE : RRDTOOL_TOLERANCE));
    }
    return new Replay(
        results,
        CaseJson.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(computed) + "\n");
  }

  private static ObjectNode describe(Rrd rrd, boolean fractional) {
    ObjectNode node = CaseJson.MAPPER.createObjectNode();
    if (fractional) {
      node.put("lastupdate", rrd.lastUpdateSeconds());
    } else {
      node.put("lastupdate", (long) Math.floor(rrd.lastUpdateSeconds()));
    }
    ArrayNode rras = node.putArray("rra");
    for (int a = 0; a < rrd.archives().size(); a++) {
      ArchiveDefinition archive = rrd.archives().get(a);
      ObjectNode rra = rras.addObject();
      rra.put("cf", archive.function().name());
      rra.put("pdp_per_row", archive.pdpPerRow());
      ArrayNode rows = rra.putArray("rows");
      int leading = leadingUnknownRows(rrd, a);
      long first = rrd.newestRowEnd(a) - (archive.rows() - 1) * archive.rowSeconds();
      for (int row = leading; row < archive.rows(); row++) {
        ArrayNode cells = rows.addArray();
        cells.add(first + row * archive.rowSeconds());
        for (int i = 0; i < rrd.sources().size(); i++) {
          double cell = rrd.cell(a, row, i);
          if (Double.isFinite(cell)) {
            cells.add(cell);
          } else {
            cells.add(Double.toString(cell));
          }
        }
      }
      rra.put("leading_all_nan_rows", leading);
    }
    return node;
  }

  private static int leadingUnknownRows(Rrd rrd, int archive) {
    int rows = rrd.archives().get(archive).rows();
    for (int row = 0; row < rows; row++) {
      for (int i = 0; i < rrd.sources().size(); i++) {
        if (!Double.isNaN(rrd.cell(archive, row, i))) {
          return row;
        }
      }
    }
    return rows;
  }

  private static CaseResult judge(String id, JsonNode recorded, Rrd rrd, double tolerance) {
    String allowed = String.format(Locale.ROOT, "%.0e relative", tolerance);
    if (recorded == null) {
      return new CaseResult(id, Verdict.NOT_JUDGED, "", allowed);
    }
    double worst = 0;
    int different = 0;
    int cells = 0;
    String firstDifference = "";
    for (int a = 0; a < rrd.archives().size(); a++) {
      JsonNode rra = recorded.get("rra").get(a);
      ArchiveDefinition archive = rrd.archives().get(a);
      int leading = rra.get("leading_all_nan_rows").asInt();
      long first = rrd.newestRowEnd(a) - (archive.rows() - 1) * archive.rowSeconds();
      for (int row = 0; row < archive.rows(); row++) {
        JsonNode cellsOfRow = row < leading ? null : rra.get("rows").get(row - leading);
        long end = first + row * archive.rowSeconds();
        boolean misplaced = cellsOfRow != null && cellsOfRow.get(0).asLong() != end;
        for (int i = 0; i < rrd.sources().size(); i++) {
          double expected =
              cellsOfRow == null ? Double.NaN : RecordedStream.number(cellsOfRow.get(i + 1));
          double actual = rrd.cell(a, row, i);
          double deviation = misplaced ? Double.POSITIVE_INFINITY : deviation(expected, actual);
          worst = Math.max(worst, deviation);
          cells++;
          if (!(deviation <= tolerance)) {
            different++;
            if (firstDifference.isEmpty()) {
              firstDifference =
                  String.format(
                      Locale.ROOT,
                      "; first: %s x %d, row ending %d, %s: %s instead of %s",
                      archive.function(),
                      archive.pdpPerRow(),
                      end,
                      rrd.sources().get(i).name(),
                      actual,
                      expected);
            }
          }
        }
      }
    }
    return new CaseResult(
        id,
        different == 0 ? Verdict.PASS : Verdict.FAIL,
        String.format(
            Locale.ROOT, "%.1e, %d of %d cells differ%s", worst, different, cells, firstDifference),
        allowed);
  }

  private static double deviation(double expected, double actual) {
    if (Double.compare(expected, actual) == 0 || expected == actual) {
      return 0;
    }
    double deviation = Math.abs(actual - expected) / Math.abs(expected);
    return Double.isNaN(deviation) ? Double.POSITIVE_INFINITY : deviation;
  }
}
