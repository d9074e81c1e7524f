package dev.lockstep.kernel;

import dev.lockstep.plan.LookupPlan;
import dev.lockstep.value.Values;
import dev.lockstep.wire.ByteReader;
import dev.lockstep.wire.ByteWriter;
import dev.lockstep.wire.ValuesCodec;
import dev.lockstep.wire.WireException;

/**
 * The bytes of a {@link TableState} of one lookup, in snapshots: the fields that it answers with.
 *
 * <pre>
 * version               one byte, 1
 * versions n            varint
 * each, by (effective from, available at):
 *   effective from      8 bytes, least first
 *   available at        8 bytes, least first
 *   deleted             one byte
 *   values              {@link ValuesCodec}, unless deleted
 * </pre>
 */
public final class TableStateCodec {
  private static final int VERSION = 1;
  private static final int LEAST_VERSION_BYTES = 17;

  private final LookupPlan lookup;

  public TableStateCodec(LookupPlan lookup) {
    this.lookup = lookup;
  }

  public byte[] toBytes(TableState state) {
    ByteWriter out = new ByteWriter();
    out.writeByte(VERSION);
    out.writeVarint(state.versions().size());
    for (TableVersion version : state.versions()) {
      out.writeFixed64(version.effectiveFromMicros());
      out.writeFixed64(version.availableAtMicros());
      Values values = version.values();
      out.writeByte(values == null ? 1 : 0);
      if (values != null) {
        ValuesCodec.write(values, out);
      }
    }
    return out.toByteArray();
  }

  /**
   * The state of such bytes.
   *
   * @throws WireException if they are of another version, or not such bytes at all
   */
  public TableState fromBytes(byte[] bytes) {
    ByteReader in = new ByteReader(bytes);
    StateHead.requireVersion(in.readByte(), "state of a table", VERSION);
    TableState state = new TableState(lookup);
    int n = in.readCount(LEAST_VERSION_BYTES);
    for (int i = 0; i < n; i++) {
      long effectiveFrom = in.readFixed64();
      long availableAt = in.readFixed64();
      Values values = in.readBoolean() ? null : ValuesCodec.read(lookup.columnTypes(), in);
      state.add(new TableVersion(effectiveFrom, availableAt, values));
    }
    in.requireEnd("state of table " + lookup.table());
    return state;
  }
}
