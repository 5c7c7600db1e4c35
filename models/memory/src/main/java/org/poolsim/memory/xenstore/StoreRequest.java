// SPDX-License-Identifier: Apache-2.0
package org.poolsim.memory.xenstore;

/** One request to the daemon and, once it has been served, the reply. */
public final class StoreRequest {
  /** What is asked. */
  public enum Op {
    READ,
    DIRECTORY,
    WRITE,
    MKDIR,
    RM,
    SET_PERMS,
    WATCH,
    UNWATCH,
    TRANSACTION_START,
    TRANSACTION_END;

    boolean changes() {
      return this == WRITE || this == MKDIR || this == RM || this == SET_PERMS;
    }
  }

  /** How it was answered. */
  public enum Status {
    OK,
    ENOENT,
    EQUOTA,
    /** The transaction collided; all of it must be done again. */
    EAGAIN
  }

  final Op op;
  final StorePath path;
  final long value;

  Status status;
  long readValue;
  int[] names;

  private StoreRequest(Op op, StorePath path, long value) {
    this.op = op;
    this.path = path;
    this.value = value;
  }

  /** Asks for anything that takes a path and no value. */
  public static StoreRequest of(Op op, StorePath path) {
    return new StoreRequest(op, path, 0);
  }

  /** Writes a value: equal numbers stand for equal contents. */
  public static StoreRequest write(StorePath path, long value) {
    return new StoreRequest(Op.WRITE, path, value);
  }

  /** Begins a transaction. */
  public static StoreRequest start() {
    return new StoreRequest(Op.TRANSACTION_START, null, 0);
  }

  /** Ends a transaction and commits it. */
  public static StoreRequest end() {
    return new StoreRequest(Op.TRANSACTION_END, null, 0);
  }

  /** Returns what is asked. */
  public Op op() {
    return op;
  }

  /** Returns how it was answered. */
  public Status status() {
    return status;
  }

  /** Returns the value that a successful READ found. */
  public long readValue() {
    return readValue;
  }

  /** Returns the number of children that a successful DIRECTORY found. */
  public int children() {
    return names.length;
  }
}
