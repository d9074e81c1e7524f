package dev.lockstep.beam.batch;

import dev.lockstep.value.Values;
import dev.lockstep.wire.ByteReader;
import dev.lockstep.wire.ByteWriter;
import dev.lockstep.wire.ValuesCodec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row on its way to one key of one space; mutable, one for many rows.
 *
 * <pre>
 * length            varint: of what follows
 * layout            varint
 * flags             one byte: 1 has values, 2 deletes, 4 has no key, 8 asks, 16 has a name
 * available at      8 bytes, least first
 * sequence          zigzag varint
 * key               string; empty where it has none
 * event time        zigzag varint, less the availability
 * events, requests  two varints: for which branches of the space it is an event, and by which keys
 *                   of the space it asks
 * place             range (zigzag varint) and row in it (varint), if it asks
 * name              string, if flagged: of a row that declares no id and came a long way
 * values            {@link ValuesCodec} of the layout, if flagged
 * </pre>
 */
final class RoutedRow {
  private static final int VALUES = 1;
  private static final int DELETES = 2;
  private static final int NO_KEY = 4;
  private static final int ASKS = 8;
  private static final int NAMED = 16;

  private final List<RowLayout> layouts;
  private final Values[] valuesOfLayout;

  RowLayout layout;
  boolean deletes;
  boolean hasKey;
  boolean asks;
  String key = "";
  long eventTimeMicros;
  long availableAtMicros;
  long sequence;
  long eventMask;
  long requestMask;
  long range;
  int row;
  @Nullable String name;

  /** What it carries; null where it carries nothing. */
  @Nullable Values values;

  RoutedRow(List<RowLayout> layouts) {
    this.layouts = layouts;
    this.layout = layouts.get(0);
    this.valuesOfLayout = layouts.stream().map(l -> new Values(l.types())).toArray(Values[]::new);
  }

  /** The row of values of a layout, to be filled. */
  Values valuesOf(RowLayout of) {
    return valuesOfLayout[of.index()];
  }

  /**
   * Writes the row behind its length.
   *
   * @param scratch overwritten
   */
  void write(ByteWriter scratch, ByteWriter out) {
    scratch.clear();
    write(scratch);
    out.writeVarint(scratch.size());
    scratch.copyTo(out);
  }

  /** Writes all but the length. */
  private void write(ByteWriter out) {
    out.writeVarint(layout.index());
    out.writeByte(
        (values != null ? VALUES : 0)
            | (deletes ? DELETES : 0)
            | (hasKey ? 0 : NO_KEY)
            | (asks ? ASKS : 0)
            | (name != null ? NAMED : 0));
    out.writeFixed64(availableAtMicros);
    out.writeSigned(sequence);
    out.writeString(key);
    out.writeSigned(eventTimeMicros - availableAtMicros);
    out.writeVarint(eventMask);
    out.writeVarint(requestMask);
    if (asks) {
      out.writeSigned(range);
      out.writeVarint(row);
    }
    if (name != null) {
      out.writeString(name);
    }
    if (values != null) {
      ValuesCodec.write(values, out);
    }
  }

  /**
   * Reads a row behind its length.
   *
   * @param keyText the key if it is known already, so that it needn't be read again
   */
  void read(byte[] bytes, int from, int to, @Nullable String keyText) {
    ByteReader in = new ByteReader(bytes, from, to);
    layout = layouts.get((int) in.readVarint());
    int flags = in.readByte();
    deletes = (flags & DELETES) != 0;
    hasKey = (flags & NO_KEY) == 0;
    asks = (flags & ASKS) != 0;
    availableAtMicros = in.readFixed64();
    sequence = in.readSigned();
    if (keyText == null) {
      key = in.readString();
    } else {
      in.skip((int) in.readSigned());
      key = keyText;
    }
    eventTimeMicros = availableAtMicros + in.readSigned();
    eventMask = in.readVarint();
    requestMask = in.readVarint();
    range = asks ? in.readSigned() : 0;
    row = asks ? (int) in.readVarint() : 0;
    name = (flags & NAMED) != 0 ? in.readString() : null;
    values = null;
    if ((flags & VALUES) != 0) {
      values = valuesOf(layout);
      ValuesCodec.readInto(values, in);
    }
  }

  /** Reads what rows are sorted by, of a row behind its length. */
  static void readPosition(byte[] bytes, int from, int to, Position into) {
    ByteReader in = new ByteReader(bytes, from, to);
    into.layout = (int) in.readVarint();
    into.hasKey = (in.readByte() & NO_KEY) == 0;
    into.availableAtMicros = in.readFixed64();
    into.sequence = in.readSigned();
    into.keyLength = (int) in.readSigned();
    into.keyFrom = in.position();
  }

  /** What rows are sorted by. */
  static final class Position {
    int layout;
    boolean hasKey;
    long availableAtMicros;
    long sequence;
    int keyFrom;
    int keyLength;
  }
}
