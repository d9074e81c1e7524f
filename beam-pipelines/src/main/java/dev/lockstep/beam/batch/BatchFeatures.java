package dev.lockstep.beam.batch;

import dev.lockstep.beam.coder.FeatureVectorCoder;
import dev.lockstep.beam.coder.RejectedCoder;
import dev.lockstep.beam.read.Rejected;
import dev.lockstep.define.FeatureSet;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.plan.SourcePlan;
import dev.lockstep.value.FeatureVector;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.io.Read;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.transforms.windowing.GlobalWindows;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.jspecify.annotations.Nullable;

/** The steps of the batch path, put together: rows to shards, answers to ranges. */
public final class BatchFeatures {
  private static final KvCoder<Integer, byte[]> SHARD_BLOCKS =
      KvCoder.of(VarIntCoder.of(), ByteArrayCoder.of());
  static final KvCoder<Long, byte[]> RANGE_BLOCKS =
      KvCoder.of(VarLongCoder.of(), ByteArrayCoder.of());

  private final Definition definition;
  private final BatchLayout layout;
  private final FeaturePlan plan;
  private RowNames names = RowNames.NONE;
  private Progress progress = Progress.NONE;

  /** What waits in the snapshot before: rows by file. */
  private Map<Long, Long> waiting = Map.of();

  /** Whether all that is read of files goes to the shards, see {@link Asides}. */
  private boolean oneWay;

  /** Where a snapshot is written: each shard is computed then, also without new rows. */
  private @Nullable Pipeline seeds;

  private final List<PCollectionTuple> taken = new ArrayList<>();

  /**
   * The vectors of a set.
   *
   * @param shards how many groups the keys are spread over; changes no value
   * @throws dev.lockstep.define.DefinitionException with all mistakes of the definition
   */
  public static BatchFeatures of(FeatureSet<?> set, int shards) {
    return new BatchFeatures(
        new Definition(set, null, BatchSettings.ofShards(shards), null, Long.MAX_VALUE));
  }

  /**
   * @throws dev.lockstep.define.DefinitionException with all mistakes of the definition
   */
  BatchFeatures(Definition definition) {
    this.definition = definition;
    this.layout = definition.layout();
    this.plan = layout.plan();
  }

  public FeaturePlan plan() {
    return plan;
  }

  /** Leaves marks of how far it is. */
  BatchFeatures marking(Progress marks) {
    this.progress = marks;
    return this;
  }

  /**
   * Lets what waits for its label in the snapshot before ask for it.
   *
   * @param rows how many, by the number of their file there
   */
  BatchFeatures withWaiting(Map<Long, Long> rows) {
    this.waiting = rows;
    return this;
  }

  /** Takes in history files. */
  BatchFeatures read(Pipeline pipeline, ChosenHistory history) {
    List<RowGroup> rowGroups = history.groups();
    names = RowNames.of(rowGroups, history.checksums());
    long firstFreeRange = readWaiting(pipeline, RowGroup.rangesOf(rowGroups));
    readCarried(pipeline, firstFreeRange);
    oneWay = layout.isOneSpace() && !hasIds() && definition.states() == null;
    taken.add(
        coded(
            pipeline
                .apply("RowGroups", Read.from(new RowGroupSource(rowGroups)))
                .apply(
                    "Read",
                    ParDo.of(new ReadRowGroups(definition, names, progress, oneWay))
                        .withOutputTags(
                            Steps.ROUTED, oneWay ? TupleTagList.empty() : Steps.others()))));
    return this;
  }

  /** Takes in what a step of reading gives. */
  BatchFeatures take(PCollectionTuple read) {
    taken.add(coded(read));
    return this;
  }

  private boolean hasIds() {
    return plan.sources().stream().anyMatch(s -> s.idColumn() >= 0);
  }

  /** Takes in what waits; gives the first range that is free behind it. */
  private long readWaiting(Pipeline pipeline, long firstFreeRange) {
    List<WaitingRows> files = WaitingRows.of(waiting, firstFreeRange);
    if (!files.isEmpty()) {
      List<byte[]> elements = files.stream().map(WaitingRows::toBytes).toList();
      taken.add(
          coded(
              pipeline
                  .apply("Waiting", Create.of(elements).withCoder(ByteArrayCoder.of()))
                  .apply("SpreadWaiting", Reshuffle.viaRandomKey())
                  .apply(
                      "ReadWaiting",
                      ParDo.of(new ReadWaiting(definition))
                          .withOutputTags(Steps.ROUTED, Steps.others()))));
    }
    return WaitingRows.end(files, firstFreeRange);
  }

  /** Takes in what the snapshot before carries, and makes sure of each shard: it may hold keys. */
  private void readCarried(Pipeline pipeline, long firstFreeRange) {
    StateFolders states = definition.states();
    if (states == null) {
      return;
    }
    List<KV<String, Long>> files =
        states.before() == null
            ? List.of()
            : List.of(KV.of(states.before().carried().toString(), firstFreeRange));
    taken.add(
        coded(
            pipeline
                .apply(
                    "Carried",
                    Create.of(files).withCoder(KvCoder.of(StringUtf8Coder.of(), VarLongCoder.of())))
                .apply(
                    "ReadCarried",
                    ParDo.of(new ReadCarried(definition))
                        .withOutputTags(Steps.ROUTED, Steps.others()))));
    seeds = pipeline;
  }

  /** An empty block for each number. */
  private static PCollection<KV<Integer, byte[]>> seeds(
      Pipeline pipeline, String name, List<Integer> numbers) {
    return pipeline.apply(
        name,
        Create.of(numbers.stream().map(n -> KV.of(n, new byte[0])).toList())
            .withCoder(SHARD_BLOCKS));
  }

  private List<Integer> idShards() {
    List<Integer> numbers = new ArrayList<>();
    for (SourcePlan source : plan.sources()) {
      for (int shard = 0; source.idColumn() >= 0 && shard < definition.shards(); shard++) {
        numbers.add(source.index() * definition.shards() + shard);
      }
    }
    return numbers;
  }

  /** The numbers of the shards of a level. */
  List<Integer> keyShards(int level) {
    int first = level * definition.shards();
    return IntStream.range(first, first + definition.shards()).boxed().toList();
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

  /**
   * What the batch gives.
   *
   * @param rows what became of the requests
   * @param rejected the late and the unusable
   * @param counts by name, see {@link Tally}
   */
  public record Result<O>(
      PCollection<O> rows, PCollection<Rejected> rejected, PCollection<KV<String, Long>> counts) {}

  /** Computes all that was taken in: one vector an element. */
  public Result<FeatureVector> vectors() {
    return compute(new VectorElements(), new FeatureVectorCoder(plan.featureTypes()));
  }

  /** Computes all that was taken in. */
  <O> Result<O> compute(RowOutput<O> output, Coder<O> coder) {
    List<PCollectionTuple> all = new ArrayList<>(taken);
    if (hasIds()) {
      all.add(withoutCopies());
    }
    FurtherSteps further = new FurtherSteps(this, definition);
    List<PCollection<KV<Integer, byte[]>>> routed =
        further.byLevel(flatten("Routed", Steps.ROUTED, all));
    PCollection<KV<Integer, Iterable<byte[]>>> shards =
        seeded("KeyShards", keyShards(0), routed.get(0)).apply("Shards", GroupByKey.create());
    List<PCollectionTuple> told = new ArrayList<>(all);
    PCollection<O> rows =
        layout.isOneSpace()
            ? perShard("Finish", shards, new FinishShard<>(definition, names, output), coder, told)
            : ranges(shards, routed, all, told, further)
                .apply("Finish", ParDo.of(new FinishRange<>(definition, names, output)));
    return new Result<>(
        rows.setCoder(coder),
        flatten("Rejected", Steps.REJECTED, told),
        carriedCounts(PCollectionList.of(flatten("Counts", Steps.COUNTS, told)))
            .apply("CountsOfAll", Flatten.pCollections()));
  }

  /**
   * A step that computes shards.
   *
   * @param told takes what it tells beside its output: counts where rows of a spine ask, and what
   *     came on the rows' way
   */
  <T> PCollection<T> perShard(
      String name,
      PCollection<KV<Integer, Iterable<byte[]>>> shards,
      DoFn<KV<Integer, Iterable<byte[]>>, T> step,
      Coder<T> coder,
      List<PCollectionTuple> told) {
    if (!oneWay && !definition.settings().spine() && !countsDelays()) {
      return shards.apply(name, ParDo.of(step)).setCoder(coder);
    }
    TupleTag<T> main = new TupleTag<>("main");
    PCollectionTuple outputs =
        shards.apply(
            name,
            ParDo.of(step).withOutputTags(main, TupleTagList.of(Steps.COUNTS).and(Steps.REJECTED)));
    told.add(coded(outputs));
    return outputs.get(main).setCoder(coder);
  }

  /** Whether a label without an end is asked: how long its outcomes take is counted. */
  private boolean countsDelays() {
    return plan.label().filter(l -> !l.isColumn() && l.maturityMicros().isEmpty()).isPresent();
  }

  private PCollectionTuple withoutCopies() {
    return coded(
        seeded("IdShards", idShards(), flatten("Copies", Steps.COPIES, taken))
            .apply("CopiesById", GroupByKey.create())
            .apply(
                "DropDuplicates",
                ParDo.of(new DropDuplicates(definition))
                    .withOutputTags(
                        Steps.ROUTED, TupleTagList.of(Steps.REQUESTS).and(Steps.COUNTS))));
  }

  private PCollection<KV<Long, Iterable<byte[]>>> ranges(
      PCollection<KV<Integer, Iterable<byte[]>>> shards,
      List<PCollection<KV<Integer, byte[]>>> routed,
      List<PCollectionTuple> all,
      List<PCollectionTuple> told,
      FurtherSteps further) {
    PCollection<KV<Long, byte[]>> answers =
        perShard("Answer", shards, new AnswerShard(definition), RANGE_BLOCKS, told);
    PCollection<KV<Long, byte[]>> blocks =
        PCollectionList.of(flatten("Requests", Steps.REQUESTS, all))
            .and(answers)
            .apply("RequestsAndAnswers", Flatten.pCollections());
    for (int level = 1; level <= plan.levels(); level++) {
      blocks = further.asked(level, blocks, routed.get(level), told);
    }
    return blocks.apply("Ranges", GroupByKey.create());
  }

  PCollection<KV<Integer, byte[]>> seeded(
      String name, List<Integer> numbers, PCollection<KV<Integer, byte[]>> blocks) {
    return seeds == null
        ? blocks
        : PCollectionList.of(blocks)
            .and(seeds(seeds, name, numbers))
            .apply("With" + name, Flatten.pCollections());
  }

  private PCollectionList<KV<String, Long>> carriedCounts(
      PCollectionList<KV<String, Long>> counts) {
    StateFolders states = definition.states();
    if (seeds == null || states == null) {
      return counts;
    }
    PCollection<byte[]> none =
        seeds.apply("NoneCarried", Create.of(new byte[0]).withCoder(ByteArrayCoder.of()));
    return counts.and(
        PCollectionList.of(flatten("ToCarry", Steps.CARRIED, taken))
            .and(none)
            .apply("AllCarried", Flatten.pCollections())
            .apply(
                "CarriedTogether",
                WithKeys.<Integer, byte[]>of(0).withKeyType(TypeDescriptors.integers()))
            .apply("CarriedRows", GroupByKey.create())
            .apply("WriteCarried", ParDo.of(new WriteCarried(states.after())))
            .setCoder(KvCoder.of(StringUtf8Coder.of(), VarLongCoder.of())));
  }

  /** What those give that have such an output. */
  private static <T> PCollection<T> flatten(
      String name, TupleTag<T> tag, List<PCollectionTuple> tuples) {
    List<PCollection<T>> parts =
        tuples.stream().filter(t -> t.has(tag)).map(t -> t.get(tag)).toList();
    return PCollectionList.of(parts).apply(name, Flatten.pCollections());
  }

  static PCollectionTuple coded(PCollectionTuple steps) {
    code(steps, Steps.ROUTED, SHARD_BLOCKS);
    code(steps, Steps.COPIES, SHARD_BLOCKS);
    code(steps, Steps.REQUESTS, RANGE_BLOCKS);
    code(steps, Steps.REJECTED, new RejectedCoder());
    code(steps, Steps.CARRIED, ByteArrayCoder.of());
    code(steps, Steps.COUNTS, KvCoder.of(StringUtf8Coder.of(), VarLongCoder.of()));
    return steps;
  }

  private static <T> void code(PCollectionTuple steps, TupleTag<T> tag, Coder<T> coder) {
    if (steps.has(tag)) {
      steps.get(tag).setCoder(coder);
    }
  }
}
