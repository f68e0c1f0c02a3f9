package io.initload.mapping.canonical;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Sums are the same in any order and tell how often a row is in them. */
class BucketSumsTest {
  private static final int ROWS = 5_000;

  private final RowDigest digest = new RowDigest(KeyedHashTest.key(), List.of("Name", "City__c"));

  private void add(BucketSums sums, int row, String city) {
    digest.row("k" + row, i -> i == 0 ? "Name " + row : city);
    sums.add(place(row), digest);
  }

  private void subtract(BucketSums sums, int row, String city) {
    digest.row("k" + row, i -> i == 0 ? "Name " + row : city);
    sums.subtract(place(row), digest);
  }

  /** Spread over all of 32 bits. */
  private static long place(int row) {
    return (row * 0x9E3779B97F4A7C15L) >>> 32;
  }

  private BucketSums of(List<Integer> rows) {
    BucketSums sums = BucketSums.forRows(ROWS);
    rows.forEach(row -> add(sums, row, "Bonn"));
    return sums;
  }

  private static List<Integer> rows() {
    List<Integer> rows = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      rows.add(i);
    }
    return rows;
  }

  @Test
  void inAnyOrderAndInAnyPartsTheyAreTheSame() {
    List<Integer> rows = rows();
    BucketSums once = of(rows);
    assertThat(once.buckets()).isEqualTo(256);
    assertThat(once.rows()).isEqualTo(ROWS);
    Collections.shuffle(rows, new Random(4711));
    BucketSums parts = of(rows.subList(0, 1_234)).plus(of(rows.subList(1_234, ROWS)));
    assertThat(once.differing(parts).isEmpty()).isTrue();
    assertThat(BucketSums.parse(once.text()).orElseThrow().differing(parts).isEmpty()).isTrue();
  }

  /** In a sum by XOR, rows that are there twice would cancel. */
  @Test
  void rowsThatAreThereTwiceAreSeen() {
    BucketSums once = of(rows());
    BucketSums other = of(rows());
    add(other, 7, "Bonn");
    add(other, 7, "Bonn");
    subtract(other, 8, "Bonn");
    subtract(other, 9, "Bonn");
    assertThat(other.rows()).isEqualTo(ROWS);
    assertThat(once.differing(other).isEmpty()).isFalse();
  }

  @Test
  void oneOtherValueIsSeenInItsBucketAlone() {
    BucketSums once = of(rows());
    BucketSums other = of(rows());
    subtract(other, 7, "Bonn");
    add(other, 7, "Boon");
    assertThat(once.differing(other).stream()).containsExactly(once.bucket(place(7)));
    subtract(other, 7, "Boon");
    add(other, 7, "Bonn");
    assertThat(once.differing(other).isEmpty()).isTrue();
  }

  @Test
  void whatIsTakenAwayLeavesNothing() {
    BucketSums sums = of(rows());
    rows().forEach(row -> subtract(sums, row, "Bonn"));
    for (int i = 0; i < sums.buckets(); i++) {
      assertThat(sums.isEmpty(i)).isTrue();
    }
  }

  @Test
  void fewerBucketsTakeTheRowsOfMore() {
    BucketSums few = of(rows());
    BucketSums many = BucketSums.forRows(1_000_000);
    assertThat(many.buckets()).isEqualTo(1_024);
    rows().forEach(row -> add(many, row, "Bonn"));
    BucketSums folded = few.empty().plus(many);
    assertThat(folded.differing(few).isEmpty()).isTrue();
    assertThatThrownBy(() -> few.differing(many)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void moreRowsMakeNoMoreBucketsThanAreKept() {
    assertThat(BucketSums.forRows(0).buckets()).isEqualTo(256);
    assertThat(BucketSums.forRows(256 * 1_024).buckets()).isEqualTo(256);
    assertThat(BucketSums.forRows(256 * 1_025).buckets()).isEqualTo(512);
    assertThat(BucketSums.forRows(1_000_000_000_000L).buckets()).isEqualTo(4_096);
  }

  @Test
  void aTextThatIsNoSumsIsNone() {
    String sums = of(rows()).text();
    assertThat(BucketSums.parse(sums)).isPresent();
    assertThat(BucketSums.parse(sums.substring(4))).isEmpty();
    assertThat(BucketSums.parse(sums.substring(0, sums.length() / 512 * 4))).isEmpty();
    assertThat(BucketSums.parse("AAAA")).isEmpty();
    assertThat(BucketSums.parse("")).isEmpty();
    assertThat(BucketSums.parse("no base64: " + sums)).isEmpty();
  }

  /** What adds up the same where sums are those of the values, and not of what is hashed. */
  @Test
  void valuesThatTwoRowsExchangedAreSeen() {
    BucketSums once = of(List.of(7, 8));
    BucketSums other = of(List.of());
    digest.row("k7", i -> i == 0 ? "Name 8" : "Bonn");
    other.add(place(7), digest);
    digest.row("k8", i -> i == 0 ? "Name 7" : "Bonn");
    other.add(place(8), digest);
    assertThat(once.differing(other).stream())
        .containsExactlyInAnyOrder(once.bucket(place(7)), once.bucket(place(8)));
    BucketSums inOne = BucketSums.forRows(0);
    digest.row("k7", i -> i == 0 ? "Name 8" : "Bonn");
    inOne.add(0, digest);
    digest.row("k8", i -> i == 0 ? "Name 7" : "Bonn");
    inOne.add(0, digest);
    BucketSums right = BucketSums.forRows(0);
    digest.row("k7", i -> i == 0 ? "Name 7" : "Bonn");
    right.add(0, digest);
    digest.row("k8", i -> i == 0 ? "Name 8" : "Bonn");
    right.add(0, digest);
    assertThat(right.differing(inOne).isEmpty()).isFalse();
  }
}
