package dev.lockstep.beam.batch;

import java.security.SecureRandom;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;
import org.jspecify.annotations.Nullable;

/**
 * Takes the records of one source from a collection into blocks. Records have no place of their
 * own: a range is named by a number drawn for the bundle, and no value depends on it.
 */
final class ReadRecords<T> extends DoFn<T, KV<Integer, byte[]>> {
  private static final long serialVersionUID = 1L;

  private final Definition definition;
  private final int source;
  private transient @Nullable BatchLayout layout;
  private transient @Nullable SecureRandom nonces;
  private transient @Nullable Intake intake;
  private transient long nonce;
  private transient long count;

  ReadRecords(Definition definition, int source) {
    this.definition = definition;
    this.source = source;
  }

  @Setup
  public void setup() {
    layout = definition.layout();
    nonces = new SecureRandom();
  }

  @StartBundle
  public void start() {
    if (layout == null || nonces == null) {
      throw new IllegalStateException("not set up");
    }
    intake = new Intake(definition, layout, source, RowNames.NONE);
    nonce = nonces.nextLong();
    count = 0;
  }

  @ProcessElement
  public void process(@Element T element, MultiOutputReceiver receiver) {
    Intake current = current();
    Outlet out = Outlet.of(receiver);
    long place = count++;
    String origin = Long.toHexString(nonce);
    current.accept(
        element,
        nonce + place / RowGroup.RANGE_ROWS,
        (int) (place % RowGroup.RANGE_ROWS),
        origin,
        place,
        out);
  }

  @FinishBundle
  public void finish(FinishBundleContext context) {
    current().flush(Outlet.of(context));
  }

  private Intake current() {
    if (intake == null) {
      throw new IllegalStateException("no bundle begun");
    }
    return intake;
  }
}
