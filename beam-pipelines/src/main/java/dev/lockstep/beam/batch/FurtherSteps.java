package dev.lockstep.beam.batch;

import java.util.List;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Partition;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTagList;

/**
 * The steps that lookups by a field of another take beside all others: one pass a level, over the
 * shards of its spaces.
 */
final class FurtherSteps {
  private final BatchFeatures steps;
  private final Definition definition;
  private final int levels;

  FurtherSteps(BatchFeatures steps, Definition definition) {
    this.steps = steps;
    this.definition = definition;
    this.levels = steps.plan().levels();
  }

  /** What is routed, by the level of its space; all of it where no lookup is asked by another's. */
  List<PCollection<KV<Integer, byte[]>>> byLevel(PCollection<KV<Integer, byte[]>> routed) {
    if (levels == 0) {
      return List.of(routed);
    }
    int shards = definition.shards();
    return routed
        .apply("Levels", Partition.of(levels + 1, (block, n) -> block.getKey() / shards))
        .getAll();
  }

  /** The requests and answers that ranges have, with those of lookups by what was answered. */
  PCollection<KV<Long, byte[]>> asked(
      int level,
      PCollection<KV<Long, byte[]>> blocks,
      PCollection<KV<Integer, byte[]>> versions,
      List<PCollectionTuple> told) {
    PCollectionTuple asking =
        BatchFeatures.coded(
            blocks
                .apply("Ranges" + level, GroupByKey.create())
                .apply(
                    "AskFurther" + level,
                    ParDo.of(new AskFurther(definition, level))
                        .withOutputTags(Steps.ROUTED, TupleTagList.of(Steps.REQUESTS))));
    PCollection<KV<Integer, byte[]>> rows =
        PCollectionList.of(asking.get(Steps.ROUTED))
            .and(versions)
            .apply("Routed" + level, Flatten.pCollections());
    PCollection<KV<Long, byte[]>> answers =
        steps.perShard(
            "Answer" + level,
            steps
                .seeded("KeyShards" + level, steps.keyShards(level), rows)
                .apply("Shards" + level, GroupByKey.create()),
            new AnswerShard(definition),
            BatchFeatures.RANGE_BLOCKS,
            told);
    return PCollectionList.of(asking.get(Steps.REQUESTS))
        .and(answers)
        .apply("RequestsAndAnswers" + level, Flatten.pCollections());
  }
}
