package dev.lockstep.beam.stream;

import dev.lockstep.kernel.BranchRow;
import dev.lockstep.time.Micros;
import dev.lockstep.wire.ByteReader;
import dev.lockstep.wire.ByteWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.beam.sdk.state.MapState;

/** The rows of one key that wait, by the millisecond in which they become available. */
final class HeldRows {
  private static final Comparator<BranchRow> KNOWLEDGE_ORDER =
      Comparator.comparingLong(BranchRow::availableAtMicros).thenComparingLong(BranchRow::sequence);

  private final ViewMessage messages;
  private final int branch;
  private final MapState<Long, byte[]> buffer;
  private final PendingHeader header;

  HeldRows(ViewMessage messages, int branch, MapState<Long, byte[]> buffer, PendingHeader header) {
    this.messages = messages;
    this.branch = branch;
    this.buffer = buffer;
    this.header = header;
  }

  /**
   * Puts a row in.
   *
   * @return whether none waits for an earlier millisecond
   */
  boolean add(BranchRow row, byte[] message) {
    long ms = Micros.toMillis(row.availableAtMicros());
    byte[] held = buffer.get(ms).read();
    ByteWriter out = new ByteWriter((held == null ? 0 : held.length) + message.length + 2);
    if (held != null) {
      out.writeBytes(held);
    }
    out.writeBlob(message);
    buffer.put(ms, out.toByteArray());
    boolean first = header.milliseconds.isEmpty() || ms < header.milliseconds.first();
    header.milliseconds.add(ms);
    return first;
  }

  /**
   * Takes a retracted row out. One that asks stays as a request alone if the retraction is of the
   * event alone.
   *
   * @return whether it waited
   */
  boolean retract(BranchRow retracted) {
    long ms = Micros.toMillis(retracted.availableAtMicros());
    byte[] held = buffer.get(ms).read();
    if (held == null) {
      return false;
    }
    ByteReader in = new ByteReader(held);
    ByteWriter out = new ByteWriter(held.length);
    boolean found = false;
    while (in.remaining() > 0) {
      byte[] blob = in.readBlob();
      BranchRow row = messages.decode(branch, blob).row();
      if (found || !TakenBack.isOf(row, retracted)) {
        out.writeBlob(blob);
        continue;
      }
      found = true;
      if (row.isRequest() && !retracted.isRequest()) {
        out.writeBlob(messages.encode(branch, ViewMessage.APPLY, TakenBack.withoutEvent(row)));
      }
    }
    buffer.put(ms, out.toByteArray());
    return found;
  }

  /** Takes out those of a millisecond, in knowledge order. */
  List<BranchRow> take(long ms) {
    List<BranchRow> rows = new ArrayList<>();
    byte[] held = buffer.get(ms).read();
    if (held != null) {
      ByteReader in = new ByteReader(held);
      while (in.remaining() > 0) {
        rows.add(messages.decode(branch, in.readBlob()).row());
      }
      rows.sort(KNOWLEDGE_ORDER);
      buffer.remove(ms);
    }
    header.milliseconds.remove(ms);
    return rows;
  }
}
