package dev.lockstep.beam.stream;

import dev.lockstep.kernel.BlockWrite;
import dev.lockstep.kernel.BlockedStateCodec;
import dev.lockstep.kernel.BranchRow;
import dev.lockstep.kernel.BranchRowCodec;
import dev.lockstep.kernel.BranchState;
import dev.lockstep.kernel.EntityState;
import dev.lockstep.kernel.EntityStateCodec;
import dev.lockstep.kernel.TableState;
import dev.lockstep.kernel.TableStateCodec;
import dev.lockstep.kernel.TableVersion;
import dev.lockstep.plan.Branch;
import dev.lockstep.plan.LookupPlan;
import dev.lockstep.plan.ViewPlan;
import dev.lockstep.wire.ByteReader;
import dev.lockstep.wire.ByteWriter;
import org.jspecify.annotations.Nullable;

/**
 * The state of one key in its cells: a view's by {@link BlockedStateCodec}; a routed table's in the
 * value cell alone, as its versions, each by {@link BranchRowCodec}.
 */
final class StateBytes {
  private final Branch branch;
  private final BranchRowCodec rows;
  private final @Nullable BlockedStateCodec entities;

  StateBytes(Branch branch) {
    this.branch = branch;
    this.rows = new BranchRowCodec(branch.columnTypes());
    this.entities = branch instanceof ViewPlan view ? new BlockedStateCodec(view) : null;
  }

  /**
   * The state in the cells.
   *
   * @param value what the value cell holds; null gives a new state
   */
  BranchState read(byte @Nullable [] value, StateCells cells) {
    if (value == null) {
      return BranchState.of(branch);
    }
    if (entities != null) {
      return entities.read(value, id -> cells.blocks().get(id).read());
    }
    TableState state = new TableState((LookupPlan) branch);
    ByteReader in = new ByteReader(value);
    while (in.remaining() > 0) {
      state.add(rows.read(in));
    }
    return state;
  }

  /**
   * Writes a snapshot's state into the cells of a key that has none; to a table's versions that
   * came before it, it adds its own.
   *
   * @param canonical the bytes that snapshots hold
   * @return null, with nothing written, if there is a state that it can't be added to
   */
  @Nullable BranchState begin(byte[] canonical, StateCells cells) {
    BranchState there = read(cells.value().read(), cells);
    BranchState state;
    if (branch instanceof ViewPlan view) {
      if (!((EntityState) there).isEmpty()) {
        return null;
      }
      cells.clear();
      state = new EntityStateCodec(view).fromBytes(canonical);
    } else {
      state = there;
      new TableStateCodec((LookupPlan) branch)
          .fromBytes(canonical)
          .versions()
          .forEach(((TableState) there)::add);
    }
    write(state, cells);
    return state;
  }

  /** Writes a state that was read from these cells, or a new one; tells the value cell's bytes. */
  byte[] write(BranchState state, StateCells cells) {
    byte[] value;
    if (entities != null) {
      BlockWrite write = entities.write((EntityState) state);
      write.deleted().forEach(cells.blocks()::remove);
      write.put().forEach(cells.blocks()::put);
      value = write.header();
    } else {
      value = versions((TableState) state);
    }
    cells.value().write(value);
    return value;
  }

  private byte[] versions(TableState state) {
    ByteWriter out = new ByteWriter();
    for (TableVersion version : state.versions()) {
      rows.write(
          new BranchRow(
              true,
              false,
              version.effectiveFromMicros(),
              version.availableAtMicros(),
              0,
              version.values(),
              null,
              0),
          out);
    }
    return out.toByteArray();
  }

  /** About how many bytes a state takes in its cells, given those of the value cell. */
  static long sizeOf(BranchState state, byte[] value) {
    return value.length
        + (state instanceof EntityState entity ? BlockedStateCodec.sizeOfBlocks(entity) : 0);
  }
}
