package dev.lockstep.kernel;

import dev.lockstep.plan.ViewPlan;
import dev.lockstep.store.StateMark;
import dev.lockstep.time.KnowledgePosition;
import dev.lockstep.value.ColumnVector;
import dev.lockstep.value.ValueType;
import dev.lockstep.wire.ByteReader;
import dev.lockstep.wire.ByteWriter;
import dev.lockstep.wire.WireException;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

/**
 * The bytes of an {@link EntityState}: in the stream's state and in the online store.
 *
 * <pre>
 * version               one byte, 2
 * view fingerprint      its first 8 bytes
 * greatest position     availability, sequence: 8 bytes each, least first
 * applied               varint
 * rows n                varint
 * event times           n zigzag varints, each less the one before
 * availabilities        n zigzag varints, each less its event time
 * sequences             n zigzag varints, each less the one before
 * each column:          one bit a row, least first: 1 = present; then the present values as
 *                       {@link dev.lockstep.wire.ValuesCodec} has them
 * </pre>
 *
 * <p>Rows are in the window's order, those that wait to be known among the others, so equal events
 * give equal bytes in whatever order they came and whatever was asked in between. Version 1 kept
 * the waiting ones apart.
 */
public final class EntityStateCodec {
  private static final int VERSION = 2;
  private static final int FINGERPRINT_BYTES = 8;
  private static final int LEAST_ROW_BYTES = 3;
  private static final long NEGATIVE_ZERO = Double.doubleToRawLongBits(-0.0);

  private final ViewPlan view;
  private final byte[] fingerprint;

  public EntityStateCodec(ViewPlan view) {
    this.view = view;
    this.fingerprint =
        HexFormat.of().parseHex(view.fingerprint().substring(0, 2 * FINGERPRINT_BYTES));
  }

  public byte[] toBytes(EntityState state) {
    ByteWriter out = new ByteWriter(64 + state.size() * 16);
    out.writeByte(VERSION);
    out.writeBytes(fingerprint);
    out.writeFixed64(state.greatestPosition().availableAtMicros());
    out.writeFixed64(state.greatestPosition().sequence());
    out.writeVarint(state.applied());
    writeLog(state.allEvents(), out);
    return out.toByteArray();
  }

  /**
   * The state of such bytes.
   *
   * @throws WireException if they are of another version or view, or not such bytes at all
   */
  public EntityState fromBytes(byte[] bytes) {
    ByteReader in = new ByteReader(bytes);
    int version = in.readByte();
    if (version != VERSION) {
      throw new WireException("state of version " + version + ", this reads " + VERSION);
    }
    byte[] stored = in.readBytes(FINGERPRINT_BYTES);
    if (!java.util.Arrays.equals(stored, fingerprint)) {
      throw new WireException(
          "state of a view with fingerprint "
              + HexFormat.of().formatHex(stored)
              + ", but view "
              + view.name()
              + " has "
              + HexFormat.of().formatHex(fingerprint));
    }
    KnowledgePosition greatest = new KnowledgePosition(in.readFixed64(), in.readFixed64());
    long applied = in.readVarint();
    EntityState state = new EntityState(view);
    readLog(state.pending.events, in);
    in.requireEnd("state of view " + view.name());
    state.pending.appendedAll();
    state.restore(greatest, applied);
    return state;
  }

  /**
   * The mark of stored bytes, without reading the rest (C11).
   *
   * @throws WireException if they are of another version, or too few
   */
  public static StateMark markOf(byte[] bytes, long generation) {
    ByteReader in = new ByteReader(bytes);
    int version = in.readByte();
    if (version != VERSION) {
      throw new WireException("state of version " + version + ", this reads " + VERSION);
    }
    in.skip(FINGERPRINT_BYTES);
    return new StateMark(generation, in.readFixed64(), in.readFixed64(), in.readVarint());
  }

  private static void writeLog(EventLog log, ByteWriter out) {
    int n = log.size();
    out.writeVarint(n);
    long before = 0;
    for (int row = log.begin(); row < log.end(); row++) {
      out.writeSigned(log.eventTime(row) - before);
      before = log.eventTime(row);
    }
    for (int row = log.begin(); row < log.end(); row++) {
      out.writeSigned(log.availableAt(row) - log.eventTime(row));
    }
    before = 0;
    for (int row = log.begin(); row < log.end(); row++) {
      out.writeSigned(log.sequence(row) - before);
      before = log.sequence(row);
    }
    for (ColumnVector column : log.columns) {
      writeColumn(column, log.begin(), log.end(), out);
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

  private static void readLog(EventLog log, ByteReader in) {
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
      if (row > 0 && !isAfter(log, row - 1, time[row], available[row], before)) {
        throw new WireException("event " + row + " of a state is before the one it follows");
      }
      log.append(time[row], available[row], before);
    }
    readColumns(log.columns, n, in);
  }

  /** Whether a place is at or behind a row's in the window's order, the values apart. */
  private static boolean isAfter(EventLog log, int row, long time, long available, long sequence) {
    if (time != log.eventTime(row)) {
      return time > log.eventTime(row);
    }
    return available != log.availableAt(row)
        ? available > log.availableAt(row)
        : sequence >= log.sequence(row);
  }

  /** The bits of a double as columns hold it (C6): finite, and zero without a sign. */
  private static long readDoubleBits(ByteReader in) {
    long bits = in.readFixed64();
    double value = Double.longBitsToDouble(bits);
    if (!Double.isFinite(value) || bits == NEGATIVE_ZERO) {
      throw new WireException("a " + value + " in a state, which never holds one");
    }
    return bits;
  }

  private static void readColumns(List<ColumnVector> columns, int n, ByteReader in) {
    for (ColumnVector column : columns) {
      byte[] present = in.readBytes((n + 7) / 8);
      ValueType type = column.type();
      for (int row = 0; row < n; row++) {
        if ((present[row / 8] >> (row % 8) & 1) == 0) {
          column.appendNull();
          continue;
        }
        switch (type) {
          case BOOLEAN -> column.appendBits(in.readBoolean() ? 1 : 0);
          case LONG, DECIMAL, INSTANT -> column.appendBits(in.readSigned());
          case DOUBLE -> column.appendBits(readDoubleBits(in));
          case STRING -> column.appendString(in.readString());
        }
      }
    }
  }
}
