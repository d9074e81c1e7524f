package dev.lockstep.beam.stream;

import dev.lockstep.beam.coder.RejectedCoder;
import dev.lockstep.beam.snapshot.SnapshotFolder;
import dev.lockstep.define.FeatureSet;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.transforms.Impulse;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;

/**
 * What a snapshot holds, for a stream to begin with: its ids and carried rows among the rows, its
 * states for the keys (C12).
 *
 * <p>It is read once: the impulse that begins it is part of a checkpoint, and a job that goes on
 * from one reads nothing again.
 */
public final class SnapshotRead extends PTransform<PBegin, PCollectionTuple> {
  private static final long serialVersionUID = 1L;

  /** Ids that were seen and rows that were carried, as {@link StreamFeatures} takes rows. */
  public static final TupleTag<KV<Integer, byte[]>> ROWS = new TupleTag<>("rows") {};

  /** What keys hold. */
  static final TupleTag<KV<byte[], byte[]>> STATES = new TupleTag<>("states") {};

  /**
   * Carried rows that can't take part, late or without any key: bytes of {@link RejectedCoder}, for
   * no coder of ours may be in a checkpoint.
   */
  public static final TupleTag<byte[]> REJECTED = new TupleTag<>("rejected") {};

  private final FeatureSet<?> set;
  private final SnapshotFolder folder;
  private final String run;
  private final boolean withTables;

  /**
   * @param folder must be readable under its path wherever the job runs
   * @param run that wrote the snapshot: one that has taken its place since is refused
   * @param withTables whether tables' versions belong to the stream's state; false where it reads
   *     them from the online store
   */
  public SnapshotRead(FeatureSet<?> set, SnapshotFolder folder, String run, boolean withTables) {
    this.set = set;
    this.folder = folder;
    this.run = run;
    this.withTables = withTables;
  }

  @Override
  public PCollectionTuple expand(PBegin begin) {
    PCollectionTuple read =
        begin
            .apply("Once", Impulse.create())
            .apply("Files", ParDo.of(new SnapshotFilesFn(set, folder, run)))
            .setCoder(KvCoder.of(VarIntCoder.of(), VarIntCoder.of()))
            .apply("Spread", Reshuffle.of())
            .apply(
                "Read",
                ParDo.of(new ReadSnapshotFn(set, folder, run, withTables))
                    .withOutputTags(ROWS, TupleTagList.of(STATES).and(REJECTED)));
    return coded(read);
  }

  /** Sets the coders of a tuple of these. */
  static PCollectionTuple coded(PCollectionTuple read) {
    read.get(ROWS).setCoder(StreamFeatures.rowCoder());
    read.get(STATES).setCoder(KvCoder.of(ByteArrayCoder.of(), ByteArrayCoder.of()));
    read.get(REJECTED).setCoder(ByteArrayCoder.of());
    return read;
  }
}
