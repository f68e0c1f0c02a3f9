package io.initload.mapping.canonical;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The hash is the one that the decision names, since sums in ledgers outlive the library. */
class KeyedHashTest {
  private static final int INPUTS = 20_000;

  private static HashInput input(KeyedHash hash, String text) {
    HashInput input = new HashInput(hash);
    input.text(text);
    return input;
  }

  /** The bytes 1 to 32. */
  static byte[] key() {
    byte[] key = new byte[KeyedHash.KEY_BYTES];
    for (int i = 0; i < key.length; i++) {
      key[i] = (byte) (i + 1);
    }
    return key;
  }

  /** Expected: by a rendition of the algorithm in Python that gives its author's test vectors. */
  @ParameterizedTest
  @CsvSource({
    "'', 0x2fe63383e2a8a40c, 0x72ab9d29c8028d9a",
    "a, 0x15327854c7634571, 0x2b7bfd5b8fe26fb3",
    "0010001, 0x290b978353f2ede2, 0xdfcd184be4735cd3",
    "K-1000042, 0x8c87ea03e6881803, 0x5caf87092d905502",
    "an external id of 26 bytes, 0xcfbed6d7baf78b6d, 0xee56c1ed7eb8dea4",
    "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx, 0xe52b9460f23a36ff, 0x7fa7a155844a3df2",
    "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx, 0x5284564add67148d, 0xe1d5c80a07e11bfa"
  })
  void itIsPolymurHashByTwoKeys(String text, String high, String low) {
    HashInput input = input(new KeyedHash(key()), text);
    assertThat(input.high()).isEqualTo(Long.parseUnsignedLong(high.substring(2), 16));
    assertThat(input.low()).isEqualTo(Long.parseUnsignedLong(low.substring(2), 16));
  }

  @Test
  void textsBeyondAsciiAreHashedAsUtf8() {
    HashInput input = input(new KeyedHash(key()), "Köln ".repeat(40));
    assertThat(input.high()).isEqualTo(0x71b59baac90e0640L);
    assertThat(input.low()).isEqualTo(0x75aa4b95529fff9bL);
  }

  @Test
  void anotherKeyIsAnotherHash() {
    KeyedHash one = KeyedHash.ofNobody();
    KeyedHash other = KeyedHash.ofNobody();
    assertThat(input(one, "k1").high()).isNotEqualTo(input(other, "k1").high());
    assertThat(input(one, "k1").low()).isNotEqualTo(input(other, "k1").low());
    assertThat(input(one, "k1").high()).isNotEqualTo(input(one, "k1").low());
    byte[] half = new byte[KeyedHash.KEY_BYTES / 2];
    assertThatThrownBy(() -> new KeyedHash(half)).isInstanceOf(IllegalArgumentException.class);
  }

  /** One bit of the input moves each bit of the hash in half of all cases. */
  @Test
  void allBitsDependOnAllBits() {
    Random random = new Random(4711);
    HashInput input = new HashInput(new KeyedHash(key()));
    int[] moved = new int[2 * Long.SIZE];
    for (int i = 0; i < INPUTS; i++) {
      char[] text = new char[1 + random.nextInt(60)];
      for (int k = 0; k < text.length; k++) {
        text[k] = (char) random.nextInt(0x80);
      }
      hash(input, text);
      long high = input.high();
      long low = input.low();
      int at = random.nextInt(text.length);
      text[at] = (char) (text[at] ^ (1 << random.nextInt(7)));
      hash(input, text);
      for (int bit = 0; bit < Long.SIZE; bit++) {
        moved[bit] += (int) (((high ^ input.high()) >>> bit) & 1);
        moved[Long.SIZE + bit] += (int) (((low ^ input.low()) >>> bit) & 1);
      }
    }
    assertThat(Arrays.stream(moved)).allMatch(count -> Math.abs(count - INPUTS / 2) < INPUTS / 40);
  }

  private static void hash(HashInput input, char[] text) {
    input.clear();
    input.text(new String(text));
  }

  @Test
  void likeKeysHaveOtherHashes() {
    HashInput input = new HashInput(new KeyedHash(key()));
    Set<Long> highs = new HashSet<>();
    Set<Long> lows = new HashSet<>();
    for (int i = 0; i < INPUTS; i++) {
      hash(input, ("K" + i).toCharArray());
      highs.add(input.high());
      lows.add(input.low());
    }
    assertThat(highs).hasSize(INPUTS);
    assertThat(lows).hasSize(INPUTS);
  }
}
