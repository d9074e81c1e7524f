package dev.lockstep.beam.stream;

import dev.lockstep.wire.ByteWriter;
import org.apache.commons.codec.digest.MurmurHash3;

/**
 * Keys under which the rows of one Kafka partition stay in their order on Flink, whatever their ids
 * are.
 *
 * <p>Flink gives a task whole groups of keys, and hands over what one task sends to another in its
 * order. So the rows of a partition go through one task if their keys are of one group: a
 * <em>lane</em>. Within it they have many keys, by id, so that no key's state grows large: Flink
 * copies the map of a key when it is first changed during a checkpoint.
 *
 * <p>Which numbers are of a group is found by Flink's own functions. It holds for up to 85
 * subtasks, up to which Flink makes 128 groups; and were it not to hold, values would still be
 * right, but a request might miss what is on its way.
 */
final class Lanes {
  /** Flink's groups of keys, as it makes them without being told. */
  static final int LANES = 1 << 7;

  /** Keys of a lane. */
  private static final int KEYS = 1 << 10;

  /** Below it are the keys of rows whose partition isn't known. */
  private static final int FIRST = 1 << 12;

  private static final int[][] KEYS_OF = find();

  private Lanes() {}

  /**
   * The lane of a partition: neighbours are far from each other, so that tasks share them evenly.
   */
  static int of(String source, int partition) {
    int turned = Integer.reverse(partition) >>> (Integer.SIZE - 7);
    return (turned + (source.hashCode() & (LANES - 1))) & (LANES - 1);
  }

  /** The key of a lane for rows of a bucket of ids. */
  static int key(int lane, int bucket) {
    return KEYS_OF[lane][bucket & (KEYS - 1)];
  }

  /** Whether a key is one of a lane, and none of {@link StreamFeatures#bucketOf}. */
  static boolean isKey(int key) {
    return key >= FIRST;
  }

  private static int[][] find() {
    int[][] keys = new int[LANES][KEYS];
    int[] found = new int[LANES];
    int missing = LANES * KEYS;
    for (int candidate = FIRST; missing > 0; candidate++) {
      int lane = groupOf(candidate);
      if (found[lane] < KEYS) {
        keys[lane][found[lane]++] = candidate;
        missing--;
      }
    }
    return keys;
  }

  /**
   * The group of a key: the remainder of the absolute value of a 32-bit MurmurHash3 (seed 0) over
   * the first four bytes of a 128-bit one over the coded key.
   */
  static int groupOf(int key) {
    ByteWriter coded = new ByteWriter(5);
    coded.writeVarint(key);
    long hash = MurmurHash3.hash128x64(coded.toByteArray())[0];
    ByteWriter first = new ByteWriter(Long.BYTES);
    first.writeFixed64(hash); // least byte first
    int mixed = MurmurHash3.hash32x86(first.toByteArray(), 0, Integer.BYTES, 0);
    return mixed == Integer.MIN_VALUE ? 0 : Math.abs(mixed) % LANES;
  }
}
