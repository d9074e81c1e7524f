package dev.lockstep.kernel;

import dev.lockstep.plan.Branch;
import dev.lockstep.plan.LookupPlan;
import dev.lockstep.value.ValueType;
import dev.lockstep.value.Values;
import dev.lockstep.wire.ByteReader;
import dev.lockstep.wire.ByteWriter;
import dev.lockstep.wire.ValuesCodec;
import dev.lockstep.wire.WireException;
import java.util.List;

/**
 * The bytes of a {@link BranchRow} of one branch: on the way to a key, in blocks and in the
 * stream's buffers.
 *
 * <pre>
 * flags             one byte: 1 event, 2 request, 4 has values, 8 has request id, 16 says its asks
 * asks              varint, if flagged: else a request is of the branch's first ask
 * event time        zigzag varint
 * availability      zigzag varint, less the event time
 * sequence          zigzag varint
 * request row       varint
 * request id        string, if flagged
 * values            {@link ValuesCodec}, if flagged: of each event but a table's deletion
 * </pre>
 */
public final class BranchRowCodec {
  private static final int EVENT = 1;
  private static final int REQUEST = 2;
  private static final int VALUES = 4;
  private static final int REQUEST_ID = 8;
  private static final int ASKS = 16;
  private static final int ALL_FLAGS = EVENT | REQUEST | VALUES | REQUEST_ID | ASKS;

  private final List<ValueType> types;
  private final boolean hasDeletions;

  public BranchRowCodec(Branch branch) {
    this.types = branch.columnTypes();
    this.hasDeletions = branch instanceof LookupPlan;
  }

  public void write(BranchRow row, ByteWriter out) {
    Values values = row.values();
    String requestId = row.requestId();
    out.writeByte(
        (row.isEvent() ? EVENT : 0)
            | (row.isRequest() ? REQUEST : 0)
            | (values != null ? VALUES : 0)
            | (requestId != null ? REQUEST_ID : 0)
            | (row.asks() > 1 ? ASKS : 0));
    if (row.asks() > 1) {
      out.writeVarint(row.asks());
    }
    out.writeSigned(row.eventTimeMicros());
    out.writeSigned(row.availableAtMicros() - row.eventTimeMicros());
    out.writeSigned(row.sequence());
    out.writeVarint(row.requestRow());
    if (requestId != null) {
      out.writeString(requestId);
    }
    if (values != null) {
      ValuesCodec.write(values, out);
    }
  }

  public byte[] toBytes(BranchRow row) {
    ByteWriter out = new ByteWriter();
    write(row, out);
    return out.toByteArray();
  }

  /**
   * The next row.
   *
   * @throws WireException if what comes isn't one
   */
  public BranchRow read(ByteReader in) {
    int flags = in.readByte();
    if (flags > ALL_FLAGS || (flags & (EVENT | REQUEST)) == 0) {
      throw new WireException("a row of unknown flags " + flags);
    }
    boolean isEvent = (flags & EVENT) != 0;
    boolean hasValues = (flags & VALUES) != 0;
    if (hasValues ? !isEvent : isEvent && !hasDeletions) {
      throw new WireException(isEvent ? "an event without values" : "a request with values");
    }
    boolean isRequest = (flags & REQUEST) != 0;
    long asks = isRequest ? 1 : 0;
    if ((flags & ASKS) != 0) {
      asks = in.readVarint();
      if (!isRequest || asks <= 1) {
        throw new WireException("a row of asks " + asks);
      }
    }
    long eventTime = in.readSigned();
    long availableAt = eventTime + in.readSigned();
    long sequence = in.readSigned();
    long requestRow = in.readVarint();
    if (requestRow < 0 || requestRow > Integer.MAX_VALUE) {
      throw new WireException("a request row of " + requestRow);
    }
    String requestId = (flags & REQUEST_ID) != 0 ? in.readString() : null;
    Values values = hasValues ? ValuesCodec.read(types, in) : null;
    return new BranchRow(
        isEvent, asks, eventTime, availableAt, sequence, values, requestId, (int) requestRow);
  }
}
