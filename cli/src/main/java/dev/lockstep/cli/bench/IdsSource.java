package dev.lockstep.cli.bench;

import dev.lockstep.beam.stream.StreamFeatures;
import dev.lockstep.define.Emission;
import dev.lockstep.define.FeatureSet;
import dev.lockstep.intake.RowIntake;
import dev.lockstep.kernel.SourceRow;
import dev.lockstep.kernel.SourceRowCodec;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.time.KnowledgePosition;
import dev.lockstep.time.Micros;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.io.UnboundedSource;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.values.KV;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Requests, each with an id of its own, as a stream's steps take them: so many, evenly over a day,
 * in four partitions in turn; then none, for ever. They begin once {@link #begin} is called in this
 * process.
 */
final class IdsSource extends UnboundedSource<KV<Integer, byte[]>, UnboundedSource.CheckpointMark> {
  private static final long serialVersionUID = 1L;
  private static final long DAY_MICROS = Duration.ofDays(1).toMillis() * Micros.PER_MILLI;
  private static final long FIRST_MICROS = 1_700_000_000_000_000L;
  private static final int PARTITIONS = 4;
  private static final int CARDS = 100_000;
  private static final AtomicBoolean BEGUN = new AtomicBoolean();

  private final Emission emission;
  private final long count;

  IdsSource(Emission emission, long count) {
    this.emission = emission;
    this.count = count;
  }

  /** Lets the readers of this process begin. */
  static void begin() {
    BEGUN.set(true);
  }

  @Override
  public List<IdsSource> split(int desired, PipelineOptions options) {
    return List.of(this);
  }

  @Override
  public UnboundedReader<KV<Integer, byte[]>> createReader(
      PipelineOptions options, @Nullable CheckpointMark mark) {
    return new Reader(this);
  }

  /** Nobody goes on from where it was: there is nothing to write. */
  @Override
  public Coder<CheckpointMark> getCheckpointMarkCoder() {
    return new NoMark();
  }

  @Override
  public Coder<KV<Integer, byte[]>> getOutputCoder() {
    return StreamFeatures.rowCoder();
  }

  private static final class NoMark extends AtomicCoder<UnboundedSource.CheckpointMark> {
    private static final long serialVersionUID = 1L;

    @Override
    public void encode(CheckpointMark mark, OutputStream out) throws IOException {
      VarLongCoder.of().encode(0L, out);
    }

    @Override
    public CheckpointMark decode(InputStream in) throws IOException {
      var unused = VarLongCoder.of().decode(in);
      return CheckpointMark.NOOP_CHECKPOINT_MARK;
    }
  }

  private static final class Reader extends UnboundedReader<KV<Integer, byte[]>> {
    private final IdsSource source;
    private final FeaturePlan plan;
    private final RowIntake intake;
    private final SourceRowCodec rows;
    private long next;
    private @Nullable KV<Integer, byte[]> current;
    private Instant timestamp = Instant.ofEpochMilli(Micros.toMillis(FIRST_MICROS));

    Reader(IdsSource source) {
      FeatureSet<?> set = IdsPlan.of(source.emission);
      this.source = source;
      this.plan = FeaturePlan.of(set);
      this.intake = RowIntake.of(plan, plan.requestSource());
      this.rows = new SourceRowCodec(plan);
    }

    @Override
    public boolean start() {
      return advance();
    }

    @Override
    public boolean advance() {
      if (!BEGUN.get() || next == source.count) {
        return false;
      }
      long at = FIRST_MICROS + next * (DAY_MICROS / source.count);
      int partition = (int) (next % PARTITIONS);
      // As long as ids mostly are; in which order their bits come makes no difference.
      String id = new UUID(next * 0x9E3779B97F4A7C15L, next).toString();
      IdsPlan.Payment payment =
          new IdsPlan.Payment(id, "card" + next % CARDS, next / 100.0, Micros.toInstant(at));
      SourceRow row =
          intake.admit(
              payment, at, KnowledgePosition.packSequence(partition, next / PARTITIONS), at);
      current = KV.of(StreamFeatures.keyOf(plan, row, partition), rows.toBytes(row));
      timestamp = Instant.ofEpochMilli(Micros.toMillis(at));
      next++;
      return true;
    }

    @Override
    public KV<Integer, byte[]> getCurrent() {
      if (current == null) {
        throw new NoSuchElementException("nothing was read");
      }
      return current;
    }

    @Override
    public Instant getCurrentTimestamp() {
      return timestamp;
    }

    @Override
    public Instant getWatermark() {
      return timestamp;
    }

    @Override
    public CheckpointMark getCheckpointMark() {
      return CheckpointMark.NOOP_CHECKPOINT_MARK;
    }

    @Override
    public IdsSource getCurrentSource() {
      return source;
    }

    @Override
    public void close() {}
  }
}
