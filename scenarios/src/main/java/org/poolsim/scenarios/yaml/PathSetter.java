// SPDX-License-Identifier: Apache-2.0
package org.poolsim.scenarios.yaml;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Sets one value in a tree by its path: keys with dots between them; an entry of a list by its name
 * as written, by its number from 0, or {@code *} for all ({@code vms.desktop-[1..240].vcpus},
 * {@code pool.hosts.0.memory}, {@code vms.*.weight}). Dots inside brackets belong to the name.
 */
public final class PathSetter {
  private final Position position;
  private final Mistakes mistakes;

  private PathSetter(Position position, Mistakes mistakes) {
    this.position = position;
    this.mistakes = mistakes;
  }

  /**
   * Returns the tree with the value set; unchanged, with a mistake, if the path leads nowhere.
   *
   * @param option how messages call the command-line option
   * @param value YAML
   */
  public static Node.Mapping set(
      Node.Mapping root, String path, String value, String option, Mistakes mistakes) {
    Position position = Position.of(option);
    Node node;
    try {
      node = at(position, YamlReader.parse(value.isBlank() ? "''" : value, option));
    } catch (InputException e) {
      mistakes.add(position, e.mistake().message());
      return root;
    }
    List<String> segments = segments(path);
    if (segments.stream().anyMatch(String::isEmpty)) {
      mistakes.add(
          position,
          "\"" + Text.shorten(path) + "\" is not a path, expected keys such as vms.web.vcpus");
      return root;
    }
    Node changed = new PathSetter(position, mistakes).in(root, segments, node);
    return changed == null ? root : (Node.Mapping) changed;
  }

  private static Node at(Position position, Node node) {
    if (node instanceof Node.Scalar scalar) {
      return new Node.Scalar(position, scalar.text(), scalar.plain());
    } else if (node instanceof Node.Sequence list) {
      return Node.Sequence.of(position, list.items().stream().map(i -> at(position, i)).toList());
    }
    Map<String, Node.Entry> entries = new LinkedHashMap<>();
    ((Node.Mapping) node)
        .entries()
        .forEach((k, e) -> entries.put(k, new Node.Entry(position, at(position, e.value()))));
    return Node.Mapping.of(position, entries);
  }

  private static List<String> segments(String path) {
    List<String> segments = new ArrayList<>();
    StringBuilder segment = new StringBuilder();
    int brackets = 0;
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      if (c == '.' && brackets == 0) {
        segments.add(segment.toString());
        segment.setLength(0);
        continue;
      }
      brackets += c == '[' ? 1 : c == ']' ? -1 : 0;
      segment.append(c);
    }
    segments.add(segment.toString());
    return segments;
  }

  /** Returns the changed node, or {@code null} after a mistake. */
  private Node in(Node node, List<String> path, Node value) {
    if (path.isEmpty()) {
      return value;
    }
    String first = path.get(0);
    List<String> rest = path.subList(1, path.size());
    if (node instanceof Node.Sequence list) {
      return inList(list, first, rest, value);
    }
    // A scalar on the way gives way: memory: 4GiB becomes a mapping.
    Node.Mapping mapping =
        node instanceof Node.Mapping m ? m : Node.Mapping.of(position, new LinkedHashMap<>());
    Node changed = in(mapping.get(first), rest, value);
    if (changed == null) {
      return null;
    }
    Map<String, Node.Entry> entries = new LinkedHashMap<>(mapping.entries());
    entries.put(first, new Node.Entry(position, changed));
    return Node.Mapping.of(mapping.position(), entries);
  }

  private Node inList(Node.Sequence list, String which, List<String> rest, Node value) {
    List<Node> items = new ArrayList<>(list.items());
    List<String> names = new ArrayList<>();
    boolean found = false;
    for (int i = 0; i < items.size(); i++) {
      String name = Trees.name(items.get(i));
      if (name != null) {
        names.add(name);
      }
      if (which.equals("*") || which.equals(name) || which.equals(Integer.toString(i))) {
        Node changed = in(items.get(i), rest, value);
        if (changed == null) {
          return null;
        }
        items.set(i, changed);
        found = true;
      }
    }
    if (!found) {
      mistakes.add(
          position,
          "no entry \""
              + Text.shorten(which)
              + "\" in a list of "
              + items.size()
              + Text.suggest(which, names));
      return null;
    }
    return Node.Sequence.of(list.position(), items);
  }
}
