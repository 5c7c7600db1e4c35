// SPDX-License-Identifier: Apache-2.0
package org.poolsim.reports.export;

import java.util.List;
import java.util.function.IntFunction;
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
    return xml(rrd, i -> rrd.sources().get(i).name(), "");
  }

  /** Returns the XML of archive files: with each source's own time of update. */
  public static String internalXml(Rrd rrd) {
    return xml(rrd, i -> rrd.sources().get(i).name(), "last_updated");
  }

  /** Returns XML that stock rrdtool restores: the names of {@link SafeNames}. */
  public static String rrdtoolXml(Rrd rrd) {
    List<String> names = SafeNames.of(rrd.sources().stream().map(SourceDefinition::name).toList());
    return xml(rrd, names::get, "");
  }

  private static String xml(Rrd rrd, IntFunction<String> names, String lastUpdatedElement) {
    int sources = rrd.sources().size();
    StringBuilder to = new StringBuilder(XmlText.DECLARATION);
    to.append("<rrd>");
    XmlText.element(to, "version", VERSION);
    XmlText.element(to, "step", Integer.toString(ArchiveDefinition.STEP_SECONDS));
    XmlText.element(to, "lastupdate", Long.toString((long) Math.floor(rrd.lastUpdateSeconds())));
    for (int i = 0; i < sources; i++) {
      SourceDefinition source = rrd.sources().get(i);
      to.append("<ds>");
      XmlText.element(to, "name", names.apply(i));
      XmlText.element(to, "type", source.type().name());
      XmlText.element(to, "minimal_heartbeat", NumberText.of(source.heartbeatSeconds()));
      XmlText.element(to, "min", NumberText.of(source.min()));
      XmlText.element(to, "max", NumberText.of(source.max()));
      XmlText.element(to, "last_ds", rrd.lastSample(i));
      XmlText.element(to, "value", NumberText.of(rrd.openPdpValue(i)));
      XmlText.element(to, "unknown_sec", Long.toString((long) rrd.openPdpUnknownSeconds(i)));
      if (!lastUpdatedElement.isEmpty()) {
        XmlText.element(to, lastUpdatedElement, NumberText.of(rrd.lastUpdateSeconds(i)));
      }
      to.append("</ds>");
    }
    for (int a = 0; a < rrd.archives().size(); a++) {
      ArchiveDefinition archive = rrd.archives().get(a);
      to.append("<rra>");
      XmlText.element(to, "cf", archive.function().name());
      XmlText.element(to, "pdp_per_row", Integer.toString(archive.pdpPerRow()));
      to.append("<params>");
      XmlText.element(to, "xff", NumberText.of(archive.xff()));
      to.append("</params><cdp_prep>");
      for (int i = 0; i < sources; i++) {
        to.append("<ds><primary_value>0.0</primary_value><secondary_value>0.0</secondary_value>");
        XmlText.element(to, "value", NumberText.of(rrd.openRowValue(a, i)));
        XmlText.element(to, "unknown_datapoints", Integer.toString(rrd.openRowUnknown(a, i)));
        to.append("</ds>");
      }
      XmlText.close(to, "cdp_prep");
      to.append("<database>");
      for (int row = 0; row < archive.rows(); row++) {
        to.append("<row>");
        for (int i = 0; i < sources; i++) {
          to.append("<v>").append(NumberText.of(rrd.cell(a, row, i))).append("</v>");
        }
        XmlText.close(to, "row");
      }
      to.append("</database></rra>");
    }
    return to.append("</rrd>").toString();
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
