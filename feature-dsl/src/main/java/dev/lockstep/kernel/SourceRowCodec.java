package dev.lockstep.kernel;

import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.plan.SourcePlan;
import dev.lockstep.value.ValueType;
import dev.lockstep.wire.ByteReader;
import dev.lockstep.wire.ByteWriter;
import dev.lockstep.wire.ValuesCodec;
import dev.lockstep.wire.WireException;
import java.util.List;

/**
 * The bytes of a {@link SourceRow} between the steps of one job (not stored).
 *
 * <pre>
 * source            varint
 * event time        zigzag varint
 * availability      zigzag varint, less the event time
 * sequence          zigzag varint
 * ingested at       varint
 * has id            one byte; then the id as string
 * values            {@link ValuesCodec}
 * </pre>
 */
public final class SourceRowCodec {
  private final List<List<ValueType>> columnTypes;

  public SourceRowCodec(FeaturePlan plan) {
    this(plan.sources().stream().map(SourcePlan::columnTypes).toList());
  }

  /**
   * Of rows of another plan.
   *
   * @param columnTypes by source, the types of its columns
   */
  public SourceRowCodec(List<List<ValueType>> columnTypes) {
    this.columnTypes = columnTypes.stream().map(List::copyOf).toList();
  }

  public void write(SourceRow row, ByteWriter out) {
    out.writeVarint(row.source());
    out.writeSigned(row.eventTimeMicros());
    out.writeSigned(row.availableAtMicros() - row.eventTimeMicros());
    out.writeSigned(row.sequence());
    out.writeVarint(row.ingestedAtMicros());
    String id = row.id();
    out.writeByte(id == null ? 0 : 1);
    if (id != null) {
      out.writeString(id);
    }
    ValuesCodec.write(row.values(), out);
  }

  public byte[] toBytes(SourceRow row) {
    ByteWriter out = new ByteWriter();
    write(row, out);
    return out.toByteArray();
  }

  public SourceRow read(ByteReader in) {
    long source = in.readVarint();
    if (source < 0 || source >= columnTypes.size()) {
      throw new WireException("no source " + source + " in the plan");
    }
    long eventTime = in.readSigned();
    long availableAt = eventTime + in.readSigned();
    long sequence = in.readSigned();
    long ingestedAt = in.readVarint();
    String id = in.readBoolean() ? in.readString() : null;
    return new SourceRow(
        (int) source,
        eventTime,
        availableAt,
        sequence,
        id,
        ValuesCodec.read(columnTypes.get((int) source), in),
        ingestedAt);
  }

  /**
   * The row of such bytes.
   *
   * @throws WireException if they aren't such bytes, or more than those
   */
  public SourceRow fromBytes(byte[] bytes) {
    ByteReader in = new ByteReader(bytes);
    SourceRow row = read(in);
    in.requireEnd("SourceRow");
    return row;
  }
}
