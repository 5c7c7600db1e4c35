// SPDX-License-Identifier: Apache-2.0
package org.poolsim.pool;

/** What can saturate. */
public enum SaturatedResource {
  GUEST_CPU,
  DOM0_CPU,
  MEMORY,
  ARRAY,
  ARRAY_QUEUE,
  LINK
}
