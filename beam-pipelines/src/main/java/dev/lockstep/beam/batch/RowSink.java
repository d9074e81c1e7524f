package dev.lockstep.beam.batch;

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
   * @param answers by branch index; null where the request has no key for it
   */
  void row(SourceRow request, String requestId, @Nullable Values[] answers) throws IOException;

  /** All of the part's rows have come: only now is it whole. */
  void end() throws IOException;
}
