package dev.lockstep.beam.batch;

import dev.lockstep.kernel.BranchRow;
import dev.lockstep.kernel.BranchRowCodec;
import dev.lockstep.kernel.Router;
import dev.lockstep.kernel.SourceRow;
import dev.lockstep.kernel.SourceRowCodec;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.plan.LabelPlan;
import dev.lockstep.plan.SourcePlan;
import dev.lockstep.wire.ByteWriter;
import java.util.List;

/**
 * Routes usable rows into blocks by shard, and requests into blocks by the range they are answered
 * in. Not thread-safe.
 *
 * <pre>
 * a routed row       range (zigzag varint, relative), branch (varint), key (string),
 *                    BranchRow behind its length
 * a request          row (varint), answering branches (varint), SourceRow
 * </pre>
 */
final class RowRouter {
  private final FeaturePlan plan;
  private final int shards;
  private final Router router;
  private final Router withoutLabel;
  private final List<BranchRowCodec> codecs;
  private final SourceRowCodec sourceRows;
  private final BlockBuffers routed = new BlockBuffers();
  private final BlockBuffers requests = new BlockBuffers(RangeAssembler.REQUESTS);
  private final ByteWriter scratch = new ByteWriter();
  private long requestCount;

  RowRouter(FeaturePlan plan, int shards) {
    this.plan = plan;
    this.shards = shards;
    this.router = new Router(plan, plan.branches());
    this.withoutLabel =
        new Router(plan, plan.branches().stream().filter(b -> !(b instanceof LabelPlan)).toList());
    this.codecs = plan.branches().stream().map(b -> new BranchRowCodec(b.columnTypes())).toList();
    this.sourceRows = new SourceRowCodec(plan);
  }

  /** A label changes nothing about which rows can be used: it isn't there in the stream. */
  boolean isKeyless(SourceRow row) {
    return withoutLabel.isKeyless(row);
  }

  /** Routes a row that is the {@code rowInRange}-th of a range. */
  void route(SourceRow row, long range, int rowInRange, Outlet out) {
    SourcePlan source = plan.sources().get(row.source());
    boolean deleted =
        source.deletedColumn() >= 0 && row.values().getBoolean(source.deletedColumn());
    long answering =
        router.route(
            row,
            true,
            null,
            rowInRange,
            deleted,
            (branch, key, branchRow) -> write(range, branch, key, branchRow, out));
    if (row.source() == plan.requestSource().index()) {
      requestCount++;
      BlockBuffers.Block block = requests.block(range);
      block.bytes.writeVarint(rowInRange);
      block.bytes.writeVarint(answering);
      sourceRows.write(row, block.bytes);
      requests.wrote(range, block, out::requests);
    }
  }

  private void write(long range, int branch, String key, BranchRow row, Outlet out) {
    int shard = Shards.of(branch, key, shards);
    BlockBuffers.Block block = routed.block(shard);
    block.writeRange(range);
    block.bytes.writeVarint(branch);
    block.bytes.writeString(key);
    scratch.clear();
    codecs.get(branch).write(row, scratch);
    block.bytes.writeVarint(scratch.size());
    scratch.copyTo(block.bytes);
    routed.wrote(shard, block, out::routed);
  }

  /** Hands on all open blocks. */
  void flush(Outlet out) {
    routed.flush(out::routed);
    requests.flush(out::requests);
    out.count(Tally.REQUESTS, requestCount);
    requestCount = 0;
  }
}
