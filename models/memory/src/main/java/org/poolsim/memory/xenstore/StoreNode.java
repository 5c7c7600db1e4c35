// SPDX-License-Identifier: Apache-2.0
package org.poolsim.memory.xenstore;

import java.util.Arrays;

/** A node of the tree and all below it; never changed, so that a snapshot is a reference. */
final class StoreNode {
  private static final int[] NO_NAMES = {};
  private static final StoreNode[] NO_NODES = {};

  final long value;
  final int owner;

  /** The daemon's count of changes when this node was last written. */
  final long generation;

  final int[] names;
  final StoreNode[] children;

  private StoreNode(long value, int owner, long generation, int[] names, StoreNode[] children) {
    this.value = value;
    this.owner = owner;
    this.generation = generation;
    this.names = names;
    this.children = children;
  }

  static StoreNode leaf(long value, int owner, long generation) {
    return new StoreNode(value, owner, generation, NO_NAMES, NO_NODES);
  }

  StoreNode child(int name) {
    int at = Arrays.binarySearch(names, name);
    return at < 0 ? null : children[at];
  }

  /** Returns the node at a path below this one, which is the root; {@code null} if none. */
  StoreNode find(StorePath path) {
    if (path.parent == null) {
      return this;
    }
    StoreNode above = find(path.parent);
    return above == null ? null : above.child(path.nameId);
  }

  StoreNode withValue(long newValue, long newGeneration) {
    return new StoreNode(newValue, owner, newGeneration, names, children);
  }

  /** Returns this node with a child put in place; a new child is a change of this node too. */
  StoreNode withChild(int name, StoreNode child, long newGeneration) {
    int at = Arrays.binarySearch(names, name);
    if (at >= 0) {
      StoreNode[] newChildren = children.clone();
      newChildren[at] = child;
      return new StoreNode(value, owner, generation, names, newChildren);
    }
    int to = -at - 1;
    int[] newNames = new int[names.length + 1];
    StoreNode[] newChildren = new StoreNode[names.length + 1];
    System.arraycopy(names, 0, newNames, 0, to);
    System.arraycopy(children, 0, newChildren, 0, to);
    newNames[to] = name;
    newChildren[to] = child;
    System.arraycopy(names, to, newNames, to + 1, names.length - to);
    System.arraycopy(children, to, newChildren, to + 1, names.length - to);
    return new StoreNode(value, owner, newGeneration, newNames, newChildren);
  }

  StoreNode withoutChild(int name, long newGeneration) {
    int at = Arrays.binarySearch(names, name);
    int[] newNames = new int[names.length - 1];
    StoreNode[] newChildren = new StoreNode[names.length - 1];
    System.arraycopy(names, 0, newNames, 0, at);
    System.arraycopy(children, 0, newChildren, 0, at);
    System.arraycopy(names, at + 1, newNames, at, newNames.length - at);
    System.arraycopy(children, at + 1, newChildren, at, newNames.length - at);
    return new StoreNode(value, owner, newGeneration, newNames, newChildren);
  }
}
