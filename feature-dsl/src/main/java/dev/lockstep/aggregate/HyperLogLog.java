package dev.lockstep.aggregate;

import java.util.Arrays;

/**
 * A HyperLogLog of 4096 registers over 64-bit hashes, from which hashes can be taken out again.
 *
 * <p>A hash's first 12 bits choose its register, and its rank is 1 plus the zeros that follow: 1 to
 * 53. A register's value is the greatest rank it holds, 0 for none. Counted are all (register,
 * rank) pairs, in that order, and how many registers have each value.
 *
 * <p>The estimate is the improved raw estimator of O. Ertl, "New cardinality estimation algorithms
 * for HyperLogLog sketches", 2017 (arXiv:1702.01284), algorithm 6: no table, no switch between
 * ranges, and nothing but arithmetic and square roots, which IEEE 754 rounds in one way.
 */
final class HyperLogLog {
  private static final int PRECISION = 12;
  private static final int REGISTERS = 1 << PRECISION;
  private static final int MOST_ZEROS = Long.SIZE - PRECISION;
  private static final int RANK_BITS = 6;

  /** 1 / (2 ln 2). */
  private static final double ALPHA = 0.7213475204444817;

  private final BucketCounts pairs = new BucketCounts();

  /** How many registers have each value. */
  private final int[] histogram = new int[MOST_ZEROS + 2];

  HyperLogLog() {
    clear();
  }

  void clear() {
    pairs.clear();
    Arrays.fill(histogram, 0);
    histogram[0] = REGISTERS;
  }

  void add(long hash) {
    int key = key(hash);
    int place = pairs.add(key);
    if (place >= 0 && isGreatest(key, place + 1)) {
      histogram[rankBefore(key, place)]--;
      histogram[rank(key)]++;
    }
  }

  /**
   * Takes out a hash that was added.
   *
   * @throws IllegalStateException if none of its register and rank is held
   */
  void remove(long hash) {
    int key = key(hash);
    int place = pairs.remove(key);
    if (place >= 0 && isGreatest(key, place)) {
      histogram[rank(key)]--;
      histogram[rankBefore(key, place)]++;
    }
  }

  /** The estimated number of different hashes, rounded to nearest-even. */
  long estimate() {
    double m = REGISTERS;
    double z = m * tau(1 - histogram[MOST_ZEROS + 1] / m);
    for (int rank = MOST_ZEROS; rank >= 1; rank--) {
      z = 0.5 * (z + histogram[rank]);
    }
    z = z + m * sigma(histogram[0] / m);
    return (long) Math.rint(ALPHA * m * m / z);
  }

  /** x + sum of 2^(k-1) x^(2^k) over k from 1: infinite for 1. */
  private static double sigma(double x) {
    if (x == 1) {
      return Double.POSITIVE_INFINITY;
    }
    double power = x;
    double weight = 1;
    double sum = x;
    double before;
    do {
      power = power * power;
      before = sum;
      sum = sum + power * weight;
      weight = weight + weight;
    } while (sum != before);
    return sum;
  }

  /** (1 - x - sum of 2^-k (1 - x^(2^-k))^2 over k from 1) / 3. */
  private static double tau(double x) {
    if (x == 0 || x == 1) {
      return 0;
    }
    double root = x;
    double weight = 1;
    double sum = 1 - x;
    double before;
    do {
      root = Math.sqrt(root);
      before = sum;
      weight = 0.5 * weight;
      sum = sum - (1 - root) * (1 - root) * weight;
    } while (sum != before);
    return sum / 3;
  }

  private static int key(long hash) {
    int register = (int) (hash >>> MOST_ZEROS);
    int zeros = Math.min(MOST_ZEROS, Long.numberOfLeadingZeros(hash << PRECISION));
    return register << RANK_BITS | (zeros + 1);
  }

  private static int rank(int key) {
    return key & ((1 << RANK_BITS) - 1);
  }

  /** Whether the register of a key has nothing from a place on, which is behind the key's. */
  private boolean isGreatest(int key, int next) {
    return next == pairs.size() || !isOfRegister(key, next);
  }

  /** The greatest rank of a key's register before a place; 0 for none. */
  private int rankBefore(int key, int place) {
    return place > 0 && isOfRegister(key, place - 1) ? rank(pairs.key(place - 1)) : 0;
  }

  private boolean isOfRegister(int key, int place) {
    return pairs.key(place) >> RANK_BITS == key >> RANK_BITS;
  }
}
