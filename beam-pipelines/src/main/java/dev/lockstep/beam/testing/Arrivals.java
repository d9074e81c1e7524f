package dev.lockstep.beam.testing;

import dev.lockstep.beam.stream.StreamFeatures;
import dev.lockstep.kernel.Duplicates;
import dev.lockstep.kernel.SourceRow;
import dev.lockstep.kernel.SourceRowCodec;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.time.KnowledgePosition;
import dev.lockstep.time.Micros;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.beam.sdk.testing.TestStream;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.TimestampedValue;
import org.joda.time.Instant;

/** Makes streams of rows as they might arrive. */
public final class Arrivals {
  private static final long FAR_MILLIS = 4_000_000_000_000L;
  private static final int LONGEST_BURST = 120;

  private Arrivals() {}

  /**
   * Rows in an arrival order of chance, with watermarks that tell the truth: none is passed before
   * all rows available until then were added.
   */
  public static TestStream<KV<Integer, byte[]>> inAnyOrder(
      FeaturePlan plan, List<SourceRow> rows, Random random) {
    SourceRowCodec codec = new SourceRowCodec(plan);
    List<SourceRow> left = new ArrayList<>(rows);
    left.sort(Comparator.comparingLong(Arrivals::millisOf));
    TestStream.Builder<KV<Integer, byte[]>> stream = TestStream.create(StreamFeatures.rowCoder());
    while (!left.isEmpty()) {
      int burst = Math.min(left.size(), 1 + random.nextInt(LONGEST_BURST));
      List<SourceRow> now = new ArrayList<>(left.subList(0, burst));
      left.subList(0, burst).clear();
      // Some of what comes later comes early.
      for (int i = 0; i < burst / 4 && !left.isEmpty(); i++) {
        now.add(left.remove(random.nextInt(left.size())));
      }
      Collections.shuffle(now, random);
      for (SourceRow row : now) {
        stream = stream.addElements(element(codec, row));
      }
      if (!left.isEmpty()) {
        stream =
            stream.advanceWatermarkTo(Instant.ofEpochMilli(Math.max(0, millisOf(left.get(0)))));
      }
    }
    return stream.advanceWatermarkToInfinity();
  }

  /** Rows one at a time: the order in the list is the order of processing. */
  public static TestStream<KV<Integer, byte[]>> oneByOne(FeaturePlan plan, List<SourceRow> rows) {
    SourceRowCodec codec = new SourceRowCodec(plan);
    TestStream.Builder<KV<Integer, byte[]>> stream = TestStream.create(StreamFeatures.rowCoder());
    for (SourceRow row : rows) {
      stream = stream.addElements(element(codec, row));
    }
    return stream.advanceWatermarkToInfinity();
  }

  /** Rows of Kafka, a partition's in their order, as a consumer hands them on. */
  public static TestStream<KV<Integer, byte[]>> ofPartitions(
      FeaturePlan plan, List<SourceRow> rows) {
    SourceRowCodec codec = new SourceRowCodec(plan);
    TestStream.Builder<KV<Integer, byte[]>> stream = TestStream.create(StreamFeatures.rowCoder());
    for (SourceRow row : rows) {
      int partition = KnowledgePosition.partitionOf(row.sequence());
      stream =
          stream.addElements(
              TimestampedValue.of(
                  KV.of(StreamFeatures.keyOf(plan, row, partition), codec.toBytes(row)),
                  Instant.ofEpochMilli(millisOf(row))));
    }
    return stream.advanceWatermarkToInfinity();
  }

  /** Puts the copies of each id in knowledge order, in the places that they have. */
  public static void putCopiesInOrder(FeaturePlan plan, List<SourceRow> rows) {
    Map<String, List<Integer>> places = new TreeMap<>();
    for (int i = 0; i < rows.size(); i++) {
      places
          .computeIfAbsent(rows.get(i).source() + ":" + rows.get(i).id(), id -> new ArrayList<>())
          .add(i);
    }
    for (List<Integer> ofId : places.values()) {
      List<SourceRow> copies = new ArrayList<>(ofId.stream().map(rows::get).toList());
      copies.sort(Duplicates.order(plan.sources().get(copies.get(0).source())));
      for (int i = 0; i < copies.size(); i++) {
        rows.set(ofId.get(i), copies.get(i));
      }
    }
  }

  private static long millisOf(SourceRow row) {
    return Micros.toMillis(row.availableAtMicros());
  }

  /** A row as a stream's element, whose timestamp is the row's availability. */
  public static TimestampedValue<KV<Integer, byte[]>> element(SourceRowCodec codec, SourceRow row) {
    long millis = Math.max(0, Math.min(millisOf(row), FAR_MILLIS));
    return TimestampedValue.of(
        KV.of(StreamFeatures.bucketOf(row), codec.toBytes(row)), Instant.ofEpochMilli(millis));
  }
}
