package dev.lockstep.beam.batch;

import dev.lockstep.wire.ByteReader;
import dev.lockstep.wire.ByteWriter;
import java.util.List;

/**
 * A row group of a history file: the unit of reading.
 *
 * @param spine whether its rows ask and are no events; of the requests' source then
 * @param file the file's place among those given of its source, by path in byte order
 * @param firstRow its first row's place in the file
 * @param rows how many it has
 * @param firstRange the number of its first range; each range has {@link #RANGE_ROWS} rows
 */
record RowGroup(
    int source,
    boolean spine,
    String path,
    int file,
    int group,
    long firstRow,
    long rows,
    long firstRange) {
  /** The rows of a range: what is put together, and written, at once. */
  static final int RANGE_ROWS = 1 << 16;

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
    out.writeByte(spine ? 1 : 0);
    out.writeString(path);
    out.writeVarint(file);
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
        in.readBoolean(),
        in.readString(),
        (int) in.readVarint(),
        (int) in.readVarint(),
        in.readVarint(),
        in.readVarint(),
        in.readVarint());
  }
}
