package dev.lockstep.beam.stream;

import dev.lockstep.kernel.BranchRow;
import dev.lockstep.kernel.BranchRowCodec;
import dev.lockstep.kernel.BranchState;
import dev.lockstep.kernel.EntityState;
import dev.lockstep.kernel.EntityStateCodec;
import dev.lockstep.kernel.TableState;
import dev.lockstep.kernel.TableVersion;
import dev.lockstep.plan.Branch;
import dev.lockstep.plan.LookupPlan;
import dev.lockstep.plan.ViewPlan;
import dev.lockstep.wire.ByteReader;
import dev.lockstep.wire.ByteWriter;
import org.jspecify.annotations.Nullable;

/**
 * The state of one key as one value cell: a view's by {@link EntityStateCodec}; a routed table's as
 * its versions, each by {@link BranchRowCodec}.
 */
final class StateBytes {
  private final Branch branch;
  private final BranchRowCodec rows;
  private final @Nullable EntityStateCodec entities;

  StateBytes(Branch branch) {
    this.branch = branch;
    this.rows = new BranchRowCodec(branch.columnTypes());
    this.entities = branch instanceof ViewPlan view ? new EntityStateCodec(view) : null;
  }

  BranchState read(byte @Nullable [] bytes) {
    if (bytes == null) {
      return BranchState.of(branch);
    }
    if (entities != null) {
      return entities.fromBytes(bytes);
    }
    TableState state = new TableState((LookupPlan) branch);
    ByteReader in = new ByteReader(bytes);
    while (in.remaining() > 0) {
      state.add(rows.read(in));
    }
    return state;
  }

  byte[] write(BranchState state) {
    if (entities != null) {
      return entities.toBytes((EntityState) state);
    }
    ByteWriter out = new ByteWriter();
    for (TableVersion version : ((TableState) state).versions()) {
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
}
