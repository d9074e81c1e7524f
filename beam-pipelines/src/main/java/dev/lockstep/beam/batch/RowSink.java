package dev.lockstep.beam.batch;

import dev.lockstep.beam.snapshot.WaitingRow;
import dev.lockstep.kernel.SourceRow;
import dev.lockstep.value.Values;
import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Takes requests with all that was answered, in order. Not thread-safe. */
interface RowSink extends Closeable {
  /**
   * Takes a request; nothing of it is kept behind the call.
   *
   * @param requestId its declared id, else its name
   * @param answers by ask index; null where the request has no key for it
   */
  void row(SourceRow request, String requestId, @Nullable Values[] answers) throws IOException;

  /**
   * Takes a request whose label isn't final, so that it waits (L6); as {@link #row}.
   *
   * @throws IllegalStateException where nothing keeps it
   */
  default void waits(SourceRow request, String requestId, @Nullable Values[] answers)
      throws IOException {
    throw new IllegalStateException("request " + requestId + " waits, and nothing keeps it");
  }

  /** Takes a request that waited and still does. */
  default void waitsOn(WaitingRow row) throws IOException {
    throw new IllegalStateException("request " + row.requestId() + " waits, and nothing keeps it");
  }

  /**
   * Takes a request that waited, and is whole now.
   *
   * @param label its label's answer; null where it has no key for it
   */
  default void waited(WaitingRow row, @Nullable Values label) throws IOException {
    throw new IllegalStateException("request " + row.requestId() + " waited, and nothing takes it");
  }

  /** All of the part's rows have come: only now is it whole. */
  void end() throws IOException;
}
