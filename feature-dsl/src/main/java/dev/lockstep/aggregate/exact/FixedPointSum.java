package dev.lockstep.aggregate.exact;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * An exact, unbounded sum of integers placed at bit offsets: the small superaccumulator.
 *
 * <p>R. M. Neal, "Fast exact summation using small and large superaccumulators", arXiv:1505.05571,
 * 2015. The number is held in 64-bit signed chunks that overlap: chunk i counts units of {@code
 * 2^(32 i)}. Adding a 53-bit integer touches two neighbouring chunks and propagates no carry; the
 * upper bits of the chunks take the carries of {@link #ADDS_PER_CARRY} additions before {@link
 * #carry} has to run. Unlike Neal's, the array of chunks spans only the exponents seen (6 chunks
 * for usual amounts instead of 67), and widens when a value falls outside.
 */
final class FixedPointSum {

  private static final int CHUNK_BITS = 32;
  private static final long CHUNK_MASK = 0xFFFF_FFFFL;

  /** One addition changes a chunk by less than 2^53, so 2^9 of them stay below 2^62. */
  private static final int ADDS_PER_CARRY = 1 << 9;

  private static final int INITIAL_CHUNKS = 6;
  private static final int KEPT_ON_CLEAR = 12;
  private static final long[] NONE = new long[0];

  /** The value of bit 0 is {@code 2^unitExponent}. */
  private final int unitExponent;

  private long[] chunks = NONE;

  /** The number of the chunk in {@code chunks[0]}. */
  private int base;

  private int addsUntilCarry = ADDS_PER_CARRY;

  FixedPointSum(int unitExponent) {
    this.unitExponent = unitExponent;
  }

  /** Adds {@code value * 2^bitOffset} units, where {@code |value| < 2^53}. */
  void add(long value, int bitOffset) {
    int chunk = bitOffset >>> 5;
    int shift = bitOffset & 31;
    int i = chunk - base;
    if (i < 0 || i >= chunks.length - 1) {
      widen(chunk, chunk + 2);
      i = chunk - base;
    }
    // Floor division of value * 2^shift by 2^32, right for both signs.
    chunks[i] += (value << shift) & CHUNK_MASK;
    chunks[i + 1] += value >> (CHUNK_BITS - shift);
    if (--addsUntilCarry == 0) {
      carry();
    }
  }

  /** Adds {@code sign} times what the other sum, in the same unit, holds; it may be this one. */
  void add(FixedPointSum other, int sign) {
    other.carry();
    int from = other.base;
    // Adding may widen or carry this sum's chunks while they are read.
    long[] source = other == this ? chunks.clone() : other.chunks;
    for (long chunk : source) {
      if (chunk != 0) {
        add(sign * chunk, from * CHUNK_BITS);
      }
      from++;
    }
  }

  /** Adds {@code significand * 2^bitOffset} units, whatever their size. */
  void add(BigInteger significand, int bitOffset) {
    BigInteger rest = significand.abs();
    for (int offset = bitOffset; rest.signum() != 0; offset += CHUNK_BITS) {
      long digit = rest.longValue() & CHUNK_MASK;
      if (digit != 0) {
        add(significand.signum() * digit, offset);
      }
      rest = rest.shiftRight(CHUNK_BITS);
    }
  }

  /** Adds {@code sign * word * 2^bitOffset} units, the word unsigned, the sign 1 or -1. */
  void addUnsigned(long word, int sign, int bitOffset) {
    if (word != 0) {
      add(sign * (word & CHUNK_MASK), bitOffset);
      add(sign * (word >>> CHUNK_BITS), bitOffset + CHUNK_BITS);
    }
  }

  /** Adds {@code sign * word * 2^bitOffset} units, the sign 1 or -1. */
  void addSigned(long word, int sign, int bitOffset) {
    if (word != 0) {
      add(sign * (word & CHUNK_MASK), bitOffset);
      add(sign * (word >> CHUNK_BITS), bitOffset + CHUNK_BITS);
    }
  }

  void clear() {
    if (chunks.length > KEPT_ON_CLEAR) {
      chunks = NONE; // an outlier was here; don't scan its width for ever
    } else {
      Arrays.fill(chunks, 0);
    }
    addsUntilCarry = ADDS_PER_CARRY;
  }

  boolean isZero() {
    carry();
    return lowestChunk() == chunks.length;
  }

  /** Returns the sum. */
  Dyadic exactValue() {
    return new Dyadic(significand(), trimmedOffset() + unitExponent);
  }

  /** Returns whether the sum is a multiple of {@code 2^from} units and less than {@code 2^to}. */
  boolean isWithin(int from, int to) {
    carry();
    int lowest = lowestChunk();
    if (lowest == chunks.length) {
      return true;
    }
    int zeros = Long.numberOfTrailingZeros(chunks[lowest]);
    if ((base + lowest) * CHUNK_BITS + zeros < from) {
      return false;
    }
    int top = chunks.length - 1;
    while (chunks[top] == 0) {
      top--;
    }
    int bits = Long.SIZE - Long.numberOfLeadingZeros(Math.abs(chunks[top]));
    return (base + top) * CHUNK_BITS + bits < to;
  }

  /** Returns the sum in units of {@code 2^offset} units, of which it is a multiple. */
  BigInteger bitsFrom(int offset) {
    return significand().shiftLeft(trimmedOffset() - offset);
  }

  /** Returns the sum divided by a positive number, rounded once. */
  double dividedBy(long denominator) {
    carry();
    int lowest = lowestChunk();
    if (lowest == chunks.length) {
      return 0.0;
    }
    int top = chunks.length - 1;
    boolean negative = chunks[top] < 0;
    while (magnitude(top, lowest, negative) == 0) {
      top--;
    }
    long digit = magnitude(top, lowest, negative);
    long first = pair(top - 1, lowest, negative);
    long second = pair(top - 3, lowest, negative);
    // Five digits have more than 128 bits: shift the topmost bit to bit 126.
    int shift = Long.SIZE - Long.numberOfLeadingZeros(digit) + 1;
    int up = Long.SIZE - shift;
    long high = (digit << up) | (first >>> shift);
    long low = (first << up) | (second >>> shift);
    boolean inexact = second << up != 0 || lowest < top - 4;
    long exponent = (long) (base + top - 4) * CHUNK_BITS + shift + unitExponent;
    if (denominator == 1) {
      return Rounding.nearestEven(negative, high, inexact || low != 0, exponent + Long.SIZE);
    }
    return ExactRatio.round(negative, high, low, inexact, denominator, exponent);
  }

  /**
   * Returns the sum's bits from {@link #trimmedOffset} up: the sum is {@code significand *
   * 2^trimmedOffset} units.
   */
  BigInteger significand() {
    carry();
    int lowest = lowestChunk();
    int top = chunks.length - 1;
    while (top > lowest && chunks[top] == 0) {
      top--;
    }
    if (lowest > top) {
      return BigInteger.ZERO;
    }
    // The top chunk is signed and has 33 bits; those below are digits.
    ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES + (top - lowest) * Integer.BYTES);
    bytes.putLong(chunks[top]);
    for (int i = top - 1; i >= lowest; i--) {
      bytes.putInt((int) chunks[i]);
    }
    return new BigInteger(bytes.array());
  }

  /** Returns the bit offset of the lowest chunk in use, 0 for zero; a multiple of 32. */
  int trimmedOffset() {
    carry();
    int lowest = lowestChunk();
    return lowest == chunks.length ? 0 : (base + lowest) * CHUNK_BITS;
  }

  /**
   * Brings every chunk but the top one into [0, 2^32), the top one into (-2^32, 2^32). The number
   * stays the same; it is negative exactly if its top chunk is.
   */
  private void carry() {
    addsUntilCarry = ADDS_PER_CARRY;
    int top = chunks.length - 1;
    if (top < 0) {
      return;
    }
    for (int i = 0; i < top; i++) {
      long chunk = chunks[i];
      chunks[i] = chunk & CHUNK_MASK;
      chunks[i + 1] += chunk >> CHUNK_BITS;
    }
    long chunk = chunks[top];
    if (chunk > CHUNK_MASK || chunk < -CHUNK_MASK) {
      widen(base, base + chunks.length + 1);
      chunks[top] = chunk & CHUNK_MASK;
      chunks[top + 1] = chunk >> CHUNK_BITS;
    }
  }

  /** Makes room for the chunks numbered {@code from} (inclusive) to {@code to} (exclusive). */
  private void widen(int from, int to) {
    if (chunks.length == 0) {
      base = Math.max(0, from - 1);
      chunks = new long[Math.max(INITIAL_CHUNKS, to - base)];
      return;
    }
    int newBase = Math.min(base, from);
    int newEnd = Math.max(base + chunks.length, to);
    long[] wider = new long[newEnd - newBase];
    System.arraycopy(chunks, 0, wider, base - newBase, chunks.length);
    chunks = wider;
    base = newBase;
  }

  /** The index of the lowest chunk that isn't zero; the number of chunks if all are. */
  private int lowestChunk() {
    int i = 0;
    while (i < chunks.length && chunks[i] == 0) {
      i++;
    }
    return i;
  }

  private long pair(int i, int lowest, boolean negative) {
    return (magnitude(i, lowest, negative) << CHUNK_BITS) | magnitude(i - 1, lowest, negative);
  }

  /** The digit i of the absolute value, after a carry; 0 below the array. */
  private long magnitude(int i, int lowest, boolean negative) {
    if (i < lowest) {
      return 0;
    }
    long chunk = chunks[i];
    if (!negative) {
      return chunk;
    }
    // Two's complement: below the lowest set digit nothing, there the complement to 2^32, above it
    // to 2^32 - 1; the top chunk carries the sign itself.
    long complement = i == lowest ? -chunk : ~chunk;
    return i == chunks.length - 1 ? complement : complement & CHUNK_MASK;
  }
}
