// SPDX-License-Identifier: Apache-2.0
package org.poolsim.scenarios.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RrdBackupTest {
  private static final String DUMP =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rrd><version>0003</version><step>5</step><lastupdate>1000007</lastupdate>"
          + "<ds><name>cpu0</name><type>DERIVE</type><max>1.0</max></ds><ds><name>memory</name><max>Infinity</max></ds>"
          + "<rra><cf>AVERAGE</cf><pdp_per_row>1</pdp_per_row><params><xff>0.5</xff></params>"
          + "<cdp_prep><ds><value>0.0</value></ds><ds><value>0.0</value></ds></cdp_prep>"
          + "<database><row><v>0.25</v><v>1024</v></row><row><v>NaN</v><v>2048</v></row></database></rra>"
          + "<rra><cf>AVERAGE</cf><pdp_per_row>12</pdp_per_row><database><row><v>0.5</v><v>7</v></row></database></rra></rrd>";

  @TempDir Path folder;

  @Test
  void readsNamesArchivesAndTheTimesOfRows() throws IOException {
    RrdBackup backup = RrdBackup.read(Files.writeString(folder.resolve("vm.xml"), DUMP));

    assertThat(backup.names()).containsExactly("cpu0", "memory");
    RrdBackup.Archive finest = backup.averages(5);
    assertThat(finest.rows()).hasSize(2);
    assertThat(finest.rows().get(1)).containsExactly(Double.NaN, 2048);
    assertThat(backup.rowTime(finest, 1)).isEqualTo(1_000_005);
    assertThat(backup.rowTime(finest, 0)).isEqualTo(1_000_000);
    RrdBackup.Archive minutes = backup.averages(60);
    assertThat(backup.rowTime(minutes, 0)).isEqualTo(1_000_007 - 1_000_007 % 60);
  }

  @Test
  void readsTheCompressedFormOfABackupFolder() throws IOException {
    Path file = folder.resolve("vm.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(DUMP.getBytes(StandardCharsets.UTF_8));
    }

    assertThat(RrdBackup.read(file).archives()).hasSize(2);
  }

  @Test
  void namesThePlaceOfTextInANumber() {
    assertThatThrownBy(
            () ->
                RrdBackup.read(
                    Files.writeString(folder.resolve("vm.xml"), DUMP.replace("1024", "much"))))
        .isInstanceOf(ImportException.class)
        .hasMessageMatching("(?s).*vm.xml:2:\\d+: <v> holds 'much': expected a number");
  }

  @Test
  void refusesARowThatLacksAValue() {
    assertThatThrownBy(
            () ->
                RrdBackup.read(
                    Files.writeString(folder.resolve("vm.xml"), DUMP.replace("<v>1024</v>", ""))))
        .isInstanceOf(ImportException.class)
        .hasMessageEndingWith("a row has 1 values: expected 2, one per data source");
  }
}
