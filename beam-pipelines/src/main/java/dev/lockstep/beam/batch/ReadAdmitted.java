package dev.lockstep.beam.batch;

import dev.lockstep.kernel.SourceRow;
import dev.lockstep.kernel.SourceRowCodec;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;
import org.jspecify.annotations.Nullable;

/**
 * Takes rows into blocks that another door of the same plan has admitted. As in {@link
 * ReadRecords}, a range is named by a number drawn for the bundle.
 */
final class ReadAdmitted extends DoFn<byte[], KV<Integer, byte[]>> {
  private static final long serialVersionUID = 1L;
  private static final String ORIGIN = "admitted";

  private final Definition definition;
  private transient @Nullable BatchLayout layout;
  private transient @Nullable SourceRowCodec codec;
  private transient @Nullable SecureRandom nonces;
  private transient List<@Nullable Intake> intakes = List.of();
  private transient long nonce;
  private transient long count;

  ReadAdmitted(Definition definition) {
    this.definition = definition;
  }

  @Setup
  public void setup() {
    layout = definition.layout();
    codec = new SourceRowCodec(layout.plan());
    nonces = new SecureRandom();
  }

  @StartBundle
  public void start() {
    BatchLayout made = Objects.requireNonNull(layout, "not set up");
    intakes = new ArrayList<>();
    made.plan().sources().forEach(source -> intakes.add(null));
    nonce = Objects.requireNonNull(nonces, "not set up").nextLong();
    count = 0;
  }

  @ProcessElement
  public void process(@Element byte[] bytes, MultiOutputReceiver receiver) {
    SourceRow row = Objects.requireNonNull(codec, "not set up").fromBytes(bytes);
    long place = count++;
    intake(row.source())
        .accept(
            row,
            nonce + place / RowGroup.RANGE_ROWS,
            (int) (place % RowGroup.RANGE_ROWS),
            null,
            ORIGIN,
            place,
            Outlet.of(receiver));
  }

  private Intake intake(int source) {
    Intake made = intakes.get(source);
    if (made == null) {
      BatchLayout of = Objects.requireNonNull(layout, "not set up");
      made = new Intake(definition, of, source, RowNames.NONE);
      intakes.set(source, made);
    }
    return made;
  }

  @FinishBundle
  public void finish(FinishBundleContext context) {
    for (Intake intake : intakes) {
      if (intake != null) {
        intake.flush(Outlet.of(context));
      }
    }
  }
}
