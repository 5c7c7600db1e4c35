// SPDX-License-Identifier: Apache-2.0
package org.poolsim.reports.serve;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.Set;

/** Who may read: one user, and the sessions that it opened. Thread safe. */
final class Sessions {
  private static final int OPEN_MAX = 1000;

  private final ServeOptions options;
  private final SecureRandom random = new SecureRandom();
  private final Set<String> open = new LinkedHashSet<>();

  Sessions(ServeOptions options) {
    this.options = options;
  }

  boolean everybody() {
    return options.password().isEmpty();
  }

  /** Returns a new session, or null for wrong credentials. The oldest gives way to one too many. */
  String login(String user, String password) {
    if (!everybody() && !matches(user, password)) {
      return null;
    }
    byte[] bytes = new byte[16];
    random.nextBytes(bytes);
    String hex = HexFormat.of().formatHex(bytes);
    String session =
        "OpaqueRef:"
            + String.join(
                "-",
                hex.substring(0, 8),
                hex.substring(8, 12),
                hex.substring(12, 16),
                hex.substring(16, 20),
                hex.substring(20));
    synchronized (open) {
      if (open.size() >= OPEN_MAX) {
        open.remove(open.iterator().next());
      }
      open.add(session);
    }
    return session;
  }

  void logout(String session) {
    synchronized (open) {
      open.remove(session);
    }
  }

  boolean isOpen(String session) {
    synchronized (open) {
      return open.contains(session);
    }
  }

  /** Judges an {@code Authorization} header. */
  boolean basic(String header) {
    if (header == null || !header.regionMatches(true, 0, "Basic ", 0, 6)) {
      return false;
    }
    String decoded;
    try {
      decoded =
          new String(
              Base64.getDecoder().decode(header.substring(6).strip()), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return false;
    }
    int colon = decoded.indexOf(':');
    return colon >= 0 && matches(decoded.substring(0, colon), decoded.substring(colon + 1));
  }

  /** Both are compared whatever the first one says: the time tells nothing. */
  private boolean matches(String user, String password) {
    boolean sameUser = same(user, options.user());
    boolean samePassword = same(password, options.password());
    return sameUser && samePassword;
  }

  private static boolean same(String a, String b) {
    return MessageDigest.isEqual(
        a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
  }
}
