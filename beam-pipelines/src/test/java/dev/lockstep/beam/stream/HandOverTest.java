package dev.lockstep.beam.stream;

import static dev.lockstep.define.Aggregations.sum;
import static dev.lockstep.define.Durations.hours;
import static dev.lockstep.define.Window.next;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.beam.batch.Backfill;
import dev.lockstep.beam.batch.BackfillOptions;
import dev.lockstep.beam.batch.LocalRunners;
import dev.lockstep.beam.batch.ShopHistory;
import dev.lockstep.beam.coder.RejectedCoder;
import dev.lockstep.beam.read.Rejected;
import dev.lockstep.beam.snapshot.Snapshot;
import dev.lockstep.beam.snapshot.SnapshotFolder;
import dev.lockstep.beam.testing.Arrivals;
import dev.lockstep.define.Emission;
import dev.lockstep.define.FeatureSet;
import dev.lockstep.define.Label;
import dev.lockstep.kernel.Duplicates;
import dev.lockstep.kernel.SourceRow;
import dev.lockstep.kernel.SourceRowCodec;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.testing.NaiveOracle;
import dev.lockstep.testing.NastyEvents;
import dev.lockstep.testing.OracleVector;
import dev.lockstep.testing.RecordedEvent;
import dev.lockstep.time.Micros;
import dev.lockstep.value.FeatureVector;
import dev.lockstep.wire.ByteReader;
import dev.lockstep.wire.ByteWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.testing.TestStream;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Batch up to a cut, its snapshot, then the stream: the vectors of one computation over everything,
 * to the bit (C12), on nasty events: copies on both sides, late ones, rows read ahead of their
 * availability, versions of a table.
 */
class HandOverTest {
  private static final int RECORDS = 1400;

  /** For the Direct runner, which takes its time over each row of a stream. */
  private static final int FEW_RECORDS = 800;

  private static final int STATE = -1;
  private static final Label<?> SOON =
      Label.of("soon", sum(StreamParityTest.Swipe::amount).over(next(hours(2))))
          .from(StreamParityTest.SWIPES)
          .by(StreamParityTest.CARD, StreamParityTest.Swipe::card);
  private static final TupleTag<KV<Integer, byte[]>> FOLLOWING = new TupleTag<>("following") {};

  private static final Map<String, ConcurrentLinkedQueue<Object>> COLLECTED =
      new ConcurrentHashMap<>();

  @TempDir Path folder;

  private FeatureSet<?> set = StreamParityTest.SET;
  private FeaturePlan plan = FeaturePlan.of(set);
  private NaiveOracle oracle = new NaiveOracle(plan);
  private SourceRowCodec codec = new SourceRowCodec(plan);

  private long cutMicros;

  /** Usable rows: those that were available before the cut; those read before it; the rest. */
  private final List<SourceRow> known = new ArrayList<>();

  private final List<SourceRow> carried = new ArrayList<>();
  private final List<SourceRow> following = new ArrayList<>();

  /** Those read before it that can't take part, as what they are rejected. */
  private final List<Rejected.Kind> unusableCarried = new ArrayList<>();

  private List<OracleVector> expected = List.of();

  private static final class CollectAny<T> extends DoFn<T, Void> {
    private static final long serialVersionUID = 1L;
    private final String run;

    CollectAny(String run) {
      this.run = run;
    }

    @ProcessElement
    public void process(@Element T element) {
      COLLECTED.get(run).add(element);
    }
  }

  /** One stream of all: a state comes as an element of a key that no bucket has. */
  private static final class Part extends DoFn<KV<Integer, byte[]>, KV<Integer, byte[]>> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(@Element KV<Integer, byte[]> element, MultiOutputReceiver out) {
      if (element.getKey() == STATE) {
        ByteReader in = new ByteReader(element.getValue());
        out.get(SnapshotRead.STATES).output(KV.of(in.readBlob(), in.readBlob()));
      } else {
        out.get(FOLLOWING).output(element);
      }
    }
  }

  private void backfill(Emission emission, long seed, int count) throws Exception {
    set =
        emission == Emission.ORDERED
            ? StreamParityTest.SET.emit(emission)
            : StreamParityTest.UNCHAINED.emit(emission);
    plan = FeaturePlan.of(set);
    oracle = new NaiveOracle(plan);
    codec = new SourceRowCodec(plan);
    List<RecordedEvent> records = new ArrayList<>(NastyEvents.inHistory(plan, seed).records(count));
    long[] available =
        oracle.admitted(records).stream()
            .mapToLong(SourceRow::availableAtMicros)
            .sorted()
            .toArray();
    cutMicros = available[available.length / 2];
    Random random = new Random(seed);
    records.addAll(copiesBehindTheCut(records, random));
    List<SourceRow> admitted = oracle.admitted(records);
    List<RecordedEvent> read = new ArrayList<>();
    for (RecordedEvent record : records) {
      Optional<SourceRow> row = oracle.admitted(record);
      if (row.isEmpty()) {
        read.add(record); // a dead letter
        continue;
      }
      boolean isKnown = row.get().availableAtMicros() < cutMicros;
      boolean isRead = isKnown || random.nextInt(8) == 0;
      boolean isUsable = !oracle.isLate(row.get()) && !oracle.isKeyless(row.get());
      if (isRead) {
        read.add(record);
      }
      if (isUsable) {
        (isKnown ? known : isRead ? carried : following).add(row.get());
      } else if (isRead && !isKnown) {
        unusableCarried.add(
            oracle.isKeyless(row.get()) ? Rejected.Kind.DEAD_LETTER : Rejected.Kind.LATE);
      }
    }
    Backfill.of(
            set,
            seed % 2 == 0 ? null : SOON, // a label waits in the snapshot, and is none of a stream's
            ShopHistory.write(folder.resolve("history"), plan, read),
            folder.resolve("day"),
            BackfillOptions.all().shards(3).until(Micros.toInstant(cutMicros)).keepingState(null))
        .run(LocalRunners.direct(2));
    expected = behindTheCut(oracle.vectors(admitted));
    assertTrue(carried.size() > 20, "too few carried rows to prove anything");
  }

  /** Copies of what the snapshot has seen: duplicates, and a few so late that they are new. */
  private List<RecordedEvent> copiesBehindTheCut(List<RecordedEvent> records, Random random) {
    long day = 86_400_000_000L;
    List<RecordedEvent> copies = new ArrayList<>();
    for (RecordedEvent record : records) {
      if (!(record.value() instanceof StreamParityTest.Swipe s) || s.at() == null) {
        continue;
      }
      long before = cutMicros - Micros.of(s.at());
      for (int i = 0; i < 8 && before > 0 && before < day; i++) {
        Instant at = Micros.toInstant(cutMicros + random.nextInt(100_000_000) * 1_000L);
        copies.add(
            new RecordedEvent(
                record.source(),
                new StreamParityTest.Swipe(
                    s.id(),
                    s.card(),
                    s.merchant(),
                    s.amount(),
                    s.cents(),
                    s.channel(),
                    s.device(),
                    s.day(),
                    s.online(),
                    at),
                RecordedEvent.NO_RECORD_TIMESTAMP,
                0));
      }
    }
    assertTrue(copies.size() > 15, "too few copies to prove anything: " + copies.size());
    return copies;
  }

  private List<OracleVector> behindTheCut(List<OracleVector> vectors) {
    return vectors.stream().filter(v -> v.request().availableAtMicros() >= cutMicros).toList();
  }

  private SnapshotRead snapshot() {
    SnapshotFolder day = SnapshotFolder.found(folder.resolve("day"));
    return new SnapshotRead(set, day, Snapshot.read(day).run(), true);
  }

  private static Pipeline pipeline(String runner, int parallelism) {
    List<String> args = new ArrayList<>(List.of("--runner=" + runner));
    if (runner.equals("FlinkRunner")) {
      args.addAll(
          List.of(
              "--flinkMaster=[local]",
              "--flinkConfDir=" + StreamParityTest.flinkConfiguration(),
              "--streaming=true",
              "--parallelism=" + parallelism,
              "--objectReuse=true",
              "--fasterCopy=false",
              "--maxBundleSize=100",
              "--maxBundleTimeMills=2"));
    } else {
      args.add("--targetParallelism=1");
    }
    return Pipeline.create(PipelineOptionsFactory.fromArgs(args.toArray(new String[0])).create());
  }

  private List<FeatureVector> vectors(
      Pipeline pipeline, PCollection<KV<Integer, byte[]>> rows, PCollectionTuple snapshot) {
    String run = "run" + System.nanoTime();
    COLLECTED.put(run, new ConcurrentLinkedQueue<>());
    rows.apply("Features", StreamFeatures.withoutStore(set).after(snapshot, Map.of()))
        .apply("Collect", ParDo.of(new CollectAny<FeatureVector>(run)));
    pipeline.run().waitUntilFinish();
    return COLLECTED.remove(run).stream().map(FeatureVector.class::cast).toList();
  }

  private List<FeatureVector> stream(
      String runner, int parallelism, TestStream<KV<Integer, byte[]>> rows) {
    Pipeline pipeline = pipeline(runner, parallelism);
    PCollectionTuple snapshot = pipeline.apply("Snapshot", snapshot());
    return vectors(pipeline, pipeline.apply("Rows", rows), snapshot);
  }

  @ParameterizedTest(name = "{0}, parallelism {1}, seed {2}")
  @CsvSource({
    "DirectRunner, 1, 1",
    "DirectRunner, 1, 2",
    "FlinkRunner, 1, 3",
    "FlinkRunner, 2, 4",
    "FlinkRunner, 4, 5"
  })
  void orderedGivesWhatAllAtOnceGives(String runner, int parallelism, long seed) throws Exception {
    boolean isDirect = runner.equals("DirectRunner");
    backfill(Emission.ordered(), seed, isDirect ? FEW_RECORDS : RECORDS);
    TestStream<KV<Integer, byte[]>> rows = Arrivals.inAnyOrder(plan, following, new Random(seed));
    StreamParityTest.compare("seed " + seed, expected, stream(runner, parallelism, rows));
  }

  @Test
  void onArrivalGoesOnInTheOrderOfProcessing() throws Exception {
    long seed = 11;
    backfill(Emission.onArrival(), seed, FEW_RECORDS);
    known.sort(Duplicates.knowledgeOrder(plan));
    carried.sort(Duplicates.knowledgeOrder(plan));
    Collections.shuffle(following, new Random(seed));
    List<SourceRow> processed = new ArrayList<>(known);
    processed.addAll(carried);
    processed.addAll(following);
    // All is quiet before the stream begins: the snapshot is there then.
    TestStream.Builder<KV<Integer, byte[]>> rows =
        TestStream.create(StreamFeatures.rowCoder()).advanceWatermarkTo(Opening.BEHIND);
    for (SourceRow row : following) {
      rows = rows.addElements(Arrivals.element(codec, row));
    }
    StreamParityTest.compare(
        "seed " + seed,
        behindTheCut(oracle.vectorsInProcessingOrder(processed)),
        stream("DirectRunner", 1, rows.advanceWatermarkToInfinity()));
  }

  /** C12: they wait, and then know all that the snapshot does. */
  @ParameterizedTest
  @EnumSource(Emission.class)
  void requestsThatComeBeforeTheSnapshotWaitForIt(Emission emission) throws Exception {
    long seed = 21;
    backfill(emission, seed, FEW_RECORDS);
    List<KV<Integer, byte[]>> elements = elements();
    Collections.shuffle(following, new Random(seed));
    TestStream.Builder<KV<Integer, byte[]>> all = TestStream.create(StreamFeatures.rowCoder());
    for (SourceRow row : following) {
      all = all.addElements(Arrivals.element(codec, row));
    }
    for (KV<Integer, byte[]> element : elements) {
      all = all.addElements(element);
    }
    Pipeline pipeline = pipeline("DirectRunner", 1);
    PCollectionTuple parts =
        pipeline
            .apply("All", all.advanceWatermarkToInfinity())
            .apply(
                "Part",
                ParDo.of(new Part())
                    .withOutputTags(
                        FOLLOWING,
                        TupleTagList.of(SnapshotRead.ROWS)
                            .and(SnapshotRead.STATES)
                            .and(SnapshotRead.REJECTED)));
    PCollectionTuple snapshot = SnapshotRead.coded(parts);
    PCollection<KV<Integer, byte[]>> rows =
        parts.get(FOLLOWING).setCoder(StreamFeatures.rowCoder());
    StreamParityTest.compare(
        emission + ", seed " + seed, expected, vectors(pipeline, rows, snapshot));
  }

  /** Its offsets and its states would be of different snapshots. */
  @Test
  void aSnapshotThatTookTheOnesPlaceIsRefused() throws Exception {
    backfill(Emission.ordered(), 31, FEW_RECORDS);
    SnapshotFolder day = SnapshotFolder.found(folder.resolve("day"));
    Pipeline pipeline = pipeline("DirectRunner", 1);
    pipeline.apply("Snapshot", new SnapshotRead(set, day, "the one before", true));
    RuntimeException refused =
        assertThrows(RuntimeException.class, () -> pipeline.run().waitUntilFinish());
    assertTrue(
        String.valueOf(refused.getMessage()).contains("is another one than the stream began with"),
        refused.getMessage());
  }

  /** What the snapshot gives to a stream, as elements of one stream. */
  private List<KV<Integer, byte[]>> elements() {
    String run = "elements" + System.nanoTime();
    COLLECTED.put(run + "rows", new ConcurrentLinkedQueue<>());
    COLLECTED.put(run + "states", new ConcurrentLinkedQueue<>());
    COLLECTED.put(run + "rejected", new ConcurrentLinkedQueue<>());
    Pipeline pipeline = pipeline("DirectRunner", 1);
    PCollectionTuple read = pipeline.apply("Snapshot", snapshot());
    read.get(SnapshotRead.ROWS).apply("Rows", ParDo.of(new CollectAny<>(run + "rows")));
    read.get(SnapshotRead.STATES).apply("States", ParDo.of(new CollectAny<>(run + "states")));
    read.get(SnapshotRead.REJECTED).apply("Rejected", ParDo.of(new CollectAny<>(run + "rejected")));
    pipeline.run().waitUntilFinish();
    List<KV<Integer, byte[]>> elements = new ArrayList<>();
    for (Object row : COLLECTED.remove(run + "rows")) {
      KV<?, ?> element = (KV<?, ?>) row;
      elements.add(KV.of((Integer) element.getKey(), (byte[]) element.getValue()));
    }
    for (Object state : COLLECTED.remove(run + "states")) {
      KV<?, ?> element = (KV<?, ?>) state;
      ByteWriter out = new ByteWriter();
      out.writeBlob((byte[]) element.getKey());
      out.writeBlob((byte[]) element.getValue());
      elements.add(KV.of(STATE, out.toByteArray()));
    }
    assertEquals(
        unusableCarried.stream().sorted().toList(),
        COLLECTED.remove(run + "rejected").stream()
            .map(r -> RejectedCoder.fromBytes((byte[]) r).kind())
            .sorted()
            .toList(),
        "rejected");
    return elements;
  }
}
