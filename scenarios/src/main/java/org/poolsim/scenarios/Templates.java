// SPDX-License-Identifier: Apache-2.0
package org.poolsim.scenarios;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.poolsim.scenarios.yaml.Mistakes;
import org.poolsim.scenarios.yaml.Node;
import org.poolsim.scenarios.yaml.Text;
import org.poolsim.scenarios.yaml.Trees;

/** Puts templates under the hosts and VMs that name them. */
final class Templates {
  private static final int MAX_DEPTH = 16;
  private static final String TEMPLATE = "template";

  private final Mistakes mistakes;

  Templates(Mistakes mistakes) {
    this.mistakes = mistakes;
  }

  /** Returns the scenario with its templates applied; the templates themselves stay. */
  Node.Mapping apply(Node.Mapping scenario) {
    Node.Mapping result = scenario;
    Node vms = apply(scenario.get("vms"), scenario.get("vm_templates"), "VM");
    if (vms != null) {
      result = Trees.with(result, "vms", vms);
    }
    if (scenario.get("pool") instanceof Node.Mapping pool) {
      Node hosts = apply(pool.get("hosts"), scenario.get("host_templates"), "host");
      if (hosts != null) {
        result = Trees.with(result, "pool", Trees.with(pool, "hosts", hosts));
      }
    }
    return result;
  }

  private Node apply(Node entries, Node templates, String kind) {
    if (!(entries instanceof Node.Sequence list)) {
      return null;
    }
    Map<String, Node.Entry> known =
        templates instanceof Node.Mapping mapping ? mapping.entries() : new LinkedHashMap<>();
    List<Node> items = new ArrayList<>();
    for (Node item : list.items()) {
      items.add(
          item instanceof Node.Mapping mapping
              ? apply(mapping, known, kind, new ArrayList<>())
              : item);
    }
    return Node.Sequence.of(list.position(), items);
  }

  private Node.Mapping apply(
      Node.Mapping entry, Map<String, Node.Entry> known, String kind, List<String> trail) {
    if (!(entry.get(TEMPLATE) instanceof Node.Scalar name)) {
      return entry;
    }
    Node.Entry template = known.get(name.text());
    if (template == null) {
      mistakes.add(
          name.position(),
          "no "
              + kind
              + " template \""
              + Text.shorten(name.text())
              + "\""
              + Text.suggest(name.text(), known.keySet()));
      return entry;
    }
    if (trail.contains(name.text()) || trail.size() >= MAX_DEPTH) {
      mistakes.add(
          name.position(),
          kind
              + " templates use each other: "
              + String.join(" uses ", trail)
              + " uses "
              + name.text());
      return entry;
    }
    if (!(template.value() instanceof Node.Mapping mapping)) {
      return entry; // reported where the template stands
    }
    List<String> longer = new ArrayList<>(trail);
    longer.add(name.text());
    Node.Mapping below = apply(mapping, known, kind, longer);
    // A template that was not found stays in place, so that what it would bring is not missed too.
    return below.get(TEMPLATE) != null
        ? Trees.merge(below, entry, Trees.Lists.REPLACE, SourceFiles.WHOLE)
        : Trees.merge(
            below, Trees.without(entry, TEMPLATE), Trees.Lists.REPLACE, SourceFiles.WHOLE);
  }
}
