// SPDX-License-Identifier: Apache-2.0
package org.poolsim.reports.serve;

/**
 * How the service is reached.
 *
 * @param address the address to bind
 * @param port the port; 0 for any free one
 * @param user the user name
 * @param password the password; empty lets everybody in, which only loopback may do
 * @param literalAll whether {@code vm_uuid=all} and {@code none} are plain uuids, as since v26.7 of
 *     the real software
 */
public record ServeOptions(
    String address, int port, String user, String password, boolean literalAll) {
  /** Checks that only loopback is open to everybody. */
  public ServeOptions {
    if (password.isEmpty() && !address.equals("127.0.0.1") && !address.equals("::1")) {
      throw new IllegalArgumentException(
          "without a password the service binds to 127.0.0.1 or ::1 only, not to " + address);
    }
  }

  /** Returns options for loopback. */
  public static ServeOptions loopback(int port, String user, String password) {
    return new ServeOptions("127.0.0.1", port, user, password, false);
  }
}
