package dev.lockstep.beam;

import dev.lockstep.beam.batch.BatchFeatures;
import dev.lockstep.beam.coder.RejectedCoder;
import dev.lockstep.beam.read.Rejected;
import dev.lockstep.beam.stream.AdmitFn;
import dev.lockstep.beam.stream.StreamFeatures;
import dev.lockstep.define.EventSource;
import dev.lockstep.define.FeatureSet;
import dev.lockstep.define.Table;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.plan.SourcePlan;
import dev.lockstep.value.FeatureVector;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.GlobalWindows;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollection.IsBounded;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.PValue;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;

/**
 * Feature vectors of requests: one vector for each request that isn't late, a duplicate or
 * unusable.
 *
 * <pre>{@code
 * PCollection<FeatureVector> vectors =
 *     swipes.apply(ComputeFeatures.of(FRAUD).withTable(ACCOUNTS, accounts));
 * }</pre>
 *
 * <p>The requests are the input; every other source and table of the set is given by {@link
 * #withEvents} and {@link #withTable}. Vectors come in the global window.
 *
 * @param <R> the request's record type
 */
public final class ComputeFeatures<R>
    extends PTransform<PCollection<R>, PCollection<FeatureVector>> {
  private static final long serialVersionUID = 1L;

  /** The vectors among {@link WithRejected}'s outputs. */
  public static final TupleTag<FeatureVector> VECTORS = new TupleTag<>("vectors") {};

  /** The late and unusable events among {@link WithRejected}'s outputs (C4, C13). */
  public static final TupleTag<Rejected> REJECTED = new TupleTag<>("rejected") {};

  private static final int DEFAULT_SHARDS = 64;

  private final FeatureSet<R> set;
  private final transient Map<String, PCollection<?>> others;
  private final int shards;

  private ComputeFeatures(FeatureSet<R> set, Map<String, PCollection<?>> others, int shards) {
    this.set = set;
    this.others = others;
    this.shards = shards;
  }

  /** The vectors of a feature set. */
  public static <R> ComputeFeatures<R> of(FeatureSet<R> set) {
    return new ComputeFeatures<>(Objects.requireNonNull(set), Map.of(), DEFAULT_SHARDS);
  }

  /** Gives the events of a source other than the requests'. */
  public <S> ComputeFeatures<R> withEvents(EventSource<S> source, PCollection<S> events) {
    return with(String.valueOf(source.name()), events);
  }

  /** Gives the versions of a table. */
  public <V> ComputeFeatures<R> withTable(Table<V> table, PCollection<V> versions) {
    return with(table.name(), versions);
  }

  private ComputeFeatures<R> with(String source, PCollection<?> rows) {
    Map<String, PCollection<?>> more = new LinkedHashMap<>(others);
    if (more.put(source, rows) != null) {
      throw new IllegalArgumentException(
          "[" + source + "] was given twice; flatten its rows first");
    }
    return new ComputeFeatures<>(set, more, shards);
  }

  /** Spreads a batch over so many groups of keys, 64 if never said; changes no value. */
  public ComputeFeatures<R> withShards(int count) {
    if (count < 1) {
      throw new IllegalArgumentException("shards is " + count + "; give 1 or more");
    }
    return new ComputeFeatures<>(set, others, count);
  }

  /** The same, with what was rejected: {@link #VECTORS} and {@link #REJECTED}. */
  public WithRejected<R> withRejected() {
    return new WithRejected<>(this);
  }

  /** {@link ComputeFeatures} with two outputs. */
  public static final class WithRejected<R> extends PTransform<PCollection<R>, PCollectionTuple> {
    private static final long serialVersionUID = 1L;

    private final ComputeFeatures<R> compute;

    private WithRejected(ComputeFeatures<R> compute) {
      this.compute = compute;
    }

    @Override
    public PCollectionTuple expand(PCollection<R> requests) {
      return compute.outputs(requests);
    }

    @Override
    public Map<TupleTag<?>, PValue> getAdditionalInputs() {
      return compute.getAdditionalInputs();
    }
  }

  @Override
  public PCollection<FeatureVector> expand(PCollection<R> requests) {
    return outputs(requests).get(VECTORS);
  }

  private PCollectionTuple outputs(PCollection<R> requests) {
    FeaturePlan plan = FeaturePlan.of(set);
    checkComplete(plan);
    boolean unbounded =
        requests.isBounded() == IsBounded.UNBOUNDED
            || others.values().stream().anyMatch(o -> o.isBounded() == IsBounded.UNBOUNDED);
    return unbounded ? stream(plan, requests) : batch(plan, requests);
  }

  /** Unbounded inputs are computed in keyed state, by the set's emission. */
  private PCollectionTuple stream(FeaturePlan plan, PCollection<R> requests) {
    PCollectionList<KV<Integer, byte[]>> rows = PCollectionList.empty(requests.getPipeline());
    PCollectionList<Rejected> rejected = PCollectionList.empty(requests.getPipeline());
    for (SourcePlan source : plan.sources()) {
      boolean own = source.index() == plan.requestSource().index();
      PCollection<?> events = own ? requests : Objects.requireNonNull(others.get(source.name()));
      PCollectionTuple admitted = admit(source, events);
      rows = rows.and(admitted.get(AdmitFn.ROWS).setCoder(StreamFeatures.rowCoder()));
      rejected = rejected.and(admitted.get(AdmitFn.REJECTED).setCoder(new RejectedCoder()));
    }
    return PCollectionTuple.of(
            VECTORS,
            rows.apply("Rows", Flatten.pCollections())
                .apply("Features", StreamFeatures.withoutStore(set)))
        .and(REJECTED, rejected.apply("Rejected", Flatten.pCollections()));
  }

  private <T> PCollectionTuple admit(SourcePlan source, PCollection<T> events) {
    return events
        .apply("Global " + source.name(), Window.into(new GlobalWindows()))
        .apply(
            "Admit " + source.name(),
            ParDo.of(new AdmitFn<T>(set, source.index()))
                .withOutputTags(AdmitFn.ROWS, TupleTagList.of(AdmitFn.REJECTED)));
  }

  private PCollectionTuple batch(FeaturePlan plan, PCollection<R> requests) {
    BatchFeatures batch = BatchFeatures.of(set, shards);
    batch.read(plan.requestSource().name(), requests);
    others.forEach(batch::read);
    BatchFeatures.Result<FeatureVector> result = batch.vectors();
    return PCollectionTuple.of(VECTORS, result.rows()).and(REJECTED, result.rejected());
  }

  private void checkComplete(FeaturePlan plan) {
    List<String> missing =
        plan.sources().stream()
            .filter(s -> s.index() != plan.requestSource().index())
            .map(SourcePlan::name)
            .filter(name -> !others.containsKey(name))
            .toList();
    if (!missing.isEmpty()) {
      throw new IllegalArgumentException(
          "feature set "
              + plan.name()
              + " also reads "
              + missing
              + "; give them by withEvents or withTable");
    }
  }

  @Override
  public Map<TupleTag<?>, PValue> getAdditionalInputs() {
    Map<TupleTag<?>, PValue> inputs = new LinkedHashMap<>();
    others.forEach((name, rows) -> inputs.put(new TupleTag<>(name), rows));
    return inputs;
  }
}
