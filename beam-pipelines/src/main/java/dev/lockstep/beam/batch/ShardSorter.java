package dev.lockstep.beam.batch;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Brings the rows of a shard into order, however many there are: beyond a bound of memory, sorted
 * runs go to disk, and are merged row by row. A key with half of all rows costs its window, not its
 * rows.
 */
final class ShardSorter implements Closeable {
  /** Takes the rows of a shard, key by key in order, each key's in knowledge order. */
  interface Sink {
    /**
     * A key begins.
     *
     * @param hasKey false for the requests that have no key
     */
    void begin(KeySpace space, boolean hasKey, String key) throws IOException;

    /** A row of the key; it is overwritten by the next. */
    void row(RoutedRow row) throws IOException;

    /** The key ends. */
    void end() throws IOException;
  }

  private final List<RowLayout> layouts;
  private final long mostBytes;
  private final List<SortedRun> runs = new ArrayList<>();
  private List<byte[]> blocks = new ArrayList<>();
  private long bytes;
  private @Nullable Path folder;

  /**
   * @param mostBytes how many bytes of blocks are held; beyond, they are sorted and go to disk
   */
  ShardSorter(List<RowLayout> layouts, long mostBytes) {
    this.layouts = layouts;
    this.mostBytes = mostBytes;
  }

  void add(byte[] block) throws IOException {
    if (block.length == 0) {
      return;
    }
    blocks.add(block);
    bytes += block.length;
    if (bytes >= mostBytes) {
      runs.add(SortedRun.write(takeRows(), newFile()));
    }
  }

  private ShardRows takeRows() {
    ShardRows rows = ShardRows.of(layouts, blocks);
    blocks = new ArrayList<>();
    bytes = 0;
    return rows;
  }

  private Path newFile() throws IOException {
    if (folder == null) {
      folder = SpillFolder.make("lockstep-shard-");
    }
    return folder.resolve("run-" + runs.size());
  }

  /** Hands on all rows. */
  void forEach(Sink sink) throws IOException {
    if (runs.isEmpty()) {
      inMemory(takeRows(), sink);
      return;
    }
    if (!blocks.isEmpty()) {
      runs.add(SortedRun.write(takeRows(), newFile()));
    }
    merge(sink);
  }

  private void inMemory(ShardRows rows, Sink sink) throws IOException {
    RoutedRow row = new RoutedRow(layouts);
    String key = "";
    boolean open = false;
    for (ShardRows.Cursor cursor = rows.inOrder(); cursor.next(); ) {
      boolean begins = cursor.beginsKey();
      if (begins) {
        if (open) {
          sink.end();
        }
        key = cursor.key();
      }
      row.read(cursor.bytes(), cursor.from(), cursor.to(), key);
      if (begins) {
        sink.begin(row.layout.space(), row.hasKey, key);
        open = true;
      }
      sink.row(row);
    }
    if (open) {
      sink.end();
    }
  }

  /** The row that a run stands at. */
  private final class Head {
    static final Comparator<Head> ORDER = Head::compare;

    private final SortedRun run;
    private final RoutedRow.Position position = new RoutedRow.Position();
    private int group;

    Head(SortedRun run) {
      this.run = run;
    }

    boolean next() throws IOException {
      if (!run.next()) {
        return false;
      }
      RoutedRow.readPosition(run.bytes(), 0, run.length(), position);
      group = ShardRows.groupOf(layouts, position);
      return true;
    }

    private int compareKey(int otherGroup, byte[] other, int from, int to) {
      int by = Integer.compare(group, otherGroup);
      return by != 0
          ? by
          : java.util.Arrays.compareUnsigned(
              run.bytes(),
              position.keyFrom,
              position.keyFrom + position.keyLength,
              other,
              from,
              to);
    }

    private int compare(Head other) {
      RoutedRow.Position there = other.position;
      int by =
          compareKey(
              other.group, other.run.bytes(), there.keyFrom, there.keyFrom + there.keyLength);
      by = by != 0 ? by : Long.compare(position.availableAtMicros, there.availableAtMicros);
      by = by != 0 ? by : Long.compare(position.sequence, there.sequence);
      return by != 0
          ? by
          : java.util.Arrays.compareUnsigned(
              run.bytes(), 0, run.length(), other.run.bytes(), 0, other.run.length());
    }
  }

  private void merge(Sink sink) throws IOException {
    PriorityQueue<Head> heads = new PriorityQueue<>(Head.ORDER);
    for (SortedRun run : runs) {
      Head head = new Head(run);
      if (head.next()) {
        heads.add(head);
      }
    }
    RoutedRow row = new RoutedRow(layouts);
    int group = -1;
    byte[] keyBytes = new byte[0];
    String key = "";
    for (Head head = heads.poll(); head != null; head = heads.poll()) {
      boolean begins = head.compareKey(group, keyBytes, 0, keyBytes.length) != 0;
      row.read(head.run.bytes(), 0, head.run.length(), begins ? null : key);
      if (begins) {
        if (group >= 0) {
          sink.end();
        }
        group = head.group;
        key = row.key;
        keyBytes = key.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        sink.begin(row.layout.space(), row.hasKey, key);
      }
      sink.row(row);
      if (head.next()) {
        heads.add(head);
      }
    }
    if (group >= 0) {
      sink.end();
    }
  }

  @Override
  public void close() throws IOException {
    for (SortedRun run : runs) {
      run.close();
    }
    if (folder != null) {
      SpillFolder.remove(folder);
    }
  }
}
