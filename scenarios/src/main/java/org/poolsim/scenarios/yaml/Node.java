// SPDX-License-Identifier: Apache-2.0
package org.poolsim.scenarios.yaml;

import java.util.List;
import java.util.Map;

/**
 * A piece of YAML with its place. Immutable: an alias is the very node of its anchor, and a
 * template is shared by all who use it.
 */
public sealed interface Node {
  /** Returns where the node begins. */
  Position position();

  /** Returns how many nodes the node stands for, aliases counted as often as they are used. */
  int size();

  /** Returns what the node is called in a message. */
  String kind();

  /**
   * A scalar.
   *
   * @param text the text without quotes
   * @param plain whether it was written without quotes
   */
  record Scalar(Position position, String text, boolean plain) implements Node {
    @Override
    public int size() {
      return 1;
    }

    @Override
    public String kind() {
      return isNull() ? "nothing" : "\"" + Text.shorten(text) + "\"";
    }

    /** Returns whether nothing was written, or YAML's null. */
    public boolean isNull() {
      return plain && (text.isEmpty() || text.equals("~") || text.equals("null"));
    }
  }

  /** A list. */
  record Sequence(Position position, List<Node> items, int size) implements Node {
    /** Makes a list of nodes. */
    public static Sequence of(Position position, List<Node> items) {
      int size = 1;
      for (Node item : items) {
        size += item.size();
      }
      return new Sequence(position, List.copyOf(items), size);
    }

    @Override
    public String kind() {
      return "a list";
    }
  }

  /** Keys and values in the order of the file. */
  record Mapping(Position position, Map<String, Entry> entries, int size) implements Node {
    /** Makes a mapping; the map's own order is kept and the map must not change afterwards. */
    public static Mapping of(Position position, Map<String, Entry> entries) {
      int size = 1;
      for (Entry entry : entries.values()) {
        size += 1 + entry.value().size();
      }
      return new Mapping(position, entries, size);
    }

    @Override
    public String kind() {
      return "a mapping";
    }

    /** Returns the value of a key, or {@code null}. */
    public Node get(String key) {
      Entry entry = entries.get(key);
      return entry == null ? null : entry.value();
    }
  }

  /**
   * One key of a mapping and its value.
   *
   * @param key where the key stands
   */
  record Entry(Position key, Node value) {}
}
