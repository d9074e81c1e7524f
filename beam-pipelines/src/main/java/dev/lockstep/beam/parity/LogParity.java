package dev.lockstep.beam.parity;

import dev.lockstep.beam.batch.AdmittedFeatures;
import dev.lockstep.beam.batch.BatchFeatures;
import dev.lockstep.beam.kafka.LogRange;
import dev.lockstep.beam.kafka.ReadLogFn;
import dev.lockstep.define.FeatureSet;
import dev.lockstep.value.FeatureVector;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.Filter;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.Max;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.transforms.Wait;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TupleTagList;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.apache.beam.sdk.values.TypeDescriptors;

/**
 * Compares what a stream has published with what the batch computes over the topics that it read:
 * every vector of its plan, of each request the first, to the bit.
 *
 * <p>Topics are read to the ends that are given, and their rows taken in by the stream's own door;
 * vectors are read once the batch is done, so that requests which came just before the ends have
 * had their time. What is held goes through the runner's sorters, which spill.
 *
 * @param log what the topics hold, and how they move on
 * @param vectorEnds where each partition of the vectors' topic ended before the ends of the log
 *     were noted: what is below answers a request of the log, what is not may answer a later one
 * @param tables Parquet files, folders of them or patterns, by name of the table
 */
public record LogParity(
    FeatureSet<?> set, Log log, List<Long> vectorEnds, Map<String, ? extends List<Path>> tables) {

  private static final KvCoder<String, Long> COUNTED =
      KvCoder.of(StringUtf8Coder.of(), VarLongCoder.of());

  /**
   * What topics hold.
   *
   * @param bootstrapServers where they are
   * @param ranges all partitions of the topics that the stream reads
   * @param schemas texts of Avro schemas that messages may be written by
   * @param live whether they are live or hold a replay
   * @param brokerClockMillis what no broker's clock was beyond as the ends were asked for
   * @param wholeFromMicros by index of the source: all events that happened from then on are there;
   *     {@code Long.MAX_VALUE} where nothing tells. Sources that lost nothing are absent
   */
  public record Log(
      String bootstrapServers,
      List<LogRange> ranges,
      List<String> schemas,
      boolean live,
      long brokerClockMillis,
      Map<Integer, Long> wholeFromMicros) {}

  /**
   * Compares.
   *
   * @param work a folder of this machine, for the result until it is read
   * @throws dev.lockstep.beam.read.HistoryFileException if a table's file isn't what the plan reads
   * @throws dev.lockstep.beam.kafka.LogUnreadableException wrapped by what the runner throws, if a
   *     topic can't be read to its end
   * @throws IOException if the folder can't be written
   */
  public ParityReport run(PipelineOptions options, Path work) throws IOException {
    Path file = work.resolve("parity.json").toAbsolutePath();
    Pipeline pipeline = Pipeline.create(options);
    build(pipeline, file);
    PipelineResult.State state = pipeline.run().waitUntilFinish();
    if (state != PipelineResult.State.DONE) {
      throw new IOException("the comparison ended as " + state);
    }
    return WriteReportFn.read(file);
  }

  private void build(Pipeline pipeline, Path file) {
    PCollectionTuple read = readLog(pipeline);
    long about = log.ranges.stream().mapToLong(range -> range.end() - range.first()).sum();
    BatchFeatures.Result<FeatureVector> batch =
        AdmittedFeatures.vectors(
            set, read.get(ReadLogFn.ROWS).setCoder(ByteArrayCoder.of()), about, tables);
    PCollectionTuple published = readVectors(pipeline, batch.rows());
    PCollectionView<Long> newest =
        published
            .get(ReadVectorsFn.NEWEST)
            .setCoder(VarLongCoder.of())
            .apply("Newest", Max.longsGlobally())
            .apply("NewestAsView", View.asSingleton());
    PCollectionView<List<KV<Long, Long>>> overdue =
        read.get(ReadLogFn.OVERDUE)
            .setCoder(KvCoder.of(VarLongCoder.of(), VarLongCoder.of()))
            .apply("Overdue", View.asList());
    PCollection<KV<String, byte[]>> computed =
        batch
            .rows()
            .apply(
                "ByRequest",
                MapElements.into(new TypeDescriptor<KV<String, byte[]>>() {})
                    .via(vector -> KV.of(vector.requestId(), Published.ofBatch(vector))));
    PCollectionTuple judged =
        PCollectionList.of(keyed(computed))
            .and(keyed(published.get(ReadVectorsFn.VECTORS)))
            .apply("Both", Flatten.pCollections())
            .apply("ByRequestId", GroupByKey.create())
            .apply(
                "Judge",
                ParDo.of(
                        new JudgeFn(
                            set,
                            new LogBeginning(log.wholeFromMicros),
                            vectorEnds,
                            overdue,
                            newest))
                    .withSideInputs(overdue, newest)
                    .withOutputTags(JudgeFn.COUNTS, TupleTagList.of(JudgeFn.DIFFERENCES)));
    PCollection<KV<String, Long>> differences =
        judged
            .get(JudgeFn.DIFFERENCES)
            .setCoder(KvCoder.of(VarLongCoder.of(), StringUtf8Coder.of()))
            .apply(
                "ByJson",
                MapElements.into(new TypeDescriptor<KV<String, Long>>() {})
                    .via(each -> KV.of(each.getValue(), each.getKey())));
    PCollection<KV<String, Long>> begun =
        pipeline.apply("Begun", Create.of(KV.of(Counts.COMPARED, 0L)).withCoder(COUNTED));
    PCollectionList.of(judged.get(JudgeFn.COUNTS).setCoder(COUNTED))
        .and(differences.setCoder(COUNTED))
        .and(read.get(ReadLogFn.COUNTS).setCoder(COUNTED))
        .and(published.get(ReadVectorsFn.COUNTS).setCoder(COUNTED))
        .and(
            batch
                .counts()
                .apply(
                    "CountsOfCopies", Filter.by(count -> count.getKey().startsWith(Counts.COPIES))))
        .and(begun)
        .apply("All", Flatten.pCollections())
        .apply(
            "Together",
            WithKeys.<Integer, KV<String, Long>>of(0).withKeyType(TypeDescriptors.integers()))
        .apply("Found", GroupByKey.create())
        .apply("WriteReport", ParDo.of(new WriteReportFn(file)));
  }

  private static PCollection<KV<String, byte[]>> keyed(PCollection<KV<String, byte[]>> vectors) {
    return vectors.setCoder(KvCoder.of(StringUtf8Coder.of(), ByteArrayCoder.of()));
  }

  private PCollectionTuple readLog(Pipeline pipeline) {
    return pipeline
        .apply("Log", Create.of(log.ranges).withCoder(SerializableCoder.of(LogRange.class)))
        .apply("SpreadLog", Reshuffle.viaRandomKey())
        .apply(
            "ReadLog",
            ParDo.of(
                    new ReadLogFn(
                        set, log.bootstrapServers, log.schemas, log.live, log.brokerClockMillis))
                .withOutputTags(
                    ReadLogFn.ROWS, TupleTagList.of(ReadLogFn.COUNTS).and(ReadLogFn.OVERDUE)));
  }

  /** Begins when all of the batch's are there. */
  private PCollectionTuple readVectors(Pipeline pipeline, PCollection<FeatureVector> batch) {
    List<Integer> partitions = IntStream.range(0, vectorEnds.size()).boxed().toList();
    return pipeline
        .apply("VectorPartitions", Create.of(partitions).withCoder(VarIntCoder.of()))
        .apply("AfterBatch", Wait.on(batch))
        .apply("SpreadVectors", Reshuffle.viaRandomKey())
        .apply(
            "ReadVectors",
            ParDo.of(new ReadVectorsFn(set, log.bootstrapServers))
                .withOutputTags(
                    ReadVectorsFn.VECTORS,
                    TupleTagList.of(ReadVectorsFn.NEWEST).and(ReadVectorsFn.COUNTS)));
  }
}
