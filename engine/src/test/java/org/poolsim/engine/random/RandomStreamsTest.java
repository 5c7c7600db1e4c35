// SPDX-License-Identifier: Apache-2.0
package org.poolsim.engine.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.LongStream;
import org.apache.commons.math3.stat.correlation.PearsonsCorrelation;
import org.junit.jupiter.api.Test;

class RandomStreamsTest {
  private final RandomStreams streams = new RandomStreams(42);

  @Test
  void aStreamDependsOnSeedAndNameAlone() {
    long[] alone = draw(new RandomStreams(42).stream("vm-7/think"), 100);
    streams.stream("vm-1/think").nextLong();
    streams.stream("vm-2/think").nextLong();
    assertThat(draw(streams.stream("vm-7/think"), 100)).isEqualTo(alone);
  }

  @Test
  void theDrawsOfAVersionAreTheDrawsOfTheNext() {
    // Computed apart from this code: xoshiro256++ from SHA-256(00 00 00 00 00 00 00 01 's' 'a').
    assertThat(draw(new RandomStreams(1).stream("a"), 3))
        .containsExactly(-8400238602681186772L, -117730443957948411L, -5391214283559561220L);
  }

  @Test
  void otherNamesSeedsPartsAndReplicationsGiveOtherStreams() {
    assertThat(
            LongStream.of(
                streams.stream("a").nextLong(),
                streams.stream("b").nextLong(),
                streams.stream("").nextLong(),
                streams.within("a").stream("a").nextLong(),
                streams.within("a").stream("").nextLong(),
                streams.replication(0).stream("a").nextLong(),
                streams.replication(1).stream("a").nextLong(),
                new RandomStreams(43).stream("a").nextLong()))
        .doesNotHaveDuplicates();
  }

  @Test
  void streamsOfNeighbouringNamesAreUncorrelated() {
    int pairs = 100_000;
    for (int i = 0; i < 10; i++) {
      double[] left = streams.stream("vm-" + i).doubles(pairs).toArray();
      double[] right = streams.stream("vm-" + (i + 1)).doubles(pairs).toArray();
      assertThat(new PearsonsCorrelation().correlation(left, right)).isCloseTo(0, within(0.0130));
    }
  }

  private static long[] draw(RandomStream stream, int count) {
    return stream.longs(count).toArray();
  }
}
