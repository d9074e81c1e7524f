package dev.lockstep.kernel;

import dev.lockstep.plan.ViewPlan;
import dev.lockstep.store.StateMark;
import dev.lockstep.store.StoreKey;
import dev.lockstep.wire.ByteReader;
import dev.lockstep.wire.ByteWriter;
import dev.lockstep.wire.WireException;

/**
 * The bytes of an {@link EntityState} as one value: in the online store and in snapshots.
 *
 * <pre>
 * head                  {@link StateHead}, version 3
 * rows                  {@link RowsCodec}
 * </pre>
 *
 * <p>Rows are in the window's order, those that wait to be known among the others, so equal events
 * give equal bytes in whatever order they came and whatever was asked in between. Version 1 kept
 * the waiting ones apart, version 2 didn't say what it was pruned to.
 */
public final class EntityStateCodec {
  private static final int VERSION = 3;
  private static final String FORM = "state";

  private final ViewPlan view;
  private final StateHead head;

  public EntityStateCodec(ViewPlan view) {
    this.view = view;
    this.head = new StateHead(view, FORM, VERSION);
  }

  /**
   * The cell of the online store that holds a view's state of an entity. It is versioned by the
   * view's fingerprint, so that two definitions of a name live side by side (C11).
   *
   * @param entityKey the entity's key as text
   */
  public static StoreKey cellOf(ViewPlan view, String entityKey) {
    String fingerprint = view.fingerprint().substring(0, 2 * StateHead.FINGERPRINT_BYTES);
    return new StoreKey(view.name() + "@" + fingerprint, entityKey);
  }

  public byte[] toBytes(EntityState state) {
    ByteWriter out = new ByteWriter(64 + state.size() * 16);
    head.write(state, out);
    RowsCodec.write(RowRange.of(state, null, null), out);
    return out.toByteArray();
  }

  /**
   * The events of a state alone, as bytes: two states in which these are equal answer alike,
   * however often something was taken back on the way.
   */
  public static byte[] eventsOf(EntityState state) {
    ByteWriter out = new ByteWriter(64 + state.size() * 16);
    RowsCodec.write(RowRange.of(state, null, null), out);
    return out.toByteArray();
  }

  /**
   * The state of such bytes.
   *
   * @throws WireException if they are of another version or view, or not such bytes at all
   */
  public EntityState fromBytes(byte[] bytes) {
    ByteReader in = new ByteReader(bytes);
    EntityState state = head.read(in);
    RowsCodec.read(state.pending.events, in);
    in.requireEnd("state of view " + view.name());
    state.pending.appendedAll();
    return state;
  }

  /**
   * The mark of stored bytes, without reading the rest (C11).
   *
   * @throws WireException if they are of another version, or too few
   */
  public static StateMark markOf(byte[] bytes, long generation) {
    ByteReader in = new ByteReader(bytes);
    StateHead.skipToPosition(in, FORM, VERSION);
    return new StateMark(generation, in.readFixed64(), in.readFixed64(), in.readVarint());
  }
}
