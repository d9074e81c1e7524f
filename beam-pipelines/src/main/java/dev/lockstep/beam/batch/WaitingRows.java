package dev.lockstep.beam.batch;

import dev.lockstep.wire.ByteReader;
import dev.lockstep.wire.ByteWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A file of rows that wait in the snapshot before: the unit of reading them.
 *
 * @param file its number there
 * @param rows how many it has
 * @param firstPlace of its first row among all places of ranges: a range is {@link
 *     RowGroup#RANGE_ROWS} of them
 * @param still the number of the file of those that wait on as they are
 */
record WaitingRows(long file, long rows, long firstPlace, long still) {

  /**
   * The files of a snapshot. Their rows follow each other without a gap, so that those of several
   * small files come together in a range, and in one file if they wait on: else a label without an
   * end would leave files of each day for ever.
   *
   * @param rows how many there are, by the number of their file
   * @param firstRange that is free for them
   */
  static List<WaitingRows> of(Map<Long, Long> rows, long firstRange) {
    List<WaitingRows> files = new ArrayList<>();
    long place = firstRange * RowGroup.RANGE_ROWS;
    long still = rangeBehind(place + rows.values().stream().mapToLong(n -> n).sum());
    for (Map.Entry<Long, Long> file : rows.entrySet()) {
      files.add(new WaitingRows(file.getKey(), file.getValue(), place, still++));
      place += file.getValue();
    }
    return files;
  }

  /** The first number that is no range and no file of these. */
  static long end(List<WaitingRows> files, long firstRange) {
    return files.isEmpty() ? firstRange : files.get(files.size() - 1).still + 1;
  }

  private static long rangeBehind(long place) {
    return (place + RowGroup.RANGE_ROWS - 1) / RowGroup.RANGE_ROWS;
  }

  byte[] toBytes() {
    ByteWriter out = new ByteWriter();
    out.writeVarint(file);
    out.writeVarint(rows);
    out.writeVarint(firstPlace);
    out.writeVarint(still);
    return out.toByteArray();
  }

  static WaitingRows fromBytes(byte[] bytes) {
    ByteReader in = new ByteReader(bytes);
    return new WaitingRows(in.readVarint(), in.readVarint(), in.readVarint(), in.readVarint());
  }
}
