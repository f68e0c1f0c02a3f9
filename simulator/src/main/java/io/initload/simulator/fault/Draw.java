package io.initload.simulator.fault;

/**
 * Chance that repeats: the same seed, rule and number always draw the same, whatever threads do in
 * between.
 */
record Draw(long seed, int rule) {
  boolean below(double probability, long number) {
    return probability >= 1 || unit(number) < probability;
  }

  /** From 0 up to, not including, 1. */
  double unit(long number) {
    return (mix(mix(seed + 0x9E3779B97F4A7C15L * (rule + 1)) ^ number) >>> 11) * 0x1.0p-53;
  }

  /** The finaliser of SplitMix64. */
  private static long mix(long value) {
    long z = value + 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
