package dev.lockstep.beam.batch;

import dev.lockstep.beam.coder.FeatureVectorCoder;
import dev.lockstep.beam.coder.RejectedCoder;
import dev.lockstep.beam.read.HistoryFile;
import dev.lockstep.beam.read.Rejected;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.value.FeatureVector;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.transforms.windowing.GlobalWindows;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;

/** The steps of the batch path, put together: rows to shards, answers to ranges. */
public final class BatchFeatures {
  private static final KvCoder<Integer, byte[]> SHARD_BLOCKS =
      KvCoder.of(VarIntCoder.of(), ByteArrayCoder.of());
  private static final KvCoder<Long, byte[]> RANGE_BLOCKS =
      KvCoder.of(VarLongCoder.of(), ByteArrayCoder.of());

  private final Definition definition;
  private final FeaturePlan plan;
  private final List<PCollectionTuple> taken = new ArrayList<>();

  /**
   * @throws dev.lockstep.define.DefinitionException with all mistakes of the definition
   */
  public BatchFeatures(Definition definition) {
    this.definition = definition;
    this.plan = definition.plan();
  }

  public FeaturePlan plan() {
    return plan;
  }

  /** Takes in history files. */
  public BatchFeatures read(Pipeline pipeline, List<HistoryFile> files) {
    List<byte[]> groups = RowGroup.of(plan, files).stream().map(RowGroup::toBytes).toList();
    taken.add(
        coded(
            pipeline
                .apply("RowGroups", Create.of(groups).withCoder(ByteArrayCoder.of()))
                .apply("Spread", Reshuffle.viaRandomKey())
                .apply(
                    "Read",
                    ParDo.of(new ReadRowGroups(definition))
                        .withOutputTags(Steps.ROUTED, Steps.others()))));
    return this;
  }

  /**
   * Takes in the records of a source or table.
   *
   * @throws IllegalArgumentException if the plan reads no such source
   */
  public <T> BatchFeatures read(String source, PCollection<T> records) {
    int index =
        plan.source(source)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "feature set "
                            + plan.name()
                            + " reads nothing of ["
                            + source
                            + "]; it reads: "
                            + plan.sources().stream().map(s -> s.name()).toList()))
            .index();
    taken.add(
        coded(
            records
                .apply("Global " + source, Window.into(new GlobalWindows()))
                .apply(
                    "Read " + source,
                    ParDo.of(new ReadRecords<T>(definition, index))
                        .withOutputTags(Steps.ROUTED, Steps.others()))));
    return this;
  }

  /** What the batch gives. */
  public record Result(
      PCollection<KV<Long, Iterable<byte[]>>> ranges,
      PCollection<Rejected> rejected,
      PCollection<KV<String, Long>> counts,
      Definition definition,
      FeaturePlan plan) {

    /** The vectors, one element each. */
    public PCollection<FeatureVector> vectors() {
      return ranges
          .apply("Assemble", ParDo.of(new AssembleVectors(definition)))
          .setCoder(new FeatureVectorCoder(plan.featureTypes()));
    }
  }

  /** Computes all that was taken in. */
  public Result compute() {
    PCollectionTuple unique =
        coded(
            flatten("Copies", Steps.COPIES, taken)
                .apply("CopiesById", GroupByKey.create())
                .apply(
                    "DropDuplicates",
                    ParDo.of(new DropDuplicates(definition))
                        .withOutputTags(Steps.ROUTED, Steps.others())));
    List<PCollectionTuple> all = new ArrayList<>(taken);
    all.add(unique);
    PCollection<KV<Long, byte[]>> answers =
        flatten("Routed", Steps.ROUTED, all)
            .apply("Shards", GroupByKey.create())
            .apply("Answer", ParDo.of(new AnswerShard(definition)))
            .setCoder(RANGE_BLOCKS);
    PCollection<KV<Long, Iterable<byte[]>>> ranges =
        PCollectionList.of(flatten("Requests", Steps.REQUESTS, all))
            .and(answers)
            .apply("RequestsAndAnswers", Flatten.pCollections())
            .apply("Ranges", GroupByKey.create());
    return new Result(
        ranges,
        flatten("Rejected", Steps.REJECTED, taken),
        flatten("Counts", Steps.COUNTS, all),
        definition,
        plan);
  }

  private static <T> PCollection<T> flatten(
      String name, org.apache.beam.sdk.values.TupleTag<T> tag, List<PCollectionTuple> tuples) {
    List<PCollection<T>> parts = tuples.stream().map(t -> t.get(tag)).toList();
    return PCollectionList.of(parts).apply(name, Flatten.pCollections());
  }

  private static PCollectionTuple coded(PCollectionTuple steps) {
    steps.get(Steps.ROUTED).setCoder(SHARD_BLOCKS);
    steps.get(Steps.COPIES).setCoder(SHARD_BLOCKS);
    steps.get(Steps.REQUESTS).setCoder(RANGE_BLOCKS);
    steps.get(Steps.REJECTED).setCoder(new RejectedCoder());
    steps.get(Steps.COUNTS).setCoder(KvCoder.of(StringUtf8Coder.of(), VarLongCoder.of()));
    return steps;
  }
}
