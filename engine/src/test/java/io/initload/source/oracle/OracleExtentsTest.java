package io.initload.source.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.initload.source.oracle.OracleExtents.Address;
import io.initload.source.oracle.OracleExtents.Extent;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class OracleExtentsTest {
  @Test
  void addressesAscendAsTheNumbersThatTheyStandFor() {
    assertThat(OracleExtents.ascend(List.of())).isTrue();
    assertThat(OracleExtents.ascend(List.of("AAAAZZAAEAAAACAAAA", "AAAAZaAAEAAAACAAAA"))).isTrue();
    assertThat(OracleExtents.ascend(List.of("AAAAZaAAE9", "AAAAZaAAE+", "AAAAZaAAE/"))).isTrue();
    assertThat(OracleExtents.ascend(List.of("AAAAZaAAEAAAAa", "AAAAZaAAEAAAAZ"))).isFalse();
    assertThat(OracleExtents.ascend(List.of("AAAAZaAAE", "AAAAZaAAF", "AAAAZaAAF"))).isFalse();
  }

  @Test
  void extentsAreCutWhereEquallyManyBlocksLieBetween() {
    long seed = System.nanoTime();
    SplittableRandom random = new SplittableRandom(seed);
    for (int round = 0; round < 300; round++) {
      List<Extent> extents = new ArrayList<>();
      long blocks = 0;
      long at = 128;
      for (int i = random.nextInt(0, 40); i > 0; i--) {
        long length = random.nextLong(1, 2000);
        extents.add(new Extent(70_000 + i / 20, 5, at, length));
        at += length + random.nextInt(3) * 64L;
        blocks += length;
      }
      extents.sort(
          (a, b) ->
              a.object() != b.object()
                  ? Long.compare(a.object(), b.object())
                  : Long.compare(a.block(), b.block()));
      long target = random.nextLong(1, 3000);
      List<Address> starts = OracleExtents.starts(extents, target);
      String as = "seed %d: %s by %d".formatted(seed, extents, target);
      assertThat(starts).as(as).hasSize((int) ((blocks + target - 1) / target));
      for (int i = 0; i < starts.size(); i++) {
        assertThat(before(extents, starts.get(i))).as(as).isEqualTo(i * target);
      }
    }
  }

  /** How many blocks lie before an address, which must be one of them. */
  private static long before(List<Extent> extents, Address address) {
    long before = 0;
    for (Extent extent : extents) {
      long into = address.block() - extent.block();
      if (extent.object() == address.object() && into >= 0 && into < extent.blocks()) {
        return before + into;
      }
      before += extent.blocks();
    }
    throw new AssertionError("not in the table: " + address);
  }
}
