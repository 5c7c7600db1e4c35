// SPDX-License-Identifier: Apache-2.0
package org.poolsim.validation.rrd;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.poolsim.engine.data.Description;
import org.poolsim.reports.rrd.ArchiveDefinition;
import org.poolsim.reports.rrd.ConsolidationFunction;
import org.poolsim.reports.rrd.Mode;
import org.poolsim.reports.rrd.RoundRobinDatabase;
import org.poolsim.reports.rrd.Sample;
import org.poolsim.reports.rrd.SourceDefinition;
import org.poolsim.validation.CaseFormatException;
import org.poolsim.validation.CaseJson;
import tools.jackson.databind.JsonNode;

/** A case file: sources, archives and a stream of samples. */
final class RecordedStream {
  private final Path file;
  private final JsonNode root;
  private final List<SourceDefinition> sources = new ArrayList<>();

  private RecordedStream(Path file, JsonNode root) {
    this.file = file;
    this.root = root;
  }

  static RecordedStream read(Path file) throws IOException {
    JsonNode root = CaseJson.read(file);
    RecordedStream stream = new RecordedStream(file, root);
    if (number(stream.member("step")) != ArchiveDefinition.STEP_SECONDS) {
      throw new CaseFormatException(
          file + ": step: is " + root.get("step") + ", expected " + ArchiveDefinition.STEP_SECONDS);
    }
    for (JsonNode ds : stream.member("ds")) {
      stream.sources.add(stream.source(ds));
    }
    for (JsonNode sample : stream.member("samples")) {
      int values = stream.member(sample, "v").size();
      if (values != stream.sources.size()) {
        throw new CaseFormatException(
            file + ": samples: " + values + " values where " + stream.sources.size() + " are due");
      }
    }
    return stream;
  }

  JsonNode root() {
    return root;
  }

  JsonNode member(String key) {
    return member(root, key);
  }

  JsonNode member(JsonNode node, String key) {
    JsonNode found = node.get(key);
    if (found == null) {
      throw new CaseFormatException(file + ": \"" + key + "\" is missing");
    }
    return found;
  }

  List<ArchiveDefinition> archives(String key) {
    List<ArchiveDefinition> archives = new ArrayList<>();
    for (JsonNode rra : member(key)) {
      try {
        archives.add(
            new ArchiveDefinition(
                ConsolidationFunction.valueOf(member(rra, "cf").asString()),
                member(rra, "rows").asInt(),
                member(rra, "pdp_per_row").asInt(),
                number(member(rra, "xff"))));
      } catch (IllegalArgumentException e) {
        throw new CaseFormatException(file + ": " + key + ": " + e.getMessage());
      }
    }
    return archives;
  }

  private SourceDefinition source(JsonNode ds) {
    try {
      return new SourceDefinition(
          member(ds, "name").asString(),
          Description.Type.valueOf(member(ds, "type").asString()),
          number(member(ds, "heartbeat")),
          number(member(ds, "min")),
          number(member(ds, "max")),
          "int64".equals(member(ds, "value_type").asString()),
          "inverse".equals(member(ds, "transform").asString()));
    } catch (IllegalArgumentException e) {
      throw new CaseFormatException(file + ": ds: " + e.getMessage());
    }
  }

  RoundRobinDatabase replay(Mode mode, List<ArchiveDefinition> archives) {
    RoundRobinDatabase rrd =
        new RoundRobinDatabase(mode, sources, archives, number(member("start")));
    Sample sample = new Sample(sources.size());
    double last = rrd.lastUpdateSeconds();
    for (JsonNode recorded : member("samples")) {
      double time = number(member(recorded, "t"));
      if (mode == Mode.RRDTOOL && time <= last) {
        continue; // RRDtool refuses it and goes on
      }
      for (int i = 0; i < sources.size(); i++) {
        JsonNode value = recorded.get("v").get(i);
        if (value.isString() && "U".equals(value.asString())) {
          sample.setUnknown(i);
        } else if (sources.get(i).integer() && value.isIntegralNumber()) {
          sample.setInteger(i, value.asLong());
        } else {
          sample.set(i, number(value));
        }
      }
      rrd.update(time, sample);
      last = time;
    }
    return rrd;
  }

  /** Numbers, and the words that stand for what JSON cannot write. */
  static double number(JsonNode node) {
    if (!node.isString()) {
      return node.asDouble();
    }
    return switch (node.asString()) {
      case "inf", "Infinity" -> Double.POSITIVE_INFINITY;
      case "-inf", "-Infinity" -> Double.NEGATIVE_INFINITY;
      case "NaN", "nan" -> Double.NaN;
      default -> Double.parseDouble(node.asString());
    };
  }
}
