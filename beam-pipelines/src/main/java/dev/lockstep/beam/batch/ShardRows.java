package dev.lockstep.beam.batch;

import dev.lockstep.wire.ByteReader;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Rows of a shard in memory, in the bytes they came in, and their order: by key, then by knowledge
 * (C2), then by their bytes, so that the order of arrival decides nothing.
 */
final class ShardRows {
  private static final int FIRST_CAPACITY = 1 << 12;

  /** Blocks in the order of time: then most keys' rows are in order already. */
  private static final Comparator<byte[]> BY_TIME =
      Comparator.comparingLong(ShardRows::firstAvailable).thenComparing(Arrays::compareUnsigned);

  private final List<RowLayout> layouts;
  private final RoutedRow.Position position = new RoutedRow.Position();
  private final KeyTable keys = new KeyTable();
  private byte[][] blocks = new byte[0][];
  private int size;
  private int[] block = new int[FIRST_CAPACITY];
  private int[] from = new int[FIRST_CAPACITY];
  private int[] to = new int[FIRST_CAPACITY];
  private int[] key = new int[FIRST_CAPACITY];
  private long[] availableAt = new long[FIRST_CAPACITY];
  private long[] sequence = new long[FIRST_CAPACITY];
  private int[] order = new int[0];

  private ShardRows(List<RowLayout> layouts) {
    this.layouts = layouts;
  }

  /** The rows of blocks as {@link RowRouter} wrote them, in order. */
  static ShardRows of(List<RowLayout> layouts, List<byte[]> blocks) {
    ShardRows rows = new ShardRows(layouts);
    rows.blocks = blocks.stream().sorted(BY_TIME).toArray(byte[][]::new);
    for (int b = 0; b < rows.blocks.length; b++) {
      rows.index(b);
    }
    rows.sort();
    return rows;
  }

  private static long firstAvailable(byte[] block) {
    ByteReader in = new ByteReader(block);
    int length = (int) in.readVarint();
    RoutedRow.Position first = new RoutedRow.Position();
    RoutedRow.readPosition(block, in.position(), in.position() + length, first);
    return first.availableAtMicros;
  }

  private void index(int number) {
    byte[] bytes = blocks[number];
    ByteReader in = new ByteReader(bytes);
    while (in.remaining() > 0) {
      int length = (int) in.readVarint();
      int begin = in.position();
      in.skip(length);
      RoutedRow.readPosition(bytes, begin, begin + length, position);
      ensure();
      block[size] = number;
      from[size] = begin;
      to[size] = begin + length;
      key[size] =
          keys.number(groupOf(layouts, position), bytes, position.keyFrom, position.keyLength);
      availableAt[size] = position.availableAtMicros;
      sequence[size] = position.sequence;
      size++;
    }
  }

  /** Keys are told apart by their space, and by whether there is one at all. */
  static int groupOf(List<RowLayout> layouts, RoutedRow.Position position) {
    return layouts.get(position.layout).space().index() * 2 + (position.hasKey ? 1 : 0);
  }

  private void ensure() {
    if (size == block.length) {
      int capacity = size * 2;
      block = Arrays.copyOf(block, capacity);
      from = Arrays.copyOf(from, capacity);
      to = Arrays.copyOf(to, capacity);
      key = Arrays.copyOf(key, capacity);
      availableAt = Arrays.copyOf(availableAt, capacity);
      sequence = Arrays.copyOf(sequence, capacity);
    }
  }

  private void sort() {
    int[] ranks = keys.ranks();
    int[] begin = new int[keys.size() + 1];
    for (int i = 0; i < size; i++) {
      begin[ranks[key[i]] + 1]++;
    }
    for (int rank = 0; rank < keys.size(); rank++) {
      begin[rank + 1] += begin[rank];
    }
    order = new int[size];
    int[] next = begin.clone();
    for (int i = 0; i < size; i++) {
      order[next[ranks[key[i]]]++] = i;
    }
    RunSort sorter = new RunSort(this::compareKnowledge);
    for (int rank = 0; rank < keys.size(); rank++) {
      sorter.sort(order, begin[rank], begin[rank + 1]);
    }
  }

  private int compareKnowledge(int a, int b) {
    int by = Long.compare(availableAt[a], availableAt[b]);
    by = by != 0 ? by : Long.compare(sequence[a], sequence[b]);
    return by != 0
        ? by
        : Arrays.compareUnsigned(
            blocks[block[a]], from[a], to[a], blocks[block[b]], from[b], to[b]);
  }

  int size() {
    return size;
  }

  /** The block that the i-th row in order is in. */
  byte[] bytes(int i) {
    return blocks[block[order[i]]];
  }

  /** Where the i-th row in order begins there, behind its length. */
  int from(int i) {
    return from[order[i]];
  }

  /** Behind its end. */
  int to(int i) {
    return to[order[i]];
  }

  /** Whether the i-th row in order is of another key than the one before. */
  boolean beginsKey(int i) {
    return i == 0 || key[order[i]] != key[order[i - 1]];
  }

  /** The key of the i-th row in order, as text. */
  String key(int i) {
    return keys.text(key[order[i]]);
  }
}
