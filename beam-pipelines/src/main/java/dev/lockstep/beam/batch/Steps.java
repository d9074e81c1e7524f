package dev.lockstep.beam.batch;

import dev.lockstep.beam.read.Rejected;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;

/** The outputs of the steps that take rows in. */
final class Steps {
  static final TupleTag<KV<Integer, byte[]>> ROUTED = new TupleTag<>("routed") {};
  static final TupleTag<KV<Integer, byte[]>> COPIES = new TupleTag<>("copies") {};
  static final TupleTag<KV<Long, byte[]>> REQUESTS = new TupleTag<>("requests") {};
  static final TupleTag<Rejected> REJECTED = new TupleTag<>("rejected") {};
  static final TupleTag<byte[]> CARRIED = new TupleTag<>("carried") {};
  static final TupleTag<KV<String, Long>> COUNTS = new TupleTag<>("counts") {};

  private Steps() {}

  /** All but the main output, {@link #ROUTED}. */
  static TupleTagList others() {
    return TupleTagList.of(COPIES).and(REQUESTS).and(REJECTED).and(CARRIED).and(COUNTS);
  }
}
