// SPDX-License-Identifier: Apache-2.0
package org.poolsim.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PerfmonXmlTest {
  @Test
  void theTextIsOnOneLineWithWhatMustBeEscapedEscaped() {
    Map<String, String> variable = new LinkedHashMap<>();
    variable.put("name", "latenz größer als <\"a\" & 'b'>");
    variable.put("rrd_regex", "x.*");

    String text = PerfmonXml.write(List.of(variable, Map.of("name", "cpu_usage")));

    assertThat(text)
        .isEqualTo(
            "<config><variable>"
                + "<name value=\"latenz größer als &lt;&quot;a&quot; &amp; 'b'&gt;\"/>"
                + "<rrd_regex value=\"x.*\"/></variable>"
                + "<variable><name value=\"cpu_usage\"/></variable></config>");
    assertThat(PerfmonXml.read(text)).containsExactly(variable, Map.of("name", "cpu_usage"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "cpu_usage",
        "<config><variable>",
        "<configuration/>",
        "<config>text</config>",
        "<!DOCTYPE config [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><config>&e;</config>"
      })
  void whatIsNoSuchXmlIsRefused(String text) {
    assertThatThrownBy(() -> PerfmonXml.read(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
