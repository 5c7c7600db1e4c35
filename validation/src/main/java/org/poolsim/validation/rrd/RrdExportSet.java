// SPDX-License-Identifier: Apache-2.0
package org.poolsim.validation.rrd;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.poolsim.engine.data.Owner;
import org.poolsim.reports.export.NoArchiveException;
import org.poolsim.reports.export.RecordedObject;
import org.poolsim.reports.export.RrdDump;
import org.poolsim.reports.export.RrdUpdates;
import org.poolsim.reports.rrd.ConsolidationFunction;
import org.poolsim.reports.rrd.Mode;
import org.poolsim.reports.rrd.Rrd;
import org.poolsim.validation.CaseJson;
import org.poolsim.validation.Replay;
import org.poolsim.validation.Replay.CaseResult;
import org.poolsim.validation.Replay.Verdict;
import org.poolsim.validation.ValidationSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code rrd-export}: the texts that xapi's library writes, byte for byte. */
public final class RrdExportSet implements ValidationSet {
  static final String FILE_PREFIX = "export_text";

  /** What the library answers when no archive fits. */
  private static final String NO_ARCHIVE = "Fatal error: exception Rrd.No_RRA_Available";

  @Override
  public String name() {
    return "rrd-export";
  }

  @Override
  public boolean accepts(Path file) {
    return file.getFileName().toString().startsWith(FILE_PREFIX)
        && file.getFileName().toString().endsWith(".json");
  }

  @Override
  public Replay replay(Path file) throws IOException {
    RecordedStream stream = RecordedStream.read(file);
    Rrd full = stream.replay(Mode.XAPI, stream.archives("rra"));
    Rrd dumped = stream.replay(Mode.XAPI, stream.archives("dump_rra"));
    String[] prefix = stream.member("object_prefix").asString().split(":", -1);
    Owner owner =
        new Owner(Owner.Kind.valueOf(prefix[0].toUpperCase(Locale.ROOT)), prefix[1], prefix[1]);

    List<CaseResult> results = new ArrayList<>();
    ObjectNode computed = CaseJson.MAPPER.createObjectNode();
    ArrayNode updates = computed.putArray("rrd_updates");
    for (JsonNode query : stream.member("rrd_updates")) {
      String format = stream.member(query, "format").asString();
      JsonNode cf = query.get("cf");
      RrdUpdates.Query asked =
          new RrdUpdates.Query(
              stream.member(query, "start").asLong(),
              stream.member(query, "interval").asLong(),
              cf == null || cf.isNull() ? null : ConsolidationFunction.valueOf(cf.asString()));
      ObjectNode answer = updates.addObject();
      try {
        RrdUpdates found = RrdUpdates.of(List.of(new RecordedObject(owner, full)), asked);
        answer.put("output", format.equals("xml") ? found.xml() : found.json());
      } catch (NoArchiveException e) {
        answer.put("error", NO_ARCHIVE);
      }
      String id =
          "rrd_updates "
              + format
              + " start "
              + asked.startSeconds()
              + " interval "
              + asked.intervalSeconds()
              + " cf "
              + (asked.function() == null ? "any" : asked.function());
      boolean judged = query.has("output") || query.has("error");
      results.add(
          judged
              ? judge(
                  id,
                  text(query, "output") + text(query, "error"),
                  text(answer, "output") + text(answer, "error"))
              : new CaseResult(id, Verdict.NOT_JUDGED, "", "equal"));
    }
    dump(stream, computed, results, "dump_xml", RrdDump.xml(dumped));
    dump(stream, computed, results, "dump_xml_internal", RrdDump.internalXml(dumped));
    dump(stream, computed, results, "dump_json", RrdDump.json(dumped));
    return new Replay(
        results,
        CaseJson.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(computed) + "\n");
  }

  private static void dump(
      RecordedStream stream,
      ObjectNode computed,
      List<CaseResult> results,
      String key,
      String text) {
    computed.put(key, text);
    results.add(
        stream.root().has(key)
            ? judge(key, text(stream.root(), key), text)
            : new CaseResult(key, Verdict.NOT_JUDGED, "", "equal"));
  }

  private static String text(JsonNode node, String key) {
    return node.has(key) ? node.get(key).asString() : "";
  }

  private static CaseResult judge(String id, String expected, String actual) {
    if (expected.equals(actual)) {
      return new CaseResult(id, Verdict.PASS, "equal", "equal");
    }
    int at = 0;
    while (at < Math.min(expected.length(), actual.length())
        && expected.charAt(at) == actual.charAt(at)) {
      at++;
    }
    return new CaseResult(
        id,
        Verdict.FAIL,
        "from character "
            + at
            + ": \""
            + excerpt(actual, at)
            + "\" instead of \""
            + excerpt(expected, at)
            + "\"",
        "equal");
  }

  private static String excerpt(String text, int at) {
    return text.substring(Math.min(at, text.length()), Math.min(at + 40, text.length()));
  }
}
