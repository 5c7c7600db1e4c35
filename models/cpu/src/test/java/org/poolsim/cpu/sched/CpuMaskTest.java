// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cpu.sched;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** A mask does what a {@link BitSet} does, with one word and with several. */
class CpuMaskTest {
  private static BitSet members(int size, long seed) {
    Random random = new Random(seed);
    BitSet members = new BitSet(size);
    int density = random.nextInt(5);
    for (int cpu = 0; cpu < size; cpu++) {
      if (random.nextInt(4) < density) {
        members.set(cpu);
      }
    }
    return members;
  }

  @Property
  void membersAndWalks(@ForAll @IntRange(min = 1, max = 200) int size, @ForAll long seed) {
    BitSet expected = members(size, seed);
    CpuMask mask = CpuMask.of(size, expected);

    assertThat(mask.count()).isEqualTo(expected.cardinality());
    assertThat(mask.isEmpty()).isEqualTo(expected.isEmpty());
    assertThat(mask.first()).isEqualTo(expected.nextSetBit(0));
    assertThat(mask).hasToString(expected.toString());
    for (int cpu = 0; cpu < size; cpu++) {
      assertThat(mask.test(cpu)).isEqualTo(expected.get(cpu));
      assertThat(mask.next(cpu)).isEqualTo(expected.nextSetBit(cpu));
      int after = expected.nextSetBit(cpu + 1);
      int cycled = after >= 0 ? after : expected.nextSetBit(0);
      assertThat(mask.cycle(cpu)).isEqualTo(cycled);
      assertThat(mask.testOrCycle(cpu)).isEqualTo(expected.get(cpu) ? cpu : cycled);
    }
    assertThat(mask.next(size)).isEqualTo(-1);
  }

  @Property
  void changes(
      @ForAll @IntRange(min = 1, max = 200) int size,
      @ForAll long seed,
      @ForAll @IntRange(min = 0, max = 199) int at) {
    int cpu = at % size;
    BitSet expected = members(size, seed);
    CpuMask mask = CpuMask.of(size, expected);

    mask.set(cpu);
    expected.set(cpu);
    CpuMask same = CpuMask.of(size, expected);
    assertThat(mask).isEqualTo(same).hasSameHashCodeAs(same);
    mask.clear(cpu);
    expected.clear(cpu);
    assertThat(mask).isEqualTo(CpuMask.of(size, expected));
    mask.clearAll();
    assertThat(mask.isEmpty()).isTrue();
    expected.set(0, size);
    assertThat(CpuMask.all(size)).isEqualTo(CpuMask.of(size, expected));
  }

  @Property
  void combinations(
      @ForAll @IntRange(min = 1, max = 200) int size, @ForAll long seedA, @ForAll long seedB) {
    BitSet a = members(size, seedA);
    BitSet b = members(size, seedB);
    CpuMask maskA = CpuMask.of(size, a);
    CpuMask maskB = CpuMask.of(size, b);
    CpuMask result = new CpuMask(size);
    BitSet common = (BitSet) a.clone();
    common.and(b);
    BitSet without = (BitSet) a.clone();
    without.andNot(b);
    BitSet either = (BitSet) a.clone();
    either.or(b);

    result.and(maskA, maskB);
    assertThat(result).isEqualTo(CpuMask.of(size, common));
    assertThat(maskA.countCommon(maskB)).isEqualTo(common.cardinality());
    assertThat(maskA.intersects(maskB)).isEqualTo(!common.isEmpty());
    result.andNot(maskA, maskB);
    assertThat(result).isEqualTo(CpuMask.of(size, without));
    assertThat(maskA.isSubsetOf(maskB)).isEqualTo(without.isEmpty());
    result.or(maskA, maskB);
    assertThat(result).isEqualTo(CpuMask.of(size, either));
    result.copy(maskB);
    assertThat(result).isEqualTo(maskB);
    BitSet word = b.get(0, Math.min(size, Long.SIZE));
    assertThat(maskB.firstWord()).isEqualTo(word.isEmpty() ? 0 : word.toLongArray()[0]);
  }
}
