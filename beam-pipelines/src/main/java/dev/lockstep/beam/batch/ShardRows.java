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
  /** A row is rarely smaller: room for as many as the blocks can hold is made at once. */
  private static final int ROW_BYTES = 40;

  /** Blocks in the order of time: then most keys' rows are in order already. */
  private static final Comparator<byte[]> BY_TIME =
      Comparator.comparingLong(ShardRows::firstAvailable).thenComparing(Arrays::compareUnsigned);

  private final List<RowLayout> layouts;
  private final RoutedRow.Position position = new RoutedRow.Position();
  private final KeyTable keys = new KeyTable();
  private byte[][] blocks = new byte[0][];
  private int size;

  /** Where each row is: its block in the upper half, where it begins there in the lower. */
  private long[] place;

  private int[] length;
  private int[] key;
  private long[] availableAt;
  private long[] sequence;
  private int[] order = new int[0];
  private int[] keyInOrder = new int[0];

  /** Where the rows of each key begin in the order, and where the last one's end. */
  private int[] begin = new int[0];

  private ShardRows(List<RowLayout> layouts, int capacity) {
    this.layouts = layouts;
    this.place = new long[capacity];
    this.length = new int[capacity];
    this.key = new int[capacity];
    this.availableAt = new long[capacity];
    this.sequence = new long[capacity];
  }

  /** The rows of blocks as {@link RowRouter} wrote them, in order. */
  static ShardRows of(List<RowLayout> layouts, List<byte[]> blocks) {
    long bytes = blocks.stream().mapToLong(b -> b.length).sum();
    ShardRows rows = new ShardRows(layouts, Math.toIntExact(bytes / ROW_BYTES + 1));
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
      int bytesOfRow = (int) in.readVarint();
      int from = in.position();
      in.skip(bytesOfRow);
      RoutedRow.readPosition(bytes, from, from + bytesOfRow, position);
      ensure();
      place[size] = (long) number << Integer.SIZE | from;
      length[size] = bytesOfRow;
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
    if (size == place.length) {
      int capacity = size * 2;
      place = Arrays.copyOf(place, capacity);
      length = Arrays.copyOf(length, capacity);
      key = Arrays.copyOf(key, capacity);
      availableAt = Arrays.copyOf(availableAt, capacity);
      sequence = Arrays.copyOf(sequence, capacity);
    }
  }

  private void sort() {
    keyInOrder = keys.inOrder();
    int[] ranks = new int[keys.size()];
    for (int rank = 0; rank < ranks.length; rank++) {
      ranks[keyInOrder[rank]] = rank;
    }
    begin = new int[keys.size() + 1];
    for (int i = 0; i < size; i++) {
      begin[ranks[key[i]] + 1]++;
    }
    for (int rank = 0; rank < ranks.length; rank++) {
      begin[rank + 1] += begin[rank];
    }
    order = new int[size];
    int[] next = begin.clone();
    for (int i = 0; i < size; i++) {
      order[next[ranks[key[i]]]++] = i;
    }
    RunSort sorter = new RunSort(this::compareKnowledge);
    for (int rank = 0; rank < ranks.length; rank++) {
      sorter.sort(order, begin[rank], begin[rank + 1]);
    }
  }

  private int compareKnowledge(int a, int b) {
    int by = Long.compare(availableAt[a], availableAt[b]);
    by = by != 0 ? by : Long.compare(sequence[a], sequence[b]);
    return by != 0
        ? by
        : Arrays.compareUnsigned(
            blockOf(a),
            fromOf(a),
            fromOf(a) + length[a],
            blockOf(b),
            fromOf(b),
            fromOf(b) + length[b]);
  }

  private byte[] blockOf(int row) {
    return blocks[(int) (place[row] >>> Integer.SIZE)];
  }

  private int fromOf(int row) {
    return (int) place[row];
  }

  /** Goes through all rows, from before the first one on. */
  Cursor inOrder() {
    return new Cursor();
  }

  /**
   * Goes through the rows in order. Neighbours in order are far apart in memory, so the next ones
   * are copied next to each other first: then the processor waits for many of them at once, and not
   * for each as it comes to be computed.
   */
  final class Cursor {
    private static final int GATHERED_BYTES = 1 << 14;

    private byte[] bytes = new byte[GATHERED_BYTES];
    private int row = -1;
    private int gatheredTo;
    private int nextFrom;
    private int from;
    private int to;
    private int rank = -1;
    private boolean begins;

    /** Goes on to the next row; false behind the last. */
    boolean next() {
      if (++row >= size) {
        return false;
      }
      if (row >= gatheredTo) {
        gather();
      }
      from = nextFrom;
      to = from + length[order[row]];
      nextFrom = to;
      begins = row == begin[rank + 1];
      rank += begins ? 1 : 0;
      return true;
    }

    private void gather() {
      int end = 0;
      int i = row;
      for (; i < size && end < GATHERED_BYTES; i++) {
        int next = order[i];
        int bytesOfRow = length[next];
        if (bytesOfRow > bytes.length - end) {
          if (end > 0) {
            break;
          }
          bytes = new byte[bytesOfRow];
        }
        System.arraycopy(blockOf(next), fromOf(next), bytes, end, bytesOfRow);
        end += bytesOfRow;
      }
      gatheredTo = i;
      nextFrom = 0;
    }

    /** What the row's bytes are in, overwritten as it goes on. */
    byte[] bytes() {
      return bytes;
    }

    /** Where the row begins there, behind its length. */
    int from() {
      return from;
    }

    /** Behind its end. */
    int to() {
      return to;
    }

    /** Whether the row is the first of its key. */
    boolean beginsKey() {
      return begins;
    }

    /** The row's key as text. */
    String key() {
      return keys.text(keyInOrder[rank]);
    }
  }
}
