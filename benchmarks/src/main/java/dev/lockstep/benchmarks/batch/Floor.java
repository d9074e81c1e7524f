package dev.lockstep.benchmarks.batch;

import dev.lockstep.beam.batch.BackfillOptions;
import java.util.Optional;

/** The same pipeline with its shuffles, but with a kernel that only copies: the batch's floor. */
final class Floor {
  private Floor() {}

  /** The options of a batch that only copies; empty while the batch has no such switch. */
  static Optional<BackfillOptions> of(BackfillOptions options) {
    return Optional.empty(); // Optional.of(options.copying()), once the batch has it.
  }

  static boolean isThere() {
    return of(BackfillOptions.forParallelism(1)).isPresent();
  }
}
