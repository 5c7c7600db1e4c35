// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.poolsim.validation.Replay.Repeated;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

final class JitterSetsTest {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private static JitterSets threeCasesOverFourSets() {
    JitterSets sets = new JitterSets(4);
    sets.add(List.of(new Repeated("sure", List.of(true, true, true, true), "")));
    sets.add(
        List.of(
            new Repeated("unsure", List.of(true, false, true, false), "domain 1 p50 in 2"),
            new Repeated("never", List.of(false, false, false, false), "domain 2 p99 in 3")));
    return sets;
  }

  @Test
  void theCasesThatAreNotAlwaysWithinAndHowManyAre() {
    StringWriter out = new StringWriter();
    threeCasesOverFourSets().print(new PrintWriter(out, true));
    assertThat(out.toString().lines())
        .containsExactly(
            "",
            "of 4 sets of jitter not within in",
            "unsure    2  most often domain 1 p50 in 2",
            "never     4  most often domain 2 p99 in 3",
            "within of 3, by set of jitter: mean 1.5 (50.0 %), standard deviation 0.6, least 1,"
                + " greatest 2",
            "");
  }

  @Test
  void asJson() {
    ObjectNode root = MAPPER.createObjectNode();
    threeCasesOverFourSets().addTo(root);
    assertThat(root.at("/jitter_sets/sets").intValue()).isEqualTo(4);
    assertThat(root.at("/jitter_sets/cases").intValue()).isEqualTo(3);
    assertThat(root.at("/jitter_sets/within_mean").doubleValue()).isEqualTo(1.5);
    assertThat(root.at("/jitter_sets/within_by_set").toString()).isEqualTo("[2,1,2,1]");
    assertThat(root.at("/jitter_sets/not_within_in_all/1/case").stringValue()).isEqualTo("never");
    assertThat(root.at("/jitter_sets/not_within_in_all/1/sets_outside").intValue()).isEqualTo(4);
  }

  @Test
  void withoutCasesNothingIsAdded() {
    StringWriter out = new StringWriter();
    ObjectNode root = MAPPER.createObjectNode();
    new JitterSets(1).print(new PrintWriter(out, true));
    new JitterSets(1).addTo(root);
    assertThat(out.toString()).isEmpty();
    assertThat(root.isEmpty()).isTrue();
  }
}
