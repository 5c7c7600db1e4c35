// SPDX-License-Identifier: Apache-2.0
package org.poolsim.memory.xenstore;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;

/** The current tree, and what each request does to it or to a snapshot of it. */
final class StoreTree {
  static final Comparator<StorePath> BY_NAME = Comparator.comparingInt(path -> path.nameId);

  private StoreNode root = StoreNode.leaf(0, 0, 0);
  private long generation;
  private long nodes;
  private final Map<Integer, StoreConnection> owners = new HashMap<>();

  StoreNode root() {
    return root;
  }

  long nodes() {
    return nodes;
  }

  /** Answers a request and makes its change the current tree. */
  void apply(StoreRequest asked, StoreConnection from, StoreQuota quota) {
    StoreNode before = root;
    int created = 0;
    if (asked.op == StoreRequest.Op.WRITE || asked.op == StoreRequest.Op.MKDIR) {
      created = missing(asked.path);
    }
    StoreNode removed = asked.op == StoreRequest.Op.RM ? root.find(asked.path) : null;
    root = applyTo(before, asked, from, quota);
    if (asked.status != StoreRequest.Status.OK) {
      return;
    }
    if (created > 0) {
      nodes += created;
      owners.putIfAbsent(from.domid, from);
      owners.get(from.domid).nodes += created;
    }
    if (removed != null) {
      forget(removed);
    }
  }

  private int missing(StorePath path) {
    int missing = 0;
    for (StorePath at = path; at != null && root.find(at) == null; at = at.parent) {
      missing++;
    }
    return missing;
  }

  private void forget(StoreNode node) {
    nodes--;
    StoreConnection owner = owners.get(node.owner);
    if (owner != null) {
      owner.nodes--;
    }
    for (StoreNode child : node.children) {
      forget(child);
    }
  }

  /** Answers a request against a tree; returns the tree with its change. */
  StoreNode applyTo(StoreNode tree, StoreRequest asked, StoreConnection from, StoreQuota quota) {
    asked.status = StoreRequest.Status.OK;
    asked.readValue = 0;
    asked.names = null;
    StoreNode node = tree.find(asked.path);
    switch (asked.op) {
      case READ -> {
        if (node == null) {
          asked.status = StoreRequest.Status.ENOENT;
        } else {
          asked.readValue = node.value;
        }
        return tree;
      }
      case DIRECTORY -> {
        if (node == null) {
          asked.status = StoreRequest.Status.ENOENT;
        } else {
          asked.names = node.names;
        }
        return tree;
      }
      case WRITE, MKDIR -> {
        if (node == null) {
          if (!from.isPrivileged() && from.nodes >= quota.nodes()) {
            asked.status = StoreRequest.Status.EQUOTA;
            return tree;
          }
        } else if (asked.op == StoreRequest.Op.MKDIR) {
          return tree;
        }
        return put(tree, asked.path, asked.path.depth, asked, from);
      }
      case SET_PERMS -> {
        if (node == null) {
          asked.status = StoreRequest.Status.ENOENT;
          return tree;
        }
        return touched(tree, asked.path, 0);
      }
      case RM -> {
        if (node == null) {
          asked.status = StoreRequest.Status.ENOENT;
          return tree;
        }
        return removed(tree, asked.path, 0);
      }
      default -> throw new IllegalArgumentException(asked.op + " does nothing to the tree");
    }
  }

  /** Puts the value at the path, making what is missing above; {@code left} levels to go. */
  private StoreNode put(
      StoreNode at, StorePath path, int left, StoreRequest asked, StoreConnection from) {
    if (left == 0) {
      return at.withValue(asked.value, ++generation);
    }
    StorePath step = path.ancestor(path.depth - left + 1);
    StoreNode child = at.child(step.nameId);
    StoreNode below = child == null ? StoreNode.leaf(0, from.domid, ++generation) : child;
    StoreNode changed = put(below, path, left - 1, asked, from);
    return at.withChild(step.nameId, changed, child == null ? ++generation : at.generation);
  }

  private StoreNode touched(StoreNode at, StorePath path, int depth) {
    if (depth == path.depth) {
      return at.withValue(at.value, ++generation);
    }
    int name = path.ancestor(depth + 1).nameId;
    return at.withChild(name, touched(at.child(name), path, depth + 1), at.generation);
  }

  private StoreNode removed(StoreNode at, StorePath path, int depth) {
    int name = path.ancestor(depth + 1).nameId;
    if (depth + 1 == path.depth) {
      return at.withoutChild(name, ++generation);
    }
    return at.withChild(name, removed(at.child(name), path, depth + 1), at.generation);
  }
}
