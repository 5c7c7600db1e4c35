// SPDX-License-Identifier: Apache-2.0
package org.poolsim.reports.serve;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.poolsim.engine.data.Owner;
import org.poolsim.reports.export.SeriesFiles;
import org.poolsim.reports.rrd.SourceDefinition;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The page for people: a few files held in memory, and the list of what can be drawn. */
final class Dashboard {
  private static final JsonMapper JSON = JsonMapper.builder().build();
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

  /** Returns a file of the page, or null. */
  Answer file(String path) {
    return files.get(path);
  }

  Answer objects(LiveRun.View view) {
    ObjectNode root = JSON.createObjectNode();
    root.put("now", view.nowSeconds());
    ArrayNode list = root.putArray("objects");
    for (LiveRun.ServedObject object : view.objects()) {
      Owner owner = object.object().owner();
      ObjectNode entry = list.addObject();
      entry.put("kind", owner.kind().name().toLowerCase(Locale.ROOT));
      entry.put("uuid", owner.uuid());
      entry.put("name", owner.name());
      ArrayNode sources = entry.putArray("sources");
      for (SourceDefinition source : object.object().rrd().sources()) {
        SeriesFiles.Text text = object.texts().get(source.name());
        ObjectNode described = sources.addObject();
        described.put("name", source.name());
        described.put("units", text == null ? "" : text.units());
        described.put("text", text == null ? "" : text.text());
      }
    }
    return Answer.of("application/json", root.toString()).with(GUARDED);
  }
}
