// SPDX-License-Identifier: Apache-2.0
package org.poolsim.scenarios.yaml;

import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Set;

/** Remembers where each record of a bound document came from. */
public final class Places {
  private record Origin(Node.Mapping written, Position position, Set<String> unsound) {}

  private final IdentityHashMap<Object, Origin> origins = new IdentityHashMap<>();

  void put(Object record, Node.Mapping written, Position position, Set<String> unsound) {
    origins.put(record, new Origin(written, position, new HashSet<>(unsound)));
  }

  /** Returns where a record begins. */
  public Position of(Object record) {
    return origins.get(record).position();
  }

  /** Returns where the value of a key stands, or where the record begins if it was left out. */
  public Position of(Object record, String key) {
    Origin origin = origins.get(record);
    Node value = origin.written() == null ? null : origin.written().get(key);
    return value == null ? origin.position() : value.position();
  }

  /** Returns where an entry of a list stands. */
  public Position of(Object record, String key, int index) {
    Origin origin = origins.get(record);
    Node value = origin.written() == null ? null : origin.written().get(key);
    if (value instanceof Node.Sequence list && index < list.items().size()) {
      return list.items().get(index).position();
    }
    return of(record, key);
  }

  /** Returns whether a key was written by the user. */
  public boolean given(Object record, String key) {
    Origin origin = origins.get(record);
    return origin != null && origin.written() != null && origin.written().get(key) != null;
  }

  /** Returns whether the value of a key is what was written or its default, not a placeholder. */
  public boolean sound(Object record, String key) {
    Origin origin = origins.get(record);
    return origin != null && !origin.unsound().contains(key);
  }
}
