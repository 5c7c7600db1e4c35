// SPDX-License-Identifier: Apache-2.0
package org.poolsim.storage;

/** Read or write. */
public enum IoDirection {
  READ,
  WRITE
}
