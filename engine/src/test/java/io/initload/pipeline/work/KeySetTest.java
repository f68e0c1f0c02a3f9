package io.initload.pipeline.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class KeySetTest {
  @Test
  void numbersKeysInTheOrderTheyComeAndKnowsThemAllAgain() {
    Random random = new Random(1);
    KeySet keys = new KeySet();
    Map<String, Integer> numbers = new HashMap<>();
    List<String> wrong = new ArrayList<>();
    for (int i = 0; i < 200_000; i++) {
      String key = "K" + random.nextInt(150_000);
      Integer there = numbers.putIfAbsent(key, numbers.size());
      int number = keys.add(key);
      if (number != (there == null ? numbers.size() - 1 : KeySet.NONE)) {
        wrong.add(key);
      }
    }

    assertThat(wrong).isEmpty();
    assertThat(keys.size()).isEqualTo(numbers.size());
    assertThat(numbers).allSatisfy((key, n) -> assertThat(keys.number(key)).isEqualTo(n));
    assertThat(keys.number("another")).isEqualTo(KeySet.NONE);
  }
}
