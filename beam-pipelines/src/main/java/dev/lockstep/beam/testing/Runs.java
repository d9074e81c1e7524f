package dev.lockstep.beam.testing;

import dev.lockstep.beam.batch.BatchFeatures;
import dev.lockstep.beam.coder.RecordCoder;
import dev.lockstep.beam.stream.StreamFeatures;
import dev.lockstep.define.FeatureSet;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.plan.SourcePlan;
import dev.lockstep.testing.RecordedEvent;
import dev.lockstep.value.FeatureVector;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.testing.TestStream;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;

/** Runs a set's paths in this process, on the direct runner. */
final class Runs {
  private static final int SHARDS = 3;

  /** What the steps of a run give, by the run: steps are copied, this isn't. */
  private static final Map<String, Queue<FeatureVector>> COLLECTED = new ConcurrentHashMap<>();

  private static final AtomicLong RUNS = new AtomicLong();

  private Runs() {}

  private static final class Collect extends DoFn<FeatureVector, Void> {
    private static final long serialVersionUID = 1L;
    private final String run;

    Collect(String run) {
      this.run = run;
    }

    @ProcessElement
    public void process(@Element FeatureVector vector) {
      Objects.requireNonNull(COLLECTED.get(run)).add(vector);
    }
  }

  /** The vectors of a batch over records in memory. */
  static List<FeatureVector> batch(
      FeatureSet<?> set, FeaturePlan plan, List<RecordedEvent> history) {
    Pipeline pipeline = pipeline();
    BatchFeatures batch = BatchFeatures.of(set, SHARDS);
    for (SourcePlan source : plan.sources()) {
      List<Record> records =
          history.stream()
              .filter(event -> event.source() == source.index())
              .map(RecordedEvent::value)
              .toList();
      batch.read(source.name(), records(pipeline, source, records));
    }
    return collected(pipeline, batch.vectors().rows());
  }

  @SuppressWarnings("unchecked") // the records are of the source's type
  private static PCollection<Object> records(
      Pipeline pipeline, SourcePlan source, List<Record> records) {
    RecordCoder<Object> coder =
        RecordCoder.of((Class<Object>) (Class<?>) source.schema().recordType());
    return pipeline.apply(
        "Records of " + source.name(),
        Create.of((List<Object>) (List<?>) records).withCoder(coder));
  }

  /** The vectors of a stream. */
  static List<FeatureVector> stream(FeatureSet<?> set, TestStream<KV<Integer, byte[]>> rows) {
    Pipeline pipeline = pipeline();
    return collected(
        pipeline, pipeline.apply(rows).apply("Features", StreamFeatures.withoutStore(set)));
  }

  private static Pipeline pipeline() {
    return Pipeline.create(
        PipelineOptionsFactory.fromArgs("--runner=DirectRunner", "--targetParallelism=1").create());
  }

  private static List<FeatureVector> collected(
      Pipeline pipeline, PCollection<FeatureVector> vectors) {
    String run = "run " + RUNS.incrementAndGet();
    COLLECTED.put(run, new ConcurrentLinkedQueue<>());
    try {
      vectors.apply("Collect", ParDo.of(new Collect(run)));
      pipeline.run().waitUntilFinish();
      return List.copyOf(Objects.requireNonNull(COLLECTED.get(run)));
    } finally {
      COLLECTED.remove(run);
    }
  }
}
