package dev.lockstep.kernel;

import dev.lockstep.plan.ViewPlan;
import dev.lockstep.time.KnowledgePosition;
import dev.lockstep.wire.ByteReader;
import dev.lockstep.wire.ByteWriter;
import dev.lockstep.wire.WireException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * How every form of an {@link EntityState}'s bytes begins.
 *
 * <pre>
 * version               one byte, the form's own
 * view fingerprint      its first 8 bytes
 * kept for              varint: the lateness of requests, in microseconds, that it was pruned to
 * greatest position     availability, sequence: 8 bytes each, least first
 * applied               varint
 * </pre>
 */
final class StateHead {
  static final int FINGERPRINT_BYTES = 8;

  private final ViewPlan view;
  private final String form;
  private final int version;
  private final byte[] fingerprint;

  /**
   * The head of one form of a view's states.
   *
   * @param form what errors call it
   */
  StateHead(ViewPlan view, String form, int version) {
    this.view = view;
    this.form = form;
    this.version = version;
    this.fingerprint =
        HexFormat.of().parseHex(view.fingerprint().substring(0, 2 * FINGERPRINT_BYTES));
  }

  void write(EntityState state, ByteWriter out) {
    out.writeByte(version);
    out.writeBytes(fingerprint);
    out.writeVarint(state.keptForMicros());
    out.writeFixed64(state.greatestPosition().availableAtMicros());
    out.writeFixed64(state.greatestPosition().sequence());
    out.writeVarint(state.applied());
  }

  /**
   * A new state that holds no events yet, with the counters of such bytes.
   *
   * @throws WireException if they are of another version or view, or pruned to less than requests
   *     may ask
   */
  EntityState read(ByteReader in) {
    requireVersion(in.readByte(), form, version);
    byte[] stored = in.readBytes(FINGERPRINT_BYTES);
    if (!Arrays.equals(stored, fingerprint)) {
      throw new WireException(
          form
              + " of a view with fingerprint "
              + HexFormat.of().formatHex(stored)
              + ", but view "
              + view.name()
              + " has "
              + HexFormat.of().formatHex(fingerprint));
    }
    long keptFor = in.readVarint();
    requireKeptFor(keptFor);
    EntityState state = new EntityState(view);
    KnowledgePosition position = new KnowledgePosition(in.readFixed64(), in.readFixed64());
    state.restore(position, in.readVarint(), keptFor);
    return state;
  }

  private void requireKeptFor(long keptForMicros) {
    if (keptForMicros < view.requestLatenessMicros()) {
      throw new WireException(
          form
              + " of view "
              + view.name()
              + " was pruned to requests that are at most "
              + Duration.of(keptForMicros, ChronoUnit.MICROS)
              + " late, but now they may be "
              + Duration.of(view.requestLatenessMicros(), ChronoUnit.MICROS)
              + " late: bootstrap it from history, or go back to the requests' old lateness");
    }
  }

  /** Passes over what stands before the position. */
  static void skipToPosition(ByteReader in, String form, int version) {
    requireVersion(in.readByte(), form, version);
    in.skip(FINGERPRINT_BYTES);
    in.readVarint();
  }

  static void requireVersion(int stored, String form, int version) {
    if (stored != version) {
      throw new WireException(
          form
              + " of version "
              + stored
              + ", this reads "
              + version
              + ": bootstrap it from history");
    }
  }
}
