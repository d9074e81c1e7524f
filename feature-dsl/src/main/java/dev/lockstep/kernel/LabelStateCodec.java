package dev.lockstep.kernel;

import dev.lockstep.plan.Branch;
import dev.lockstep.plan.EventLabelPlan;
import dev.lockstep.plan.WindowLabelPlan;
import dev.lockstep.value.Values;
import dev.lockstep.wire.ByteReader;
import dev.lockstep.wire.ByteWriter;
import dev.lockstep.wire.ValuesCodec;
import dev.lockstep.wire.WireException;
import java.util.Objects;

/**
 * The bytes of a label's state, in snapshots: what came for requests whose label isn't final.
 *
 * <pre>
 * a window after the request   {@link EntityStateCodec} of the label's view
 * later events:
 *   version                    one byte, 1
 *   events n                   varint
 *   each, in the label's order:
 *     event time               zigzag varint
 *     availability             zigzag varint, less the event time
 *     sequence                 zigzag varint
 *     value                    {@link ValuesCodec}
 * </pre>
 *
 * <p>Which label they are of is said by what carries them.
 */
public final class LabelStateCodec {
  private static final int VERSION = 1;
  private static final int LEAST_ROW_BYTES = 4;

  private final Branch label;

  /**
   * @param label an {@link EventLabelPlan} or a {@link WindowLabelPlan}
   */
  public LabelStateCodec(Branch label) {
    this.label = label;
  }

  /** Whether a state of the label holds nothing, so that forgetting it changes no value. */
  public static boolean isEmpty(BranchState state) {
    return state instanceof WindowLabelState window
        ? window.isEmpty()
        : state instanceof EventLabelState later && later.isEmpty();
  }

  /** The bytes of a state of the label. */
  public byte[] toBytes(BranchState state) {
    if (label instanceof WindowLabelPlan plan) {
      return new EntityStateCodec(plan.view()).toBytes(((WindowLabelState) state).events());
    }
    EventLabelState later = (EventLabelState) state;
    ByteWriter out = new ByteWriter();
    out.writeByte(VERSION);
    out.writeVarint(later.events().size());
    for (BranchRow event : later.events()) {
      out.writeSigned(event.eventTimeMicros());
      out.writeSigned(event.availableAtMicros() - event.eventTimeMicros());
      out.writeSigned(event.sequence());
      ValuesCodec.write(Objects.requireNonNull(event.values()), out);
    }
    return out.toByteArray();
  }

  /**
   * The state of such bytes.
   *
   * @throws WireException if they are of another version, or not such bytes at all
   */
  public BranchState fromBytes(byte[] bytes) {
    if (label instanceof WindowLabelPlan plan) {
      return new WindowLabelState(plan, new EntityStateCodec(plan.view()).fromBytes(bytes));
    }
    ByteReader in = new ByteReader(bytes);
    StateHead.requireVersion(in.readByte(), "state of a label", VERSION);
    EventLabelState state = new EventLabelState((EventLabelPlan) label);
    int n = in.readCount(LEAST_ROW_BYTES);
    for (int i = 0; i < n; i++) {
      long eventTime = in.readSigned();
      long availableAt = eventTime + in.readSigned();
      long sequence = in.readSigned();
      Values value = ValuesCodec.read(label.columnTypes(), in);
      BranchRow event =
          new BranchRow(true, false, eventTime, availableAt, sequence, value, null, 0);
      state.add(event);
      if (state.events().size() <= i || state.events().get(i) != event) {
        throw new WireException(
            "event "
                + i
                + " of a state of label "
                + label.name()
                + " isn't where it would be held");
      }
    }
    in.requireEnd("state of label " + label.name());
    return state;
  }
}
