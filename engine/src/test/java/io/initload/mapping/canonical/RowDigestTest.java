package io.initload.mapping.canonical;

import static org.assertj.core.api.Assertions.assertThat;

import io.initload.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a row's digest is made of. */
class RowDigestTest {
  private static final byte[] SALT = "a salt".getBytes(StandardCharsets.UTF_8);

  /** As the decision describes it, written out by hand. */
  @Test
  void itIsTheFirstHalfOfASha256() {
    MessageDigest sha = Sha256.digest();
    sha.update(SALT);
    for (String text : List.of("k1", "city__c", "Köln", "name", "Ann")) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      sha.update(ByteBuffer.allocate(4).putInt(bytes.length).array());
      sha.update(bytes);
    }
    ByteBuffer expected = ByteBuffer.wrap(sha.digest());
    RowDigest digest = new RowDigest(SALT, List.of("Name", "City__c", "Phone"));
    assertThat(digest.row("k1", i -> List.of("Ann", "Köln", "").get(i))).isEqualTo(2);
    assertThat(digest.high()).isEqualTo(expected.getLong());
    assertThat(digest.low()).isEqualTo(expected.getLong());
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
  }

  private static long[] of(List<String> columns, Map<String, String> values) {
    RowDigest digest = new RowDigest(SALT, columns);
    digest.row("k1", i -> values.getOrDefault(columns.get(i), ""));
    return new long[] {digest.high(), digest.low()};
  }
}
