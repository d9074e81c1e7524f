package dev.lockstep.beam.batch;

import dev.lockstep.beam.read.HistoryFile;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.wire.ByteReader;
import dev.lockstep.wire.ByteWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A row group of a history file: the unit of reading.
 *
 * @param firstRow its first row's place in the file
 * @param rows how many it has
 * @param firstRange the number of its first range; each range has {@link #RANGE_ROWS} rows
 */
record RowGroup(int source, String path, int group, long firstRow, long rows, long firstRange) {
  /** The rows of a range: what is put together, and written, at once. */
  static final int RANGE_ROWS = 1 << 16;

  /** The row groups of the files; ranges are numbered from 0, those of the requests first. */
  static List<RowGroup> of(FeaturePlan plan, List<HistoryFile> files) {
    int requests = plan.requestSource().index();
    List<HistoryFile> ordered = new ArrayList<>(files);
    ordered.sort(Comparator.comparing((HistoryFile f) -> f.source() != requests));
    List<RowGroup> groups = new ArrayList<>();
    long range = 0;
    for (HistoryFile file : ordered) {
      long firstRow = 0;
      for (int g = 0; g < file.groupRows().size(); g++) {
        long rows = file.groupRows().get(g);
        RowGroup group = new RowGroup(file.source(), file.path(), g, firstRow, rows, range);
        groups.add(group);
        firstRow += rows;
        range = group.endRange();
      }
    }
    return groups;
  }

  /** Behind its last range. */
  long endRange() {
    return firstRange + (rows + RANGE_ROWS - 1) / RANGE_ROWS;
  }

  /** The first number that is no range of these. */
  static long rangesOf(List<RowGroup> groups) {
    return groups.isEmpty() ? 0 : groups.get(groups.size() - 1).endRange();
  }

  byte[] toBytes() {
    ByteWriter out = new ByteWriter();
    out.writeVarint(source);
    out.writeString(path);
    out.writeVarint(group);
    out.writeVarint(firstRow);
    out.writeVarint(rows);
    out.writeVarint(firstRange);
    return out.toByteArray();
  }

  static RowGroup fromBytes(byte[] bytes) {
    ByteReader in = new ByteReader(bytes);
    return new RowGroup(
        (int) in.readVarint(),
        in.readString(),
        (int) in.readVarint(),
        in.readVarint(),
        in.readVarint(),
        in.readVarint());
  }
}
