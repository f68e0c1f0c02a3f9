package io.initload.mapping.canonical;

import static org.assertj.core.api.Assertions.assertThat;

import com.dynatrace.hash4j.hashing.Hashing;
import io.initload.Sha256;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a row's digest is made of. */
class RowDigestTest {
  private static final byte[] KEY = KeyedHashTest.key();

  /** As the decision describes it, written out by hand. */
  @Test
  void itIsTheHashOfMarksAndValues() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    put(bytes, 0, "k1");
    put(bytes, number("city__c"), "Köln");
    put(bytes, number("name"), "Ann");
    ByteBuffer seeds = ByteBuffer.wrap(KEY);
    RowDigest digest = new RowDigest(KEY, List.of("Name", "City__c", "Phone"));
    assertThat(digest.row("k1", i -> List.of("Ann", "Köln", "").get(i))).isEqualTo(2);
    assertThat(digest.high()).isEqualTo(polymur(seeds, bytes));
    assertThat(digest.low()).isEqualTo(polymur(seeds, bytes));
    // By another program.
    assertThat(digest.high()).isEqualTo(0x1c468a2fa7f84d85L);
    assertThat(digest.low()).isEqualTo(0x42c06f69a7715bd7L);
  }

  private static long polymur(ByteBuffer seeds, ByteArrayOutputStream bytes) {
    return Hashing.polymurHash2_0(0, seeds.getLong(), seeds.getLong())
        .hashBytesToLong(bytes.toByteArray());
  }

  private static long number(String name) {
    MessageDigest sha = Sha256.digest();
    sha.update(KEY);
    return ByteBuffer.wrap(sha.digest(name.getBytes(StandardCharsets.UTF_8))).getLong();
  }

  private static void put(ByteArrayOutputStream bytes, long number, String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    ByteBuffer mark = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.writeBytes(mark.putLong(number + utf8.length).array());
    bytes.writeBytes(utf8);
  }

  @Test
  void fieldsWithoutAValueAndTheirOrderDoNotMatter() {
    long[] one = of(List.of("Name", "Phone", "City__c"), Map.of("Name", "Ann", "City__c", "Bonn"));
    assertThat(of(List.of("city__c", "NAME"), Map.of("city__c", "Bonn", "NAME", "Ann")))
        .isEqualTo(one);
    assertThat(of(List.of("Name", "City__c"), Map.of("Name", "Bonn", "City__c", "Ann")))
        .isNotEqualTo(one);
    assertThat(of(List.of("Name", "City__c"), Map.of("Name", "AnnBonn"))).isNotEqualTo(one);
  }

  @Test
  void aValueOfAnyLengthIsDigested() {
    String all = "x".repeat(100_000);
    long[] one = of(List.of("Name"), Map.of("Name", all));
    assertThat(of(List.of("Name"), Map.of("Name", all + "x"))).isNotEqualTo(one);
    String umlauts = "ü".repeat(100_000);
    long[] two = of(List.of("Name"), Map.of("Name", umlauts));
    assertThat(of(List.of("Name"), Map.of("Name", umlauts + "ü"))).isNotEqualTo(two);
  }

  private static long[] of(List<String> columns, Map<String, String> values) {
    RowDigest digest = new RowDigest(KEY, columns);
    digest.row("k1", i -> values.getOrDefault(columns.get(i), ""));
    return new long[] {digest.high(), digest.low()};
  }
}
