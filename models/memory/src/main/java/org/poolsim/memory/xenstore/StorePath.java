// SPDX-License-Identifier: Apache-2.0
package org.poolsim.memory.xenstore;

import java.util.ArrayList;
import java.util.List;

/** An absolute path of one daemon's store. There is one object for each path. */
public final class StorePath {
  final StorePath parent;
  final String name;

  /** Where the name comes in the order of names; children are sorted by it. */
  final int nameId;

  final int depth;
  final List<StoreConnection> watchers = new ArrayList<>(0);

  StorePath(StorePath parent, String name, int nameId) {
    this.parent = parent;
    this.name = name;
    this.nameId = nameId;
    depth = parent == null ? 0 : parent.depth + 1;
  }

  /** Returns the ancestor, or this path itself, at a depth from 0 to this path's. */
  StorePath ancestor(int atDepth) {
    StorePath at = this;
    while (at.depth > atDepth) {
      at = at.parent;
    }
    return at;
  }

  @Override
  public String toString() {
    if (parent == null) {
      return "/";
    }
    return parent.parent == null ? "/" + name : parent + "/" + name;
  }
}
