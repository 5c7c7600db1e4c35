// SPDX-License-Identifier: Apache-2.0
package org.poolsim.reports.summary;

import java.io.ByteArrayOutputStream;
import java.util.Locale;
import org.poolsim.reports.result.AlarmRate;
import org.poolsim.reports.result.Count;
import org.poolsim.reports.result.HostResult;
import org.poolsim.reports.result.Identity;
import org.poolsim.reports.result.Lane;
import org.poolsim.reports.result.Latency;
import org.poolsim.reports.result.NetworkDetail;
import org.poolsim.reports.result.Objective;
import org.poolsim.reports.result.Period;
import org.poolsim.reports.result.RunEvent;
import org.poolsim.reports.result.RunFacts;
import org.poolsim.reports.result.RunResult;
import org.poolsim.reports.result.StorageDetail;
import org.poolsim.reports.result.VmTable;
import tools.jackson.core.JsonEncoding;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;

/**
 * Writes {@code summary.json}: every figure of the report with full precision, in base units, keys
 * in a fixed order. Unknown values are null. Series are not in it; they are in the series export.
 */
public final class SummaryJson {
  private static final double[] PERCENTILES = {50, 90, 95, 99, 99.9, 99.99, 100};

  private final JsonGenerator json;

  private SummaryJson(JsonGenerator json) {
    this.json = json;
  }

  /** Returns the document in UTF-8, ended by a line feed. */
  public static byte[] of(RunResult run) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    DefaultIndenter lines = new DefaultIndenter("  ", "\n");
    PrettyPrinter printer =
        new DefaultPrettyPrinter().withObjectIndenter(lines).withArrayIndenter(lines);
    ObjectWriteContext context =
        new ObjectWriteContext.Base() {
          @Override
          public PrettyPrinter getPrettyPrinter() {
            return printer;
          }

          @Override
          public boolean hasPrettyPrinter() {
            return true;
          }
        };
    try (JsonGenerator json = new JsonFactory().createGenerator(context, out, JsonEncoding.UTF8)) {
      new SummaryJson(json).write(run);
    }
    out.write('\n');
    return out.toByteArray();
  }

  private void write(RunResult run) {
    Identity identity = run.identity();
    json.writeStartObject();
    json.writeNumberProperty("poolsim_summary", 1);
    json.writeStringProperty("name", identity.name());
    json.writeStringProperty("about", identity.about());
    json.writeNumberProperty("seed", identity.seed());
    json.writeNumberProperty("replications", identity.replications());
    json.writeNumberProperty("duration_nanos", identity.durationNanos());
    json.writeNumberProperty("host_count", identity.hosts());
    json.writeNumberProperty("vm_count", identity.vms());
    json.writeObjectPropertyStart("ending");
    json.writeStringProperty("kind", run.ending().kind().name().toLowerCase(Locale.ROOT));
    json.writeNumberProperty("at_nanos", run.ending().atNanos());
    json.writeStringProperty("words", run.ending().words());
    json.writeEndObject();
    json.writeStringProperty("verdict", Wording.verdict(run));
    objectives(run);
    lanes(run);
    counts(run);
    latencies(run);
    run.storage().ifPresent(this::storage);
    run.network().ifPresent(this::network);
    hosts(run);
    vms(run.vms());
    events(run);
    if (!run.alarms().isEmpty()) {
      alarms(run);
    }
    facts(run.facts());
    json.writeEndObject();
  }

  private void objectives(RunResult run) {
    json.writeArrayPropertyStart("objectives");
    for (Objective objective : run.objectives()) {
      json.writeStartObject();
      json.writeStringProperty("metric", objective.metric());
      json.writeStringProperty("statistic", objective.statistic());
      json.writeStringProperty("unit", objective.unit().symbol());
      json.writeStringProperty("direction", objective.direction().name().toLowerCase(Locale.ROOT));
      number("limit", objective.limit());
      number("measured", objective.measured());
      json.writeStringProperty("verdict", objective.verdict().name().toLowerCase(Locale.ROOT));
      number("spare_of_limit", objective.spare());
      number("seconds_beyond", objective.secondsBeyond().orElse(Double.NaN));
      objective.interval().ifPresent(this::interval);
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void lanes(RunResult run) {
    json.writeArrayPropertyStart("saturation");
    for (Lane lane : run.lanesByFirst()) {
      json.writeStartObject();
      json.writeStringProperty("resource", lane.resource());
      json.writeStringProperty("entity", lane.entity());
      json.writeStringProperty("unit", lane.unit().symbol());
      number("threshold", lane.threshold());
      json.writeNumberProperty("entities", lane.entities());
      json.writeNumberProperty("entities_over", lane.entitiesOver());
      json.writeNumberProperty("total_nanos", lane.totalNanos());
      number("highest", lane.highest());
      json.writeStringProperty("highest_entity", lane.highestEntity());
      json.writeNumberProperty("highest_at_nanos", lane.highestAtNanos());
      json.writeArrayPropertyStart("periods");
      for (Period period : lane.periods()) {
        json.writeStartObject();
        json.writeNumberProperty("start_nanos", period.startNanos());
        json.writeNumberProperty("end_nanos", period.endNanos());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void counts(RunResult run) {
    json.writeArrayPropertyStart("counts");
    for (Count count : run.counts()) {
      json.writeStartObject();
      json.writeStringProperty("label", count.label());
      json.writeStringProperty("unit", count.unit().symbol());
      number("value", count.value());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void latencies(RunResult run) {
    json.writeArrayPropertyStart("latencies");
    for (Latency latency : run.latencies()) {
      json.writeStartObject();
      json.writeStringProperty("title", latency.title());
      json.writeStringProperty("metric", latency.metric());
      json.writeNumberProperty("count", latency.histogram().getTotalCount());
      number("mean_seconds", latency.histogram().getMean() * 1e-9);
      json.writeObjectPropertyStart("seconds_at_percentile");
      for (double percentile : PERCENTILES) {
        number(trimmed(percentile), latency.seconds(percentile));
      }
      json.writeEndObject();
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void storage(StorageDetail storage) {
    json.writeArrayPropertyStart("read_stages");
    for (StorageDetail.ReadTime read : storage.reads()) {
      json.writeStartObject();
      json.writeStringProperty("label", read.label());
      json.writeNumberProperty("from_nanos", read.period().startNanos());
      json.writeNumberProperty("to_nanos", read.period().endNanos());
      json.writeNumberProperty("reads", read.count());
      json.writeObjectPropertyStart("mean_seconds");
      for (int stage = 0; stage < storage.stages().size(); stage++) {
        number(storage.stages().get(stage), read.seconds().get(stage));
      }
      json.writeEndObject();
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void network(NetworkDetail network) {
    json.writeArrayPropertyStart("links");
    for (NetworkDetail.Link link : network.links()) {
      json.writeStartObject();
      json.writeStringProperty("name", link.name());
      json.writeStringProperty("bond", link.bond());
      json.writeNumberProperty("bits_per_second", link.bitsPerSecond());
      number("p95", link.share().p95());
      number("highest", link.share().columns().highest());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static String trimmed(double percentile) {
    return percentile == Math.rint(percentile)
        ? Long.toString((long) percentile)
        : Double.toString(percentile);
  }

  private void hosts(RunResult run) {
    json.writeArrayPropertyStart("hosts");
    for (HostResult host : run.hosts()) {
      json.writeStartObject();
      json.writeStringProperty("name", host.name());
      json.writeStringProperty("note", host.note());
      share("dom0_cpu", host.dom0Cpu());
      share("guest_cpu", host.guestCpu());
      share("memory", host.memory());
      host.storageLink().ifPresent(share -> share("storage_link", share));
      host.network().ifPresent(share -> share("network", share));
      json.writeNumberProperty("vms_at_end", host.vmsAtEnd());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void share(String key, HostResult.Share share) {
    json.writeObjectPropertyStart(key);
    number("p95", share.p95());
    number("threshold", share.threshold());
    number("seconds_over", share.secondsOver());
    json.writeEndObject();
  }

  private void vms(VmTable table) {
    json.writeArrayPropertyStart("vms_figures");
    for (VmTable.Figure figure : table.figures()) {
      json.writeStartObject();
      json.writeStringProperty("key", figure.key());
      json.writeStringProperty("title", figure.title());
      json.writeStringProperty("unit", figure.unit().symbol());
      if (figure.limit().isPresent()) {
        number("limit", figure.limit().getAsDouble());
      }
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayPropertyStart("vms_rows");
    for (VmTable.Row row : table.rows()) {
      json.writeStartObject();
      json.writeStringProperty("name", row.name());
      json.writeStringProperty("hosts", String.join(" ", row.hosts()));
      json.writeBooleanProperty("restarted", row.restarted());
      for (int i = 0; i < table.figures().size(); i++) {
        Double value = row.values().get(i);
        number(table.figures().get(i).key(), value == null ? Double.NaN : value);
      }
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void events(RunResult run) {
    json.writeArrayPropertyStart("events");
    for (RunEvent event : run.events()) {
      json.writeStartObject();
      json.writeNumberProperty("at_nanos", event.atNanos());
      json.writeStringProperty("kind", event.kind().name().toLowerCase(Locale.ROOT));
      json.writeStringProperty("entity", event.entity());
      json.writeStringProperty("text", event.text());
      json.writeStringProperty("outcome", event.outcome());
      if (event.untilNanos().isPresent()) {
        json.writeNumberProperty("until_nanos", event.untilNanos().getAsLong());
      }
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void alarms(RunResult run) {
    json.writeArrayPropertyStart("alarms");
    for (AlarmRate alarm : run.alarms()) {
      json.writeStartObject();
      json.writeStringProperty("class", alarm.objectClass());
      json.writeStringProperty("variable", alarm.variable());
      json.writeStringProperty("sense", alarm.high() ? "high" : "low");
      number("level", alarm.level());
      json.writeNumberProperty("replications", alarm.replications());
      json.writeNumberProperty("replications_with", alarm.replicationsWith());
      number("mean_per_replication", alarm.mean());
      alarm.interval().ifPresent(this::interval);
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void interval(Objective.Interval interval) {
    json.writeObjectPropertyStart("interval");
    number("low", interval.low());
    number("high", interval.high());
    number("confidence", interval.confidence());
    json.writeEndObject();
  }

  private void facts(RunFacts facts) {
    json.writeObjectPropertyStart("facts");
    json.writeStringProperty("product", facts.product());
    json.writeStringProperty("modelled", facts.modelled());
    json.writeNumberProperty("events", facts.events());
    json.writeStringProperty("audit", facts.audit());
    json.writeStringProperty("scenario_sha256", facts.scenarioSha256());
    json.writeNumberProperty("defaults_used", facts.defaultsUsed());
    json.writeNumberProperty("settings", facts.settings());
    json.writeArrayPropertyStart("fidelity");
    for (RunFacts.Fidelity fidelity : facts.fidelity()) {
      json.writeStartObject();
      json.writeStringProperty("resource", fidelity.resource());
      json.writeStringProperty("level", fidelity.level());
      json.writeStringProperty("validation", fidelity.validation());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayPropertyStart("quirks");
    for (RunFacts.Quirk quirk : facts.quirks()) {
      json.writeStartObject();
      json.writeStringProperty("name", quirk.name());
      json.writeStringProperty("key", quirk.key());
      json.writeBooleanProperty("on", quirk.on());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayPropertyStart("overrides");
    facts.overrides().forEach(json::writeString);
    json.writeEndArray();
    json.writeArrayPropertyStart("remarks");
    facts.remarks().forEach(json::writeString);
    json.writeEndArray();
    json.writeEndObject();
  }

  private void number(String key, double value) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      json.writeNullProperty(key);
    } else {
      json.writeNumberProperty(key, value);
    }
  }
}
