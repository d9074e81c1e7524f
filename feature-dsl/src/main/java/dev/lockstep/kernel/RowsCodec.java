package dev.lockstep.kernel;

import dev.lockstep.value.ColumnVector;
import dev.lockstep.value.ValueType;
import dev.lockstep.wire.ByteReader;
import dev.lockstep.wire.ByteWriter;
import dev.lockstep.wire.ValuesCodec;
import dev.lockstep.wire.WireException;
import java.util.List;
import java.util.Objects;

/**
 * The bytes of events as columns, in the window's order and tied ones in that of their values: part
 * of every form of a state, and one form for the same events.
 *
 * <pre>
 * rows n                varint
 * event times           n zigzag varints, each less the one before
 * availabilities        n zigzag varints, each less its event time
 * sequences             n zigzag varints, each less the one before
 * each column:          one bit a row, least first: 1 = present; then the present values as
 *                       {@link dev.lockstep.wire.ValuesCodec} has them
 * </pre>
 */
final class RowsCodec {
  private static final int LEAST_ROW_BYTES = 3;

  private RowsCodec() {}

  static void write(RowRange rows, ByteWriter out) {
    EventLog log = rows.log();
    out.writeVarint(rows.size());
    long before = 0;
    for (int row = rows.begin(); row < rows.end(); row++) {
      out.writeSigned(log.eventTime(row) - before);
      before = log.eventTime(row);
    }
    for (int row = rows.begin(); row < rows.end(); row++) {
      out.writeSigned(log.availableAt(row) - log.eventTime(row));
    }
    before = 0;
    for (int row = rows.begin(); row < rows.end(); row++) {
      out.writeSigned(log.sequence(row) - before);
      before = log.sequence(row);
    }
    for (ColumnVector column : log.columns) {
      writeColumn(column, rows.begin(), rows.end(), out);
    }
  }

  private static void writeColumn(ColumnVector column, int begin, int end, ByteWriter out) {
    for (int i = begin; i < end; i += 8) {
      int present = 0;
      for (int j = i; j < Math.min(i + 8, end); j++) {
        present |= column.isNull(j) ? 0 : 1 << (j - i);
      }
      out.writeByte(present);
    }
    for (int row = begin; row < end; row++) {
      if (!column.isNull(row)) {
        switch (column.type()) {
          case BOOLEAN -> out.writeByte((int) column.bits(row));
          case LONG, DECIMAL, INSTANT -> out.writeSigned(column.bits(row));
          case DOUBLE -> out.writeFixed64(column.bits(row));
          case STRING -> out.writeString(Objects.requireNonNull(column.getString(row)));
        }
      }
    }
  }

  /**
   * Appends the rows of such bytes to a log.
   *
   * @return how many
   * @throws WireException if they are not such bytes, or their first row is before the log's last
   */
  static int read(EventLog log, ByteReader in) {
    int n = in.readCount(LEAST_ROW_BYTES);
    long[] time = new long[n];
    long before = 0;
    for (int row = 0; row < n; row++) {
      before += in.readSigned();
      time[row] = before;
    }
    long[] available = new long[n];
    for (int row = 0; row < n; row++) {
      available[row] = time[row] + in.readSigned();
    }
    before = 0;
    for (int row = 0; row < n; row++) {
      before += in.readSigned();
      if (log.size() > 0 && log.isAfter(log.end() - 1, time[row], available[row], before)) {
        throw new WireException("event " + row + " of a state is before the one it follows");
      }
      log.append(time[row], available[row], before);
    }
    readColumns(log.columns, n, in);
    if (!log.lastAreSettled(n)) {
      throw new WireException("tied events of a state that aren't in the order of their values");
    }
    return n;
  }

  private static void readColumns(List<ColumnVector> columns, int n, ByteReader in) {
    for (ColumnVector column : columns) {
      byte[] present = in.readBytes((n + 7) / 8);
      if (n % 8 != 0 && (present[n / 8] & 0xFF) >> (n % 8) != 0) {
        throw new WireException("presence said of more than " + n + " events of a state");
      }
      ValueType type = column.type();
      for (int row = 0; row < n; row++) {
        if ((present[row / 8] >> (row % 8) & 1) == 0) {
          column.appendNull();
          continue;
        }
        switch (type) {
          case BOOLEAN -> column.appendBits(in.readBoolean() ? 1 : 0);
          case LONG, DECIMAL, INSTANT -> column.appendBits(in.readSigned());
          case DOUBLE -> column.appendBits(ValuesCodec.readDoubleBits(in));
          case STRING -> column.appendString(in.readString());
        }
      }
    }
  }
}
