// SPDX-License-Identifier: Apache-2.0
package org.poolsim.scenarios;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.poolsim.pool.MetricDefinition;
import org.poolsim.pool.spec.ObjectiveSpec;
import org.poolsim.pool.spec.ObjectiveSpec.Comparison;
import org.poolsim.pool.spec.ObjectiveSpec.Statistic;
import org.poolsim.pool.spec.Profiles;
import org.poolsim.pool.spec.WorkloadSpec;
import org.poolsim.scenarios.language.Host;
import org.poolsim.scenarios.language.Objective;
import org.poolsim.scenarios.language.Pif;
import org.poolsim.scenarios.language.Scenario;
import org.poolsim.scenarios.language.Workload;
import org.poolsim.scenarios.yaml.Mistakes;
import org.poolsim.scenarios.yaml.Places;
import org.poolsim.scenarios.yaml.Quantity;
import org.poolsim.scenarios.yaml.Text;

/** Objectives: checked against the metrics that a run has, and as those of the pool. */
final class ObjectiveAssembly {
  private static final String RESPONSE_TIME = "request.response_time";

  private final Scenario scenario;
  private final Inventory inventory;
  private final Places places;
  private final Mistakes mistakes;
  private final Map<String, MetricDefinition> catalogue = new LinkedHashMap<>();

  ObjectiveAssembly(Scenario scenario, Inventory inventory, Places places, Mistakes mistakes) {
    this.scenario = scenario;
    this.inventory = inventory;
    this.places = places;
    this.mistakes = mistakes;
    MetricDefinition.catalogue().forEach(metric -> catalogue.put(metric.name(), metric));
    for (String workload : workloadNames()) {
      catalogue.put(RESPONSE_TIME + "." + workload, catalogue.get(RESPONSE_TIME));
    }
  }

  private Set<String> workloadNames() {
    Set<String> names = new LinkedHashSet<>();
    Profiles profiles = new Profiles();
    for (String profile : profiles.names()) {
      for (WorkloadSpec spec : profiles.workloads(profile)) {
        if (spec instanceof WorkloadSpec.Requests) {
          names.add(spec.name());
        }
      }
    }
    List<Workload> all = new ArrayList<>();
    scenario.vms().forEach(vm -> all.addAll(vm.workload()));
    scenario.workloads().values().forEach(named -> all.addAll(named.is()));
    for (Workload workload : all) {
      if (workload instanceof Workload.Requests requests) {
        names.add(requests.name() == null ? "requests" : requests.name());
      }
    }
    return names;
  }

  void check() {
    scenario.objectives().forEach(this::check);
  }

  private void check(Objective objective) {
    MetricDefinition metric = catalogue.get(objective.metric());
    if (metric == null && objective.metric() != null) {
      mistakes.add(
          places.of(objective, "metric"),
          "no metric \""
              + Text.shorten(objective.metric())
              + "\""
              + Text.suggest(objective.metric(), catalogue.keySet()));
    }
    if ((objective.below() == null) == (objective.above() == null)) {
      mistakes.add(places.of(objective), "expected either below or above in this objective");
    } else if (metric != null) {
      limit(objective, metric);
    }
    if (objective.percentile() != null
        && objective.statistic() != null
        && objective.statistic() != Statistic.PERCENTILE) {
      mistakes.add(
          places.of(objective, "statistic"), "statistic: the objective has a percentile already");
    } else if (objective.percentile() == null && objective.statistic() == Statistic.PERCENTILE) {
      mistakes.add(places.of(objective, "statistic"), "statistic: expected the key percentile too");
    }
    if (metric != null && objective.entity() != null) {
      entity(objective, metric);
    }
  }

  private void limit(Objective objective, MetricDefinition metric) {
    String key = objective.below() != null ? "below" : "above";
    try {
      quantity(metric).parse(objective.below() != null ? objective.below() : objective.above());
    } catch (IllegalArgumentException e) {
      mistakes.add(places.of(objective, key), key + ": " + e.getMessage());
    }
  }

  private static Quantity quantity(MetricDefinition metric) {
    return switch (metric.unit()) {
      case NANOSECONDS -> Quantity.TIME;
      case FRACTION -> Quantity.SHARE;
      case PER_SECOND -> Quantity.EVENT_RATE;
      case COUNT -> Quantity.NUMBER;
    };
  }

  private void entity(Objective objective, MetricDefinition metric) {
    Set<String> names =
        switch (metric.entity()) {
          case VM -> inventory.vms.keySet();
          case HOST -> inventory.hosts.keySet();
          case ARRAY -> inventory.arrays.keySet();
          case LINK -> links();
        };
    StringBuilder regex = new StringBuilder();
    for (String part : objective.entity().split("\\*", -1)) {
      regex.append(regex.length() == 0 ? "" : ".*").append(Pattern.quote(part));
    }
    Pattern pattern = Pattern.compile(regex.toString());
    if (names.stream().noneMatch(name -> pattern.matcher(name).matches())) {
      mistakes.add(
          places.of(objective, "entity"),
          "entity: nothing that the metric has is named \""
              + Text.shorten(objective.entity())
              + "\""
              + Text.suggest(objective.entity(), names));
    }
  }

  private Set<String> links() {
    Set<String> links = new LinkedHashSet<>();
    for (Map.Entry<String, Host> host : inventory.hosts.entrySet()) {
      for (Pif pif : host.getValue().pifs()) {
        links.add(host.getKey() + "/" + pif.name());
      }
    }
    return links;
  }

  static Objective resolved(Objective objective) {
    Statistic statistic = objective.statistic();
    if (statistic == null) {
      statistic = objective.percentile() != null ? Statistic.PERCENTILE : Statistic.MEAN;
    }
    return new Objective(
        objective.metric(),
        objective.entity(),
        objective.percentile(),
        statistic,
        objective.below(),
        objective.above());
  }

  /** Returns resolved objectives as those of the pool. */
  List<ObjectiveSpec> specs(List<Objective> objectives) {
    return objectives.stream()
        .map(
            objective -> {
              boolean below = objective.below() != null;
              String limit = below ? objective.below() : objective.above();
              return new ObjectiveSpec(
                  objective.metric(),
                  objective.entity(),
                  objective.statistic(),
                  objective.percentile() == null ? 0 : objective.percentile(),
                  below ? Comparison.BELOW : Comparison.ABOVE,
                  quantity(catalogue.get(objective.metric())).parse(limit));
            })
        .toList();
  }
}
