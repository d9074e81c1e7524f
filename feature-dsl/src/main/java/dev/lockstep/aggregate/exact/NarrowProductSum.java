package dev.lockstep.aggregate.exact;

import java.math.BigInteger;
import java.nio.ByteBuffer;

/**
 * A sum of products of two narrow doubles: a 256-bit two's complement integer in units of {@code
 * 2^-144}.
 *
 * <pre>
 *   bit 255  254        192 191      128 127       64 63         0
 *      +----+--------------+------------+------------+------------+
 *      |sign|    word3     |   word2    |   word1    |   word0    |
 *      +----+--------------+------------+------------+------------+
 *           2^110       2^48        2^-16        2^-80       2^-144
 *           one product is below 2^76: bit 220
 * </pre>
 *
 * The owner empties it into a {@link FixedPointSum} once it {@link #isLarge}, so that neither an
 * addition nor the merging of two that aren't can overflow.
 */
final class NarrowProductSum {

  /** The exponent of the unit. */
  static final int UNIT_EXPONENT = 2 * NarrowRange.UNIT_EXPONENT;

  private static final int UNIT_OFFSET = UNIT_EXPONENT - DoubleProductSum.UNIT_EXPONENT;
  private static final int MAX_BITS = 254;

  private long word3;
  private long word2;
  private long word1;
  private long word0;

  /** Adds {@code left * right * 2^shift} units: less than 2^220. */
  void add(long left, long right, int shift) {
    long low = left * right;
    long high = Math.multiplyHigh(left, right);
    int bits = shift & 63;
    long p0 = low << bits;
    long p1 = Words.shiftLeft(high, low, bits);
    long p2 = high >> (63 - bits) >> 1;
    // All ones if the product starts one word up: a selection without a branch.
    long up = -(long) (shift >> 6);
    addWords(
        (p2 & up) | ((high >> 63) & ~up), (p1 & up) | (p2 & ~up), (p0 & up) | (p1 & ~up), p0 & ~up);
  }

  void add(NarrowProductSum other) {
    addWords(other.word3, other.word2, other.word1, other.word0);
  }

  void subtract(NarrowProductSum other) {
    // a - b = a + ~b + 1
    long b3 = ~other.word3;
    long b2 = ~other.word2;
    long b1 = ~other.word1;
    long b0 = ~other.word0;
    addWords(b3, b2, b1, b0);
    addWords(0, 0, 0, 1);
  }

  void clear() {
    word3 = 0;
    word2 = 0;
    word1 = 0;
    word0 = 0;
  }

  /** Returns whether the magnitude has more than 254 bits. */
  boolean isLarge() {
    return (word3 ^ (word3 << 1)) < 0;
  }

  boolean isNegative() {
    return word3 < 0;
  }

  /** Returns one of the four words, 0 being the lowest. */
  long word(int i) {
    return switch (i) {
      case 0 -> word0;
      case 1 -> word1;
      case 2 -> word2;
      default -> word3;
    };
  }

  Dyadic exactValue() {
    ByteBuffer bytes = ByteBuffer.allocate(4 * Long.BYTES);
    bytes.putLong(word3).putLong(word2).putLong(word1).putLong(word0);
    return new Dyadic(new BigInteger(bytes.array()), UNIT_EXPONENT);
  }

  /** Moves all of it into a sum over the whole range of products. */
  void moveTo(FixedPointSum wide) {
    wide.addUnsigned(word0, 1, UNIT_OFFSET);
    wide.addUnsigned(word1, 1, UNIT_OFFSET + Long.SIZE);
    wide.addUnsigned(word2, 1, UNIT_OFFSET + 2 * Long.SIZE);
    wide.addSigned(word3, 1, UNIT_OFFSET + 3 * Long.SIZE);
    clear();
  }

  /** Takes the other's whole contents over if they fit; then the other is zero. */
  boolean takeFrom(FixedPointSum wide) {
    if (!wide.isWithin(UNIT_OFFSET, UNIT_OFFSET + MAX_BITS)) {
      return false;
    }
    BigInteger units = wide.bitsFrom(UNIT_OFFSET);
    addWords(
        units.shiftRight(3 * Long.SIZE).longValue(),
        units.shiftRight(2 * Long.SIZE).longValue(),
        units.shiftRight(Long.SIZE).longValue(),
        units.longValue());
    wide.clear();
    return true;
  }

  private void addWords(long b3, long b2, long b1, long b0) {
    long a0 = word0;
    long s0 = a0 + b0;
    long a1 = word1;
    long s1 = a1 + b1 + Words.carry(a0, b0, s0);
    long a2 = word2;
    long s2 = a2 + b2 + Words.carry(a1, b1, s1);
    word3 += b3 + Words.carry(a2, b2, s2);
    word2 = s2;
    word1 = s1;
    word0 = s0;
  }
}
