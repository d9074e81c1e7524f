package dev.lockstep.beam.kafka;

import java.io.IOException;
import java.io.UncheckedIOException;

/** What ends a job that no other try would help: Flink then doesn't begin it again. */
final class NoOtherTry {
  /** Of Flink, which is on the class path where the job runs, and not where this is compiled. */
  private static final String FLINKS =
      "org.apache.flink.runtime.execution.SuppressRestartsException";

  private NoOtherTry() {}

  /** The exception with a reason for people. */
  static RuntimeException because(String reason) {
    IOException cause = new IOException(reason);
    try {
      return (RuntimeException)
          Class.forName(FLINKS).getConstructor(Throwable.class).newInstance(cause);
    } catch (ReflectiveOperationException e) {
      return new UncheckedIOException(cause); // another runner
    }
  }
}
