// SPDX-License-Identifier: Apache-2.0
package org.poolsim.scenarios.yaml;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Puts one tree over another. The trees themselves never change. */
public final class Trees {
  private Trees() {}

  /** What happens to two lists under the same key. */
  public enum Lists {
    /** The upper one stands. */
    REPLACE,
    /** Mappings with the same {@code name} are merged, the others follow; otherwise REPLACE. */
    BY_NAME
  }

  /**
   * Returns a mapping with what is in either; where both have a key, mappings are merged in turn
   * and anything else is the upper one's.
   *
   * @param whole keys whose values are never merged
   */
  public static Node.Mapping merge(
      Node.Mapping lower, Node.Mapping upper, Lists lists, Set<String> whole) {
    Map<String, Node.Entry> entries = new LinkedHashMap<>(lower.entries());
    for (Map.Entry<String, Node.Entry> entry : upper.entries().entrySet()) {
      String key = entry.getKey();
      Node.Entry below = entries.get(key);
      Node.Entry above = entry.getValue();
      Node value =
          below == null || whole.contains(key)
              ? above.value()
              : merge(below.value(), above.value(), lists, whole);
      entries.put(key, new Node.Entry(above.key(), value));
    }
    return Node.Mapping.of(upper.position(), entries);
  }

  private static Node merge(Node lower, Node upper, Lists lists, Set<String> whole) {
    if (lower instanceof Node.Mapping a && upper instanceof Node.Mapping b) {
      return merge(a, b, lists, whole);
    }
    if (lists == Lists.BY_NAME
        && lower instanceof Node.Sequence a
        && upper instanceof Node.Sequence b
        && named(a)
        && named(b)) {
      return byName(a, b, whole);
    }
    return upper;
  }

  private static boolean named(Node.Sequence list) {
    for (Node item : list.items()) {
      if (name(item) == null) {
        return false;
      }
    }
    return true;
  }

  /** Returns the name of a mapping in a list, or {@code null}. */
  public static String name(Node item) {
    return item instanceof Node.Mapping mapping && mapping.get("name") instanceof Node.Scalar name
        ? name.text()
        : null;
  }

  private static Node byName(Node.Sequence lower, Node.Sequence upper, Set<String> whole) {
    Map<String, Integer> places = new LinkedHashMap<>();
    List<Node> items = new ArrayList<>();
    for (Node item : lower.items()) {
      places.putIfAbsent(name(item), items.size());
      items.add(item);
    }
    for (Node item : upper.items()) {
      Integer place = places.get(name(item));
      if (place == null) {
        items.add(item);
      } else {
        items.set(
            place,
            merge((Node.Mapping) items.get(place), (Node.Mapping) item, Lists.BY_NAME, whole));
      }
    }
    return Node.Sequence.of(upper.position(), items);
  }

  /** Returns a mapping without a key. */
  public static Node.Mapping without(Node.Mapping mapping, String key) {
    Map<String, Node.Entry> entries = new LinkedHashMap<>(mapping.entries());
    entries.remove(key);
    return Node.Mapping.of(mapping.position(), entries);
  }

  /** Returns a mapping with another value under a key. */
  public static Node.Mapping with(Node.Mapping mapping, String key, Node value) {
    Map<String, Node.Entry> entries = new LinkedHashMap<>(mapping.entries());
    Node.Entry before = entries.get(key);
    entries.put(key, new Node.Entry(before == null ? value.position() : before.key(), value));
    return Node.Mapping.of(mapping.position(), entries);
  }
}
