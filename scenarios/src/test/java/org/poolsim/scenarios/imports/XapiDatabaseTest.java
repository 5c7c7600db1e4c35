// SPDX-License-Identifier: Apache-2.0
package org.poolsim.scenarios.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class XapiDatabaseTest {
  @TempDir Path folder;

  @Test
  void readsRowsManifestEscapesSetsAndMaps() throws IOException {
    XapiDatabase database =
        read(
            """
            <database><manifest><pair key="schema_major_vsn" value="5"/><pair key="schema_minor_vsn" value="909"/></manifest>
            <table name="host"><row ref="OpaqueRef:1" uuid="u1" name__label="rack%.1%_%%" PBDs="('a' 'it\\'s')"
             cpu_info="(('cpu_count' '8') ('modelname' 'CPU%.@%.2.6GHz'))" unknown_column="x"/></table>
            <table name="unknown_table"><row ref="OpaqueRef:2"/></table></database>
            """);

    assertThat(database.schema()).isEqualTo("5.909");
    XapiDatabase.Row host = database.rows("host").get(0);
    assertThat(host.label()).isEqualTo("rack 1  %");
    assertThat(host.set("PBDs")).containsExactly("a", "it's");
    assertThat(host.map("cpu_info"))
        .containsEntry("modelname", "CPU @ 2.6GHz")
        .containsEntry("cpu_count", "8");
    assertThat(database.follow(host, "metrics", "host_metrics")).isEmpty();
  }

  @Test
  void refusesATruncatedFileWithItsPlace() {
    assertThatThrownBy(() -> read("<database><table name=\"host\"><row ref=\"x\""))
        .isInstanceOf(ImportException.class)
        .hasMessageMatching(
            "(?s).*state.db:1:\\d+: not a complete XML pool database: the file ends early.*");
  }

  @Test
  void refusesADocumentTypeWithAnExternalEntity() {
    assertThatThrownBy(
            () ->
                read(
                    "<?xml version=\"1.0\"?>\n<!DOCTYPE database [<!ENTITY x SYSTEM \"file:///etc/hostname\">]>\n"
                        + "<database><manifest><pair key=\"k\" value=\"&x;\"/></manifest></database>"))
        .isInstanceOf(ImportException.class)
        .hasMessageMatching("(?s).*state.db:[23]:\\d+: .*");
  }

  @Test
  void refusesWhatIsNotADatabase() {
    assertThatThrownBy(() -> read("<rrd/>"))
        .isInstanceOf(ImportException.class)
        .hasMessageEndingWith("<rrd> is not a pool database: expected <database>");
  }

  @Test
  void namesTheRowAndTheColumnOfAWrongNumber() throws IOException {
    XapiDatabase database =
        read(
            "<database>\n<table name=\"VM\">\n<row ref=\"r\" uuid=\"u\" VCPUs__max=\"two\"/></table></database>");

    assertThatThrownBy(() -> database.rows("VM").get(0).number("VCPUs__max", 1))
        .isInstanceOf(ImportException.class)
        .hasMessageEndingWith(
            "state.db:3:1: table VM, row u, column VCPUs__max: 'two' is wrong: expected a whole number");
  }

  private XapiDatabase read(String xml) throws IOException {
    return XapiDatabase.read(Files.writeString(folder.resolve("state.db"), xml));
  }
}
