package dev.lockstep.beam.stream;

import dev.lockstep.store.OnlineWriter;
import dev.lockstep.store.StateWrite;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Writes to the online store, many in flight at once, none left unanswered when a bundle ends: a
 * failed write fails the bundle, and the job comes again from its checkpoint.
 */
final class StatePublisher implements AutoCloseable {
  private static final int MAX_IN_FLIGHT = 1_000;

  private final OnlineWriter writer;
  private final List<CompletableFuture<Integer>> inFlight = new ArrayList<>();

  StatePublisher(OnlineWriter writer) {
    this.writer = writer;
  }

  void publish(StateWrite write) {
    inFlight.add(writer.write(List.of(write)).toCompletableFuture());
    if (inFlight.size() >= MAX_IN_FLIGHT) {
      await();
    }
  }

  void await() {
    inFlight.forEach(CompletableFuture::join);
    inFlight.clear();
  }

  @Override
  public void close() {
    writer.close();
  }
}
