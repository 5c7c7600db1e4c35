// SPDX-License-Identifier: Apache-2.0
package org.poolsim.reports.export;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.zip.CRC32;

/**
 * Names of sources that stock rrdtool accepts: at most 19 characters out of letters, digits and the
 * underscore. A name that fits is kept; of a longer one the first 12 characters are kept and a
 * checksum of the whole follows.
 */
public final class SafeNames {
  /** The longest name of a source in RRDtool 1.7.2. */
  public static final int LONGEST = 19;

  private static final int KEPT = 12;

  private SafeNames() {}

  /** Returns one safe name per name, all different. */
  public static List<String> of(List<String> names) {
    Set<String> taken = new HashSet<>();
    List<String> safe = new ArrayList<>(names.size());
    for (String name : names) {
      String allowed = name.replaceAll("[^A-Za-z0-9_]", "_");
      String candidate =
          allowed.equals(name) && !name.isEmpty() && name.length() <= LONGEST
              ? name
              : shortened(allowed, name);
      for (int i = 1; !taken.add(candidate); i++) {
        candidate = shortened(allowed, name + "#" + i);
      }
      safe.add(candidate);
    }
    return safe;
  }

  private static String shortened(String allowed, String whole) {
    CRC32 checksum = new CRC32();
    checksum.update(whole.getBytes(StandardCharsets.UTF_8));
    return allowed.substring(0, Math.min(KEPT, allowed.length()))
        + String.format(Locale.ROOT, "_%06x", checksum.getValue() & 0xffffff);
  }
}
