package dev.lockstep.beam.stream;

import dev.lockstep.beam.coder.FeatureVectorCoder;
import dev.lockstep.define.Emission;
import dev.lockstep.define.FeatureSet;
import dev.lockstep.kernel.SourceRow;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.store.OnlineStore;
import dev.lockstep.value.FeatureVector;
import dev.lockstep.wire.FeatureVectorCodec;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Partition;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.PValue;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.jspecify.annotations.Nullable;

/**
 * Rows of all sources in, vectors out, element by element.
 *
 * <pre>
 * rows -> by id: take out copies -> by (view, entity): kernel -> by request: count -> enrich, assemble
 *                              \______________ the request itself ______________/
 * </pre>
 *
 * <p>Under {@code onArrival()} a partition's rows go to their keys before the ids of all partitions
 * meet, so that they stay in their order:
 *
 * <pre>
 * rows -> by partition: first copies -> by (view, entity): kernel -> ...
 *                     \-> by id: copies of other partitions -> what must be put right -/
 * </pre>
 *
 * <p>Without an online store, a lookup by a field of another is asked once that is answered: what
 * was joined goes to keys again, level by level.
 *
 * <p>Where it begins with a snapshot, that is joined to the rows and to what goes to the views.
 *
 * <p>Rows are the bytes of {@link dev.lockstep.kernel.SourceRowCodec}, none late, keyed by {@link
 * #bucketOf} or {@link #keyOf}. Every step's name and cells are fixed: they are what a savepoint is
 * found by.
 */
public final class StreamFeatures
    extends PTransform<PCollection<KV<Integer, byte[]>>, PCollection<FeatureVector>> {
  private static final long serialVersionUID = 1L;

  static final TupleTag<KV<byte[], byte[]>> TO_VIEWS = new TupleTag<>("to_views") {};
  static final TupleTag<KV<Integer, byte[]>> TO_IDS = new TupleTag<>("to_ids") {};
  static final TupleTag<KV<byte[], byte[]>> TO_JOIN = new TupleTag<>("to_join") {};

  /** Ids are held by bucket, so that one timer serves many. */
  private static final int ID_BUCKETS = 1 << 12;

  private static final Coder<KV<byte[], byte[]>> KEYED =
      KvCoder.of(ByteArrayCoder.of(), ByteArrayCoder.of());

  private final FeatureSet<?> set;
  private final @Nullable OnlineStore store;
  private final StreamSettings settings;

  /** What it begins with; null for nothing. */
  private final @Nullable PCollectionTuple snapshot;

  /** The partitions that it has read, by source; none where that isn't known. */
  private final Map<String, ? extends Set<Integer>> partitions;

  private StreamFeatures(
      FeatureSet<?> set,
      @Nullable OnlineStore store,
      StreamSettings settings,
      @Nullable PCollectionTuple snapshot,
      Map<String, ? extends Set<Integer>> partitions) {
    this.set = set;
    this.store = store;
    this.settings = settings;
    this.snapshot = snapshot;
    this.partitions = partitions;
  }

  /** With an online store: tables are read from it, states written to it. */
  public static StreamFeatures of(FeatureSet<?> set, OnlineStore store, StreamSettings settings) {
    return new StreamFeatures(set, store, settings, null, Map.of());
  }

  /** Without an online store: tables are among the rows. */
  public static StreamFeatures withoutStore(FeatureSet<?> set) {
    return withoutStore(set, StreamSettings.DEFAULT);
  }

  /** Without an online store, run in another way. */
  public static StreamFeatures withoutStore(FeatureSet<?> set, StreamSettings settings) {
    return new StreamFeatures(set, null, settings, null, Map.of());
  }

  /**
   * The stream that goes on from a snapshot; until it has all of it, requests wait (C12). With an
   * online store, tables' versions must have been loaded into that.
   *
   * @param read by {@link SnapshotRead}
   * @param readPartitions of Kafka that the snapshot has read, by source: under {@code onArrival()}
   *     copies of what it has seen are known in these at once; none where rows come from elsewhere
   */
  public StreamFeatures after(
      PCollectionTuple read, Map<String, ? extends Set<Integer>> readPartitions) {
    return new StreamFeatures(set, store, settings, read, readPartitions);
  }

  /** The coder of the rows that go in. */
  public static Coder<KV<Integer, byte[]>> rowCoder() {
    return KvCoder.of(VarIntCoder.of(), ByteArrayCoder.of());
  }

  /** The bucket that a row's id belongs to; rows without id are spread by their content. */
  public static int bucketOf(SourceRow row) {
    String id = row.id();
    return bucketOf(
        id != null ? id.hashCode() : row.values().hashCode() ^ Long.hashCode(row.sequence()));
  }

  /**
   * The key of a row of a known Kafka partition. Under {@code onArrival()} it keeps the partition's
   * rows in their order; under {@code ordered()}, which needs none, it spreads them by id.
   */
  public static int keyOf(FeaturePlan plan, SourceRow row, int partition) {
    return plan.emission() == Emission.ORDERED
        ? bucketOf(row)
        : Lanes.key(Lanes.of(plan.sources().get(row.source()).name(), partition), bucketOf(row));
  }

  /** The bucket of an id with that {@link String#hashCode}. */
  static int bucketOf(int hash) {
    return ((hash * 0x9E3779B9) >>> 16) & (ID_BUCKETS - 1);
  }

  /**
   * What a request and its answers meet by: its id, and the place of the copy in knowledge order,
   * because an id can come again once it is no longer held (C9).
   */
  static String joinKey(SourceRow request) {
    return Objects.requireNonNull(request.id(), "a request without id")
        + '@'
        + Long.toHexString(request.availableAtMicros())
        + '.'
        + Long.toHexString(request.sequence());
  }

  static byte[] joinKeyBytes(String joinKey) {
    return joinKey.getBytes(StandardCharsets.UTF_8);
  }

  /**
   * The same with vectors as messages: a request's id in UTF-8, and the bytes of {@link
   * FeatureVectorCodec}. They go by Beam's own coders, so no class of ours is in a checkpoint of
   * this edge.
   */
  public PTransform<PCollection<KV<Integer, byte[]>>, PCollection<KV<byte[], byte[]>>>
      asMessages() {
    return new Messages(this);
  }

  /** {@link #asMessages}. */
  private static final class Messages
      extends PTransform<PCollection<KV<Integer, byte[]>>, PCollection<KV<byte[], byte[]>>> {
    private static final long serialVersionUID = 1L;
    private final StreamFeatures features;

    Messages(StreamFeatures features) {
      this.features = features;
    }

    @Override
    public PCollection<KV<byte[], byte[]>> expand(PCollection<KV<Integer, byte[]>> rows) {
      return features
          .joined(rows)
          .apply("Assemble", ParDo.of(features.assembling(Messages::of)))
          .setCoder(KEYED);
    }

    private static KV<byte[], byte[]> of(FeatureVector vector) {
      MadeVectors.count(vector);
      return KV.of(
          vector.requestId().getBytes(StandardCharsets.UTF_8), FeatureVectorCodec.toBytes(vector));
    }

    @Override
    public Map<TupleTag<?>, PValue> getAdditionalInputs() {
      return features.getAdditionalInputs();
    }
  }

  @Override
  public PCollection<FeatureVector> expand(PCollection<KV<Integer, byte[]>> rows) {
    return joined(rows)
        .apply("Assemble", ParDo.of(assembling(vector -> vector)))
        .setCoder(new FeatureVectorCoder(FeaturePlan.of(set).featureTypes()));
  }

  private <T> AssembleFn<T> assembling(AssembleFn.Form<T> form) {
    return new AssembleFn<>(set, store, form);
  }

  /** Requests with all their answers, as {@link JoinFn} gives them. */
  private PCollection<byte[]> joined(PCollection<KV<Integer, byte[]>> rows) {
    FeaturePlan plan = FeaturePlan.of(set);
    plan.requireAsKnown("a stream");
    if (plan.requestSource().idColumn() < 0) {
      throw new IllegalArgumentException(
          "source "
              + plan.requestSource().name()
              + " has no id, so a stream can't say whose vector it publishes;"
              + " declare .id(Record::column) on it");
    }
    PCollectionTuple routed =
        plan.emission() == Emission.ORDERED
            ? withoutCopies(afterSnapshot(rows, read -> read))
            : firstCopies(afterSnapshot(rows, this::toLanes));
    PCollection<KV<byte[], byte[]>> requests = routed.get(TO_JOIN);
    List<PCollection<KV<byte[], byte[]>>> toViews = byLevel(plan, statesAnd(routed.get(TO_VIEWS)));
    PCollection<byte[]> joined = answered("", requests, toViews.get(0));
    for (int level = 1; level < toViews.size(); level++) {
      joined = asked(level, joined, toViews.get(level));
    }
    return joined;
  }

  private PCollectionTuple withoutCopies(PCollection<KV<Integer, byte[]>> rows) {
    PCollectionTuple routed =
        rows.apply(
            "TakeOutCopies",
            ParDo.of(new RouteFn(set, store == null, snapshot != null))
                .withOutputTags(TO_VIEWS, TupleTagList.of(TO_JOIN)));
    routed.get(TO_VIEWS).setCoder(KEYED);
    routed.get(TO_JOIN).setCoder(KEYED);
    return routed;
  }

  /** What each partition sends to keys in its order, and what is put right afterwards. */
  private PCollectionTuple firstCopies(PCollection<KV<Integer, byte[]>> rows) {
    PCollectionTuple sent =
        rows.apply(
            "SendFirstCopies",
            ParDo.of(new FirstCopyFn(set, store == null, snapshot != null))
                .withOutputTags(TO_VIEWS, TupleTagList.of(TO_JOIN).and(TO_IDS)));
    PCollectionTuple corrected = withoutCopies(sent.get(TO_IDS).setCoder(rowCoder()));
    return PCollectionTuple.of(TO_VIEWS, both(TO_VIEWS, sent, corrected))
        .and(TO_JOIN, both(TO_JOIN, sent, corrected));
  }

  private static PCollection<KV<byte[], byte[]>> both(
      TupleTag<KV<byte[], byte[]>> tag, PCollectionTuple sent, PCollectionTuple corrected) {
    return PCollectionList.of(sent.get(tag).setCoder(KEYED))
        .and(corrected.get(tag))
        .apply("SentAndCorrected_" + tag.getId(), Flatten.pCollections());
  }

  /** What goes to keys, by the level at which they are asked; all of it where there is one. */
  private List<PCollection<KV<byte[], byte[]>>> byLevel(
      FeaturePlan plan, PCollection<KV<byte[], byte[]>> toViews) {
    // What an online store holds is looked up there.
    if (store != null || plan.levels() == 0) {
      return List.of(toViews);
    }
    int[] levels = new int[plan.branches().size()];
    plan.asks().forEach(ask -> levels[ask.branch()] = ask.level());
    return toViews
        .apply(
            "Levels",
            Partition.of(
                plan.levels() + 1, (message, n) -> levels[ViewMessage.branchOf(message.getKey())]))
        .getAll();
  }

  /** Requests with the answers to all that they ask, once these are there. */
  private PCollection<byte[]> answered(
      String level,
      PCollection<KV<byte[], byte[]>> requests,
      PCollection<KV<byte[], byte[]>> toViews) {
    PCollection<KV<byte[], byte[]>> answers =
        toViews
            .apply("Views" + level, ParDo.of(new ViewFn(set, store, settings, snapshot != null)))
            .setCoder(KEYED);
    return PCollectionList.of(requests)
        .and(answers)
        .apply("RequestsAndAnswers" + level, Flatten.pCollections())
        .apply("CountAnswers" + level, ParDo.of(new JoinFn(set)))
        .setCoder(ByteArrayCoder.of());
  }

  /** The same with the answers of lookups whose keys were answered. */
  private PCollection<byte[]> asked(
      int level, PCollection<byte[]> joined, PCollection<KV<byte[], byte[]>> versions) {
    PCollectionTuple asking =
        joined.apply(
            "AskFurther" + level,
            ParDo.of(new AskFurtherFn(set, level))
                .withOutputTags(TO_VIEWS, TupleTagList.of(TO_JOIN)));
    PCollection<KV<byte[], byte[]>> toViews =
        PCollectionList.of(versions)
            .and(asking.get(TO_VIEWS).setCoder(KEYED))
            .apply("ToViews" + level, Flatten.pCollections());
    return answered(String.valueOf(level), asking.get(TO_JOIN).setCoder(KEYED), toViews);
  }

  private PCollection<KV<Integer, byte[]>> afterSnapshot(
      PCollection<KV<Integer, byte[]>> rows,
      UnaryOperator<PCollection<KV<Integer, byte[]>>> snapshotRows) {
    return snapshot == null
        ? rows
        : PCollectionList.of(snapshotRows.apply(snapshot.get(SnapshotRead.ROWS)))
            .and(rows)
            .apply("RowsAfterSnapshot", Flatten.pCollections());
  }

  private PCollection<KV<Integer, byte[]>> toLanes(PCollection<KV<Integer, byte[]>> read) {
    return read.apply("SnapshotToPartitions", ParDo.of(new ToLanesFn(set, partitions)))
        .setCoder(rowCoder());
  }

  private PCollection<KV<byte[], byte[]>> statesAnd(PCollection<KV<byte[], byte[]>> toViews) {
    return snapshot == null
        ? toViews
        : PCollectionList.of(snapshot.get(SnapshotRead.STATES))
            .and(toViews)
            .apply("ViewsAfterSnapshot", Flatten.pCollections());
  }

  @Override
  public Map<TupleTag<?>, PValue> getAdditionalInputs() {
    return snapshot == null
        ? Map.of()
        : Map.of(
            SnapshotRead.ROWS,
            snapshot.get(SnapshotRead.ROWS),
            SnapshotRead.STATES,
            snapshot.get(SnapshotRead.STATES));
  }
}
