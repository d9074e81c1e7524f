package dev.lockstep.value;

import java.nio.charset.StandardCharsets;

/**
 * The 64-bit FNV-1a hash of a text's UTF-8 bytes: published, without a seed, a few lines in any
 * language.
 *
 * <p>G. Fowler, L. C. Noll, K.-P. Vo, D. Eastlake, "The FNV Non-Cryptographic Hash Algorithm". It
 * spreads words, not attacks: who chooses the text can choose its bucket.
 */
public final class TextHash {
  private static final long OFFSET_BASIS = 0xcbf29ce484222325L;
  private static final long PRIME = 0x100000001b3L;

  private TextHash() {}

  /** All 64 bits. A surrogate without its pair counts as {@code ?}. */
  public static long of(String text) {
    long hash = OFFSET_BASIS;
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (b & 0xff)) * PRIME;
    }
    return hash;
  }

  /**
   * The remainder of the hash, read as unsigned, by the number of buckets: 0 to below it.
   *
   * @param buckets at least 1
   */
  public static long bucket(String text, long buckets) {
    return Long.remainderUnsigned(of(text), buckets);
  }
}
