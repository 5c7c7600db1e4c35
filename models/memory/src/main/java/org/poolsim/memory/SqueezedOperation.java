// SPDX-License-Identifier: Apache-2.0
package org.poolsim.memory;

/** A call that waits for, or holds, squeezed's mutex. */
abstract class SqueezedOperation {
  /** What an operation does while it holds the mutex. */
  enum Kind {
    /** Its effect alone, at the cost of one request. */
    PLAIN,
    /** The change loop. */
    CHANGE,
    /** The change loop of a balance, if one look at the host says that it is needed. */
    TICK
  }

  final Kind kind;

  SqueezedOperation(Kind kind) {
    this.kind = kind;
  }

  /** The mutex is taken; a change loop begins on {@code call}. */
  void begin(SqueezeCall call, double nowSeconds) {}

  /** The operation is over and the mutex free again. */
  abstract void done(SqueezeCall call);
}
