package dev.lockstep.benchmarks;

import static dev.lockstep.define.Aggregations.avg;
import static dev.lockstep.define.Aggregations.count;
import static dev.lockstep.define.Aggregations.max;
import static dev.lockstep.define.Aggregations.min;
import static dev.lockstep.define.Aggregations.stddev;
import static dev.lockstep.define.Aggregations.sum;
import static dev.lockstep.define.Window.last;

import dev.lockstep.define.Column;
import dev.lockstep.define.Entity;
import dev.lockstep.define.EventSource;
import dev.lockstep.define.FeatureSet;
import dev.lockstep.define.FeatureView;
import dev.lockstep.kernel.BlockWrite;
import dev.lockstep.kernel.BlockedStateCodec;
import dev.lockstep.kernel.BranchRow;
import dev.lockstep.kernel.EntityState;
import dev.lockstep.kernel.EntityStateCodec;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.plan.ViewPlan;
import dev.lockstep.value.Values;
import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One hot entity: each event is a request too, in order, ten seconds apart; 18 features (count,
 * sum, avg, min, max, stddev over 10 min, 1 h, 24 h).
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class KernelBenchmark {
  /** What is aggregated. */
  public record Payment(String card, long cents, double amount, Instant at) {}

  private static final long STEP_MICROS = 10_000_000L;
  private static final long SEED = 1;

  /** The column aggregated: an integer or a double. */
  @Param({"cents", "amount"})
  public String column = "cents";

  private final SplittableRandom random = new SplittableRandom(SEED);
  private EntityState state = new EntityState(view("cents"));
  private EntityStateCodec codec = new EntityStateCodec(view("cents"));
  private BlockedStateCodec blocks = new BlockedStateCodec(view("cents"));
  private ViewPlan view = view("cents");
  private Values out = new Values(view.resultTypes());
  private byte[] bytes = new byte[0];
  private long now;

  private static ViewPlan view(String column) {
    Column<Payment, ? extends Number> number =
        column.equals("cents") ? Payment::cents : Payment::amount;
    EventSource<Payment> payments =
        EventSource.of(Payment.class).named("payments").eventTime(Payment::at);
    FeatureView<Payment> features =
        FeatureView.named("by_card").over(payments).by(Entity.string("card"), Payment::card);
    for (int minutes : new int[] {10, 60, 24 * 60}) {
      var window = last(Duration.ofMinutes(minutes));
      features =
          features
              .feature("count_" + minutes, count().over(window))
              .feature("sum_" + minutes, sum(number).over(window))
              .feature("avg_" + minutes, avg(number).over(window))
              .feature("min_" + minutes, min(number).over(window))
              .feature("max_" + minutes, max(number).over(window))
              .feature("stddev_" + minutes, stddev(number).over(window));
    }
    return FeaturePlan.of(FeatureSet.named("bench").forEach(payments).with(features))
        .views()
        .get(0);
  }

  /** Fills the longest window. */
  @Setup
  public void fill() {
    view = view(column);
    codec = new EntityStateCodec(view);
    blocks = new BlockedStateCodec(view);
    state = new EntityState(view);
    out = new Values(view.resultTypes());
    for (int i = 0; i < 24 * 360; i++) {
      answer();
    }
    bytes = codec.toBytes(state);
  }

  /** Takes in an event and answers it: the batch's inner loop. */
  @Benchmark
  public Values answer() {
    now += STEP_MICROS;
    Values values = new Values(view.columnTypes());
    if (column.equals("cents")) {
      values.setLong(0, random.nextInt(100_000));
    } else {
      values.setDouble(0, random.nextInt(100_000) / 100.0);
    }
    state.answer(new BranchRow(true, true, now, now, 0, values, null, 0), out);
    state.prune(now);
    return out;
  }

  /** Takes in an event, answers it and writes what changed: what the stream does for each row. */
  @Benchmark
  public BlockWrite answerAndWriteBlocks() {
    answer();
    return blocks.write(state);
  }

  /**
   * Writes a state of a full day, 8 640 events, to bytes as a whole: what the stream does for each
   * publication to the online store.
   */
  @Benchmark
  public byte[] toBytes() {
    return codec.toBytes(state);
  }

  /**
   * Reads it back: what a reader of the store does. In blocks, as the stream reads a key that its
   * worker doesn't hold decoded, it takes as long.
   */
  @Benchmark
  public EntityState fromBytes() {
    return codec.fromBytes(bytes);
  }
}
