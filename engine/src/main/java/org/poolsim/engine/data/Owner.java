// SPDX-License-Identifier: Apache-2.0
package org.poolsim.engine.data;

/**
 * The object that a data source describes.
 *
 * @param kind host, VM or SR
 * @param uuid the object's uuid as the toolstack knows it
 * @param name the name that people know it by
 */
public record Owner(Kind kind, String uuid, String name) {
  /** What the object is. */
  public enum Kind {
    HOST,
    VM,
    SR
  }
}
