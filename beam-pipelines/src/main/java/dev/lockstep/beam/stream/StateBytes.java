package dev.lockstep.beam.stream;

import dev.lockstep.kernel.BlockWrite;
import dev.lockstep.kernel.BlockedStateCodec;
import dev.lockstep.kernel.BranchState;
import dev.lockstep.kernel.EntityState;
import dev.lockstep.kernel.EntityStateCodec;
import dev.lockstep.kernel.TableState;
import dev.lockstep.kernel.TableStateCodec;
import dev.lockstep.plan.Branch;
import dev.lockstep.plan.LookupPlan;
import dev.lockstep.plan.ViewPlan;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The state of one key in its cells: a view's by {@link BlockedStateCodec}; a routed table's in the
 * value cell alone, by {@link TableStateCodec}.
 */
final class StateBytes {
  private final Branch branch;
  private final @Nullable BlockedStateCodec entities;
  private final @Nullable TableStateCodec tables;

  StateBytes(Branch branch) {
    this.branch = branch;
    this.entities = branch instanceof ViewPlan view ? new BlockedStateCodec(view) : null;
    this.tables = branch instanceof LookupPlan lookup ? new TableStateCodec(lookup) : null;
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
    return Objects.requireNonNull(tables).fromBytes(value);
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
      TableState table = Objects.requireNonNull(tables).fromBytes(canonical);
      ((TableState) there).versions().forEach(table::add);
      state = table;
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
      value = Objects.requireNonNull(tables).toBytes((TableState) state);
    }
    cells.value().write(value);
    return value;
  }

  /** About how many bytes a state takes in its cells, given those of the value cell. */
  static long sizeOf(BranchState state, byte[] value) {
    return value.length
        + (state instanceof EntityState entity ? BlockedStateCodec.sizeOfBlocks(entity) : 0);
  }
}
