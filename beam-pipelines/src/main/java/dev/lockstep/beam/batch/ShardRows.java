package dev.lockstep.beam.batch;

import dev.lockstep.kernel.BranchRow;
import dev.lockstep.kernel.BranchRowCodec;
import dev.lockstep.wire.ByteReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The rows of a shard, grouped by branch and key: their bytes, and where each begins. Rows are
 * decoded one key at a time.
 */
final class ShardRows {
  /** Knowledge order (C2), events before requests that are no event. */
  private static int compare(Placed a, Placed b) {
    int by = Long.compare(a.row.availableAtMicros(), b.row.availableAtMicros());
    by = by != 0 ? by : Long.compare(a.row.sequence(), b.row.sequence());
    return by != 0 ? by : Boolean.compare(b.row.isEvent(), a.row.isEvent());
  }

  /** A row, and the range of the request that it is or may be. */
  record Placed(BranchRow row, long range) {}

  private final List<byte[]> blocks = new ArrayList<>();
  private final List<Map<String, Integer>> groups;
  private final List<Integer> branchOfGroup = new ArrayList<>();
  private int size;
  private int[] group = new int[1 << 10];
  private int[] block = new int[1 << 10];
  private int[] from = new int[1 << 10];
  private int[] to = new int[1 << 10];
  private long[] range = new long[1 << 10];

  ShardRows(int branches) {
    this.groups = new ArrayList<>();
    for (int b = 0; b < branches; b++) {
      groups.add(new HashMap<>());
    }
  }

  /** Takes in a block as {@link RowRouter} wrote it. */
  void add(byte[] bytes) {
    blocks.add(bytes);
    ByteReader in = new ByteReader(bytes);
    long lastRange = 0;
    while (in.remaining() > 0) {
      lastRange += in.readSigned();
      int branch = (int) in.readVarint();
      String key = in.readString();
      int length = (int) in.readVarint();
      ensure();
      group[size] = groups.get(branch).computeIfAbsent(key, k -> newGroup(branch));
      block[size] = blocks.size() - 1;
      from[size] = in.position();
      to[size] = in.position() + length;
      range[size] = lastRange;
      in.skip(length);
      size++;
    }
  }

  private int newGroup(int branch) {
    branchOfGroup.add(branch);
    return branchOfGroup.size() - 1;
  }

  private void ensure() {
    if (size == group.length) {
      int capacity = size * 2;
      group = Arrays.copyOf(group, capacity);
      block = Arrays.copyOf(block, capacity);
      from = Arrays.copyOf(from, capacity);
      to = Arrays.copyOf(to, capacity);
      range = Arrays.copyOf(range, capacity);
    }
  }

  /** Takes the rows of each key in knowledge order. */
  interface Sink {
    void key(int branch, List<Placed> rows);
  }

  /** Hands on each key's rows. */
  void forEachKey(List<BranchRowCodec> codecs, Sink sink) {
    int[] begin = new int[branchOfGroup.size() + 1];
    for (int i = 0; i < size; i++) {
      begin[group[i] + 1]++;
    }
    for (int g = 0; g < branchOfGroup.size(); g++) {
      begin[g + 1] += begin[g];
    }
    int[] order = new int[size];
    int[] next = begin.clone();
    for (int i = 0; i < size; i++) {
      order[next[group[i]]++] = i;
    }
    for (int g = 0; g < branchOfGroup.size(); g++) {
      int branch = branchOfGroup.get(g);
      List<Placed> rows = new ArrayList<>(begin[g + 1] - begin[g]);
      for (int at = begin[g]; at < begin[g + 1]; at++) {
        int i = order[at];
        ByteReader in = new ByteReader(blocks.get(block[i]), from[i], to[i]);
        rows.add(new Placed(codecs.get(branch).read(in), range[i]));
      }
      rows.sort(ShardRows::compare);
      sink.key(branch, rows);
    }
  }
}
