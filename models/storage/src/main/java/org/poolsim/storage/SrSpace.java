// SPDX-License-Identifier: Apache-2.0
package org.poolsim.storage;

import org.poolsim.engine.data.DataSources;
import org.poolsim.engine.data.Description;
import org.poolsim.engine.data.Gauge;
import org.poolsim.engine.data.Owner;

/**
 * What of an SR its images take, and the two data sources of an SR itself. Neither changes during a
 * run: which blocks of an image have been written is not followed.
 */
public final class SrSpace {
  private static final long EXTENT_BYTES = 4L << 20;
  private static final long BLOCK_BYTES = 2L << 20;
  private static final long BITMAP_BYTES = 4096;

  /** Header and block table of a VHD of the largest size, 2 TiB, which LVM leaves room for. */
  private static final long EMPTY_VHD_BYTES = 4_329_472;

  private SrSpace() {}

  /**
   * Returns what an image takes of its SR.
   *
   * <p>On LVM a VHD's volume is inflated to the image's full size with all bitmaps (fact: {@code
   * lvhdutil.py}, {@code vhdutil.py} of sm), in extents of 4 MiB; raw images are volumes of their
   * size. VHD files grow with what is written.
   *
   * @param virtualBytes what the guest sees
   * @return bytes; -1 where it depends on what has been written
   */
  public static long imageBytes(SrType type, long virtualBytes) {
    return switch (type.image()) {
      case LVM -> {
        long blocks = (virtualBytes + BLOCK_BYTES - 1) / BLOCK_BYTES;
        long bytes = virtualBytes + EMPTY_VHD_BYTES + BITMAP_BYTES * blocks;
        yield (bytes + EXTENT_BYTES - 1) / EXTENT_BYTES * EXTENT_BYTES;
      }
      case RAW -> virtualBytes;
      case FILE -> -1;
    };
  }

  /**
   * Adds the sources {@code size} and {@code physical_utilisation} of an SR, with the types and
   * units that the perfmon script expects of an SR plugin.
   *
   * @param sizeBytes 0 when unknown; then there is no such source
   * @param usedBytes negative when unknown; then there is no such source
   */
  public static void register(DataSources sources, Owner sr, long sizeBytes, long usedBytes) {
    if (usedBytes >= 0) {
      add(sources, sr, "physical_utilisation", "Space that the SR's images take", usedBytes);
    }
    if (sizeBytes > 0) {
      add(sources, sr, "size", "Size of the SR", sizeBytes);
    }
  }

  private static void add(
      DataSources sources, Owner sr, String name, String text, long presentBytes) {
    sources.add(
        new Gauge(
            new Description(
                sr,
                name,
                text,
                "B",
                Description.Type.GAUGE,
                true,
                0,
                Double.POSITIVE_INFINITY,
                false,
                true),
            (double) presentBytes));
  }
}
