package dev.lockstep.beam.batch;

import dev.lockstep.beam.write.LabelledVector;
import dev.lockstep.kernel.SourceRow;
import dev.lockstep.kernel.SourceRowCodec;
import dev.lockstep.kernel.VectorAssembler;
import dev.lockstep.plan.Branch;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.value.FeatureVector;
import dev.lockstep.value.ValueType;
import dev.lockstep.value.Values;
import dev.lockstep.wire.ByteReader;
import dev.lockstep.wire.ValuesCodec;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Puts the requests of one range and what the shards answered together, by place; refuses a row
 * that was answered twice, not at all, or never asked.
 */
final class RangeAssembler {
  /** The first byte of a block of requests, as {@link RowRouter} writes them. */
  static final int REQUESTS = 0;

  /** The first byte of a block of answers, as {@link AnswerShard} writes them. */
  static final int ANSWERS = 1;

  private final long range;
  private final FeaturePlan plan;
  private final int branches;
  private final SourceRowCodec codec;
  private final List<List<ValueType>> resultTypes;
  private final @Nullable SourceRow[] requests = new @Nullable SourceRow[RowGroup.RANGE_ROWS];
  private final long[] answering = new long[RowGroup.RANGE_ROWS];
  private final @Nullable Values[] answers;

  RangeAssembler(FeaturePlan plan, long range) {
    this.range = range;
    this.plan = plan;
    this.branches = plan.branches().size();
    this.codec = new SourceRowCodec(plan);
    this.resultTypes = plan.branches().stream().map(Branch::resultTypes).toList();
    this.answers = new @Nullable Values[RowGroup.RANGE_ROWS * branches];
  }

  /** Takes in a block of requests or of answers, in any order. */
  void add(byte[] block) {
    ByteReader in = new ByteReader(block);
    boolean request = in.readByte() == REQUESTS;
    while (in.remaining() > 0) {
      int row = (int) in.readVarint();
      if (request) {
        if (requests[row] != null) {
          throw broken(row, "was asked twice");
        }
        answering[row] = in.readVarint();
        requests[row] = codec.read(in);
      } else {
        Branch branch = plan.branches().get((int) in.readVarint());
        int place = row * branches + branch.index();
        if (answers[place] != null) {
          throw broken(row, "was answered twice by " + branch.name());
        }
        answers[place] = ValuesCodec.read(resultTypes.get(branch.index()), in);
      }
    }
  }

  /** Hands on the vectors, in the order of their rows. */
  void assemble(VectorAssembler assembler, Consumer<LabelledVector> sink) {
    @Nullable Values[] ofRow = new @Nullable Values[branches];
    for (int row = 0; row < RowGroup.RANGE_ROWS; row++) {
      SourceRow request = requests[row];
      for (int b = 0; b < branches; b++) {
        ofRow[b] = answers[row * branches + b];
        boolean expected = request != null && (answering[row] & 1L << b) != 0;
        if (expected != (ofRow[b] != null)) {
          throw broken(
              row,
              (expected ? "was not answered by " : "was not asked of ")
                  + plan.branches().get(b).name());
        }
      }
      if (request == null) {
        continue;
      }
      String id = request.id();
      FeatureVector vector =
          assembler.assemble(
              request, id != null ? id : Long.toHexString(range) + "#" + row, ofRow, 0, 0);
      sink.accept(new LabelledVector(vector, assembler.label(request, ofRow)));
    }
  }

  private IllegalStateException broken(int row, String what) {
    return new IllegalStateException(
        "row " + row + " of range " + range + " " + what + "; the batch is not to be trusted");
  }
}
