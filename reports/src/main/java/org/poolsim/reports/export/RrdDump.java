// SPDX-License-Identifier: Apache-2.0
package org.poolsim.reports.export;

import java.util.List;
import org.poolsim.reports.rrd.ArchiveDefinition;
import org.poolsim.reports.rrd.NumberText;
import org.poolsim.reports.rrd.Rrd;
import org.poolsim.reports.rrd.SourceDefinition;

/**
 * A whole database as xapi writes it: {@code /host_rrd}, {@code /vm_rrd}, {@code /sr_rrd} and the
 * archives. One line without white space, rows oldest first; RRDtool's dump version 0003.
 */
public final class RrdDump {
  private static final String VERSION = "0003";

  private RrdDump() {}

  /** Returns the XML that clients get. */
  public static String xml(Rrd rrd) {
    return xml(rrd, names(rrd), false);
  }

  /** Returns the XML of archive files: with each source's own time of update. */
  public static String internalXml(Rrd rrd) {
    return xml(rrd, names(rrd), true);
  }

  /** Returns XML that stock rrdtool restores: the names of {@link SafeNames}. */
  public static String rrdtoolXml(Rrd rrd) {
    return xml(rrd, SafeNames.of(names(rrd)), false);
  }

  static List<String> names(Rrd rrd) {
    return rrd.sources().stream().map(SourceDefinition::name).toList();
  }

  private static String xml(Rrd rrd, List<String> names, boolean updates) {
    TextBuffer to = new TextBuffer();
    head(rrd, names, updates, to);
    archives(rrd, to);
    return to.toString();
  }

  /** Adds the XML up to the archives: the part that knows the names of the sources. */
  static void head(Rrd rrd, List<String> names, boolean updates, TextBuffer to) {
    StringBuilder head = new StringBuilder(XmlText.DECLARATION);
    head.append("<rrd>");
    XmlText.element(head, "version", VERSION);
    XmlText.element(head, "step", Integer.toString(ArchiveDefinition.STEP_SECONDS));
    XmlText.element(head, "lastupdate", Long.toString((long) Math.floor(rrd.lastUpdateSeconds())));
    for (int i = 0; i < names.size(); i++) {
      SourceDefinition source = rrd.sources().get(i);
      head.append("<ds>");
      XmlText.element(head, "name", names.get(i));
      XmlText.element(head, "type", source.type().name());
      XmlText.element(head, "minimal_heartbeat", NumberText.of(source.heartbeatSeconds()));
      XmlText.element(head, "min", NumberText.of(source.min()));
      XmlText.element(head, "max", NumberText.of(source.max()));
      XmlText.element(head, "last_ds", rrd.lastSample(i));
      XmlText.element(head, "value", NumberText.of(rrd.openPdpValue(i)));
      XmlText.element(head, "unknown_sec", Long.toString((long) rrd.openPdpUnknownSeconds(i)));
      if (updates) {
        XmlText.element(head, "last_updated", NumberText.of(rrd.lastUpdateSeconds(i)));
      }
      head.append("</ds>");
    }
    to.add(head.toString());
  }

  /** Adds the rest: all archives and the end. */
  static void archives(Rrd rrd, TextBuffer to) {
    int sources = rrd.sources().size();
    Row row = new Row(sources);
    for (int a = 0; a < rrd.archives().size(); a++) {
      ArchiveDefinition archive = rrd.archives().get(a);
      to.add("<rra><cf>").add(archive.function().name());
      to.add("</cf><pdp_per_row>").add(archive.pdpPerRow());
      to.add("</pdp_per_row><params><xff>").add(archive.xff()).add("</xff></params>");
      to.add(sources == 0 ? "<cdp_prep/>" : "<cdp_prep>");
      for (int i = 0; i < sources; i++) {
        to.add("<ds><primary_value>0.0</primary_value><secondary_value>0.0</secondary_value>");
        to.add("<value>").add(rrd.openRowValue(a, i)).add("</value><unknown_datapoints>");
        to.add(Integer.toString(rrd.openRowUnknown(a, i))).add("</unknown_datapoints></ds>");
      }
      to.add(sources == 0 ? "<database>" : "</cdp_prep><database>");
      for (int r = 0; r < archive.rows(); r++) {
        row.add(rrd, a, r, to);
      }
      to.add("</database></rra>");
    }
    to.add("</rrd>");
  }

  /** Writes rows; what is as in the row before is copied from there. */
  private static final class Row {
    private final long[] bits;
    private final int[] begins;
    private final int[] ends;
    private int begin = -1;
    private int end;

    Row(int sources) {
      bits = new long[sources];
      begins = new int[sources];
      ends = new int[sources];
    }

    void add(Rrd rrd, int archive, int row, TextBuffer to) {
      boolean first = begin < 0;
      boolean same = !first;
      int from = to.length();
      if (bits.length == 0) {
        to.add("<row/>");
        return;
      }
      for (int i = 0; i < bits.length; i++) {
        double cell = rrd.cell(archive, row, i);
        long now = Double.doubleToRawLongBits(cell);
        if (!first && now == bits[i]) {
          if (!same) {
            keep(i, to, begins[i], ends[i]);
          }
          continue;
        }
        if (same || i == 0) {
          // What came before in this row is as it was.
          to.add("<row>");
          for (int j = 0; j < i; j++) {
            keep(j, to, begins[j], ends[j]);
          }
          same = false;
        }
        bits[i] = now;
        int at = to.length();
        to.add("<v>").add(cell).add("</v>");
        begins[i] = at;
        ends[i] = to.length();
      }
      if (same) {
        to.again(begin, end);
        return;
      }
      to.add("</row>");
      begin = from;
      end = to.length();
    }

    private void keep(int source, TextBuffer to, int from, int until) {
      int at = to.length();
      to.again(from, until);
      begins[source] = at;
      ends[source] = to.length();
    }
  }

  /** Returns the JSON that clients get: the same structure, every scalar a string. */
  public static String json(Rrd rrd) {
    int sources = rrd.sources().size();
    StringBuilder to = new StringBuilder("{");
    XmlText.jsonMember(to, "version", VERSION);
    member(to, "step", Integer.toString(ArchiveDefinition.STEP_SECONDS));
    member(to, "lastupdate", NumberText.of(rrd.lastUpdateSeconds()));
    to.append(",\"ds\":[");
    for (int i = 0; i < sources; i++) {
      SourceDefinition source = rrd.sources().get(i);
      to.append(i == 0 ? "{" : ",{");
      XmlText.jsonMember(to, "name", source.name());
      member(to, "type", source.type().name());
      member(to, "minimal_heartbeat", NumberText.of(source.heartbeatSeconds()));
      member(to, "min", NumberText.of(source.min()));
      member(to, "max", NumberText.of(source.max()));
      member(to, "last_ds", rrd.lastSample(i));
      member(to, "value", NumberText.of(rrd.openPdpValue(i)));
      member(to, "unknown_sec", NumberText.of(rrd.openPdpUnknownSeconds(i)));
      member(to, "last_updated", NumberText.of(rrd.lastUpdateSeconds(i)));
      to.append('}');
    }
    to.append("],\"rra\":[");
    for (int a = 0; a < rrd.archives().size(); a++) {
      ArchiveDefinition archive = rrd.archives().get(a);
      to.append(a == 0 ? "{" : ",{");
      XmlText.jsonMember(to, "cf", archive.function().name());
      member(to, "pdp_per_row", Integer.toString(archive.pdpPerRow()));
      to.append(",\"params\":{");
      XmlText.jsonMember(to, "xff", NumberText.of(archive.xff()));
      to.append("},\"cdp_prep\":{\"ds\":[");
      for (int i = 0; i < sources; i++) {
        to.append(i == 0 ? "{" : ",{");
        XmlText.jsonMember(to, "primary_value", "0.0");
        member(to, "secondary_value", "0.0");
        member(to, "value", NumberText.of(rrd.openRowValue(a, i)));
        member(to, "unknown_datapoints", Integer.toString(rrd.openRowUnknown(a, i)));
        to.append('}');
      }
      to.append("]},\"database\":[");
      for (int row = 0; row < archive.rows(); row++) {
        to.append(row == 0 ? "[" : ",[");
        for (int i = 0; i < sources; i++) {
          to.append(i == 0 ? "\"" : ",\"").append(NumberText.of(rrd.cell(a, row, i))).append('"');
        }
        to.append(']');
      }
      to.append("]}");
    }
    return to.append("]}").toString();
  }

  private static void member(StringBuilder to, String key, String text) {
    to.append(',');
    XmlText.jsonMember(to, key, text);
  }
}
