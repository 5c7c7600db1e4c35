// SPDX-License-Identifier: Apache-2.0
package org.poolsim.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.poolsim.engine.data.DataSource;
import org.poolsim.engine.data.DataSources;
import org.poolsim.engine.data.Description;
import org.poolsim.engine.data.Owner;

class SrSpaceTest {
  private static final long MIB = 1L << 20;
  private static final long GIB = 1L << 30;
  private static final Owner OWNER = new Owner(Owner.Kind.SR, "01234567-89ab", "store");

  @Test
  void anLvmVolumeHoldsTheImageItsBitmapsAndTheLargestTable() {
    // 40 GiB + 20480 bitmaps of 4 KiB + 4,329,472 B, in extents of 4 MiB.
    assertThat(SrSpace.imageBytes(SrType.LVM, 40 * GIB)).isEqualTo(10_262L * 4 * MIB);
    assertThat(SrSpace.imageBytes(SrType.LVMOISCSI, 40 * GIB)).isEqualTo(10_262L * 4 * MIB);
    // 2 MiB: one bitmap; 2 MiB + 4 KiB + 4.13 MiB are two extents.
    assertThat(SrSpace.imageBytes(SrType.LVM, 2 * MIB)).isEqualTo(8 * MIB);
  }

  @Test
  void rawImagesTakeTheirSizeAndFilesWhatHasBeenWritten() {
    assertThat(SrSpace.imageBytes(SrType.RAWHBA, 3 * GIB)).isEqualTo(3 * GIB);
    assertThat(SrSpace.imageBytes(SrType.EXT, 3 * GIB)).isNegative();
    assertThat(SrSpace.imageBytes(SrType.NFS, 3 * GIB)).isNegative();
  }

  @Test
  void theSourcesAreThoseThatPerfmonExpectsAsFarAsTheyAreKnown() {
    assertThat(registered(10 * GIB, 4 * GIB))
        .extracting(DataSource::description)
        .allSatisfy(
            source -> {
              assertThat(source.owner()).isEqualTo(OWNER);
              assertThat(source.type()).isEqualTo(Description.Type.GAUGE);
              assertThat(source.units()).isEqualTo("B");
              assertThat(source.enabled()).isTrue();
            })
        .extracting(Description::name)
        .containsExactly("physical_utilisation", "size");
    assertThat(registered(10 * GIB, 4 * GIB))
        .extracting(source -> source.value(0))
        .containsExactly(4.0 * GIB, 10.0 * GIB);
    assertThat(registered(10 * GIB, -1))
        .extracting(source -> source.description().name())
        .containsExactly("size");
    assertThat(registered(0, -1)).isEmpty();
  }

  private static List<DataSource> registered(long size, long used) {
    List<DataSource> found = new ArrayList<>();
    DataSources sources = new DataSources();
    SrSpace.register(sources, OWNER, size, used);
    sources.subscribe(
        new DataSources.Subscriber() {
          @Override
          public void added(DataSource source) {
            found.add(source);
          }

          @Override
          public void removed(Owner owner, List<DataSource> removed) {
            throw new AssertionError("an SR stays");
          }
        });
    return found;
  }
}
