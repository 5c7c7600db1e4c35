// SPDX-License-Identifier: Apache-2.0
package org.poolsim.reports.serve;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.poolsim.engine.data.Owner;
import org.poolsim.reports.export.NoArchiveException;
import org.poolsim.reports.export.RrdUpdates;
import org.poolsim.reports.export.SeriesFiles;
import org.poolsim.reports.rrd.ConsolidationFunction;
import org.poolsim.reports.rrd.SourceDefinition;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The page for people: a few files held in memory, and the list of what can be drawn. */
final class Dashboard {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String JSON_TYPE = "application/json";
  private static final String UPLOT = "/META-INF/resources/webjars/uplot/1.6.30/dist/";

  private static final Map<String, String> GUARDED =
      Map.of(
          "Content-Security-Policy",
              "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
                  + " img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
          "X-Content-Type-Options", "nosniff",
          "Cache-Control", "no-cache, no-store");

  private final Map<String, Answer> files = new LinkedHashMap<>();

  Dashboard() throws IOException {
    add("/", "text/html; charset=utf-8", "dashboard.html");
    add("/dashboard.js", "text/javascript; charset=utf-8", "dashboard.js");
    add("/dashboard.css", "text/css; charset=utf-8", "dashboard.css");
    add("/uplot.js", "text/javascript; charset=utf-8", UPLOT + "uPlot.iife.min.js");
    add("/uplot.css", "text/css; charset=utf-8", UPLOT + "uPlot.min.css");
    files.put("/favicon.ico", new Answer(204, "image/x-icon", "", Map.of()));
  }

  private void add(String path, String mediaType, String resource) throws IOException {
    try (InputStream in = Dashboard.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IOException("the resource " + resource + " is missing");
      }
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      files.put(path, Answer.of(mediaType, text).with(GUARDED));
    }
  }

  /** The report guards itself: it has a policy of its own that names its scripts. */
  static Answer report(String page) {
    return page == null
        ? Answer.error(404, "there is no report yet: it is written at the end of the run")
        : Answer.of("text/html; charset=utf-8", page)
            .with(
                Map.of(
                    "Content-Security-Policy",
                    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
                    "X-Content-Type-Options",
                    "nosniff",
                    "Cache-Control",
                    "no-cache, no-store"));
  }

  /** Returns a file of the page, or null. */
  Answer file(String path) {
    return files.get(path);
  }

  Answer state(LiveRun.View view, boolean report) {
    return Answer.of(JSON_TYPE, new Overview(view).json(report).toString()).with(GUARDED);
  }

  Answer objects(LiveRun.View view) {
    ObjectNode root = JSON.createObjectNode();
    ArrayNode list = root.putArray("objects");
    for (LiveRun.ServedObject object : view.objects()) {
      Owner owner = object.object().owner();
      ObjectNode entry = list.addObject();
      entry.put("kind", owner.kind().name().toLowerCase(Locale.ROOT));
      entry.put("uuid", owner.uuid());
      entry.put("name", owner.name());
      entry.put("present", object.present());
    }
    return Answer.of(JSON_TYPE, root.toString()).with(GUARDED);
  }

  /** The sources of one object, and its rows as {@code rrd_updates} has them. */
  Answer series(LiveRun.View view, Parameters query) {
    String uuid = query.first("uuid");
    String intervalText = query.first("interval");
    Long interval = intervalText == null ? null : Parameters.integer(intervalText);
    String startText = query.first("start");
    Long start = startText == null ? null : Parameters.integer(startText);
    if (start == null || interval == null || interval < 0) {
      return Answer.error(400, "start and interval are whole seconds");
    }
    for (LiveRun.ServedObject object : view.objects()) {
      if (object.object().owner().uuid().equals(uuid)) {
        return series(object, new RrdUpdates.Query(start, interval, ConsolidationFunction.AVERAGE));
      }
    }
    return Answer.error(404, "there is no such object");
  }

  private static Answer series(LiveRun.ServedObject object, RrdUpdates.Query query) {
    ObjectNode root = JSON.createObjectNode();
    ArrayNode sources = root.putArray("sources");
    for (SourceDefinition source : object.object().rrd().sources()) {
      SeriesFiles.Text text = object.texts().get(source.name());
      ObjectNode described = sources.addObject();
      described.put("name", source.name());
      described.put("units", text == null ? "" : text.units());
      described.put("text", text == null ? "" : text.text());
    }
    try {
      RrdUpdates updates = RrdUpdates.of(List.of(object.object()), query);
      root.set("updates", JSON.readTree(updates.json()));
    } catch (NoArchiveException none) {
      return Answer.error(400, "no archive has rows of that interval");
    }
    return Answer.of(JSON_TYPE, root.toString()).with(GUARDED);
  }
}
