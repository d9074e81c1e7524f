package dev.lockstep.kernel;

import dev.lockstep.plan.LookupPlan;
import dev.lockstep.value.Values;
import dev.lockstep.wire.ByteReader;
import dev.lockstep.wire.ByteWriter;
import dev.lockstep.wire.ValuesCodec;
import dev.lockstep.wire.WireException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;

/**
 * The bytes of a {@link TableState} of one lookup, in snapshots and in a stream's state: the fields
 * that it answers with.
 *
 * <pre>
 * version               one byte, 2
 * kept for              varint: the lateness of requests, in microseconds, that it was pruned to;
 *                       the greatest number where no version was dropped
 * versions n            varint
 * each, by (effective from, available at):
 *   effective from      8 bytes, least first
 *   available at        8 bytes, least first
 *   load                varint
 *   position            zigzag varint
 *   deleted             one byte
 *   values              {@link ValuesCodec}, unless deleted
 * </pre>
 */
public final class TableStateCodec {
  private static final int VERSION = 2;
  private static final int LEAST_VERSION_BYTES = 19;

  private final LookupPlan lookup;

  public TableStateCodec(LookupPlan lookup) {
    this.lookup = lookup;
  }

  public byte[] toBytes(TableState state) {
    ByteWriter out = new ByteWriter();
    out.writeByte(VERSION);
    out.writeVarint(state.keptForMicros());
    out.writeVarint(state.versions().size());
    for (TableVersion version : state.versions()) {
      out.writeFixed64(version.effectiveFromMicros());
      out.writeFixed64(version.availableAtMicros());
      out.writeVarint(version.load());
      out.writeSigned(version.position());
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
   * @throws WireException if they are of another version, pruned to less than requests may ask, or
   *     not such bytes at all
   */
  public TableState fromBytes(byte[] bytes) {
    ByteReader in = new ByteReader(bytes);
    StateHead.requireVersion(in.readByte(), "state of a table", VERSION);
    TableState state = new TableState(lookup);
    long keptFor = in.readVarint();
    if (keptFor < lookup.requestLatenessMicros()) {
      throw new WireException(
          "state of table "
              + lookup.table()
              + " was pruned to requests that are at most "
              + Duration.of(keptFor, ChronoUnit.MICROS)
              + " late, but now they may be "
              + Duration.of(lookup.requestLatenessMicros(), ChronoUnit.MICROS)
              + " late: bootstrap it from history, or go back to the requests' old lateness");
    }
    int n = in.readCount(LEAST_VERSION_BYTES);
    for (int i = 0; i < n; i++) {
      long effectiveFrom = in.readFixed64();
      long availableAt = in.readFixed64();
      long load = in.readVarint();
      long position = in.readSigned();
      Values values = in.readBoolean() ? null : ValuesCodec.read(lookup.columnTypes(), in);
      TableVersion version = new TableVersion(effectiveFrom, availableAt, load, position, values);
      if (i > 0 && TableVersion.TIME.compare(state.versions().get(i - 1), version) >= 0) {
        throw new WireException(
            "version " + i + " of table " + lookup.table() + " isn't behind the one it follows");
      }
      state.add(version);
    }
    state.restore(keptFor);
    in.requireEnd("state of table " + lookup.table());
    return state;
  }
}
