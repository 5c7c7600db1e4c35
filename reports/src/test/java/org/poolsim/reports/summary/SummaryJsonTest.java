// SPDX-License-Identifier: Apache-2.0
package org.poolsim.reports.summary;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.poolsim.reports.result.SampleRuns;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The summary for programs: full precision, fixed order. */
class SummaryJsonTest {
  private final byte[] bytes = SummaryJson.of(SampleRuns.rich());
  private final JsonNode json = new JsonMapper().readTree(bytes);

  @Test
  void isTheSameBytesForTheSameRunAndEndsItsLastLine() {
    assertThat(SummaryJson.of(SampleRuns.rich())).isEqualTo(bytes);
    assertThat(bytes[bytes.length - 1]).isEqualTo((byte) '\n');
    assertThat(new String(bytes, java.nio.charset.StandardCharsets.UTF_8)).doesNotContain("\r");
  }

  @Test
  void keepsFullPrecisionInBaseUnits() {
    JsonNode missed = json.get("objectives").get(0);
    assertThat(missed.get("measured").asDouble()).isEqualTo(117.6);
    assertThat(missed.get("verdict").asString()).isEqualTo("missed");
    assertThat(missed.get("unit").asString()).isEqualTo("s");
  }

  @Test
  void writesNullForWhatIsUnknown() {
    JsonNode never = json.get("objectives").get(0).get("seconds_beyond");
    assertThat(never.isNull()).isTrue();
  }

  @Test
  void hasEachKeyOnce() {
    try (JsonParser parser =
        JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build()
            .createParser(ObjectReadContext.empty(), bytes)) {
      int tokens = 0;
      while (parser.nextToken() != null) {
        tokens++;
      }
      assertThat(tokens).isGreaterThan(1000);
    }
  }

  @Test
  void holdsEveryVmAndHost() {
    assertThat(json.get("vms_rows").size()).isEqualTo(240);
    assertThat(json.get("hosts").size()).isEqualTo(4);
    assertThat(json.get("latencies").get(0).get("seconds_at_percentile").propertyNames())
        .containsExactly("50", "90", "95", "99", "99.9", "99.99", "100");
  }
}
