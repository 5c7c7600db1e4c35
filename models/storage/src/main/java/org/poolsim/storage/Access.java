// SPDX-License-Identifier: Apache-2.0
package org.poolsim.storage;

/** Where on its disk a request goes. */
public enum Access {
  /** Anywhere: a rotating disk must seek. */
  RANDOM,
  /** Behind the one before. */
  SEQUENTIAL
}
