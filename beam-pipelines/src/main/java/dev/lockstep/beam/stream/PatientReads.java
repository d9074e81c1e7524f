package dev.lockstep.beam.stream;

import dev.lockstep.store.OnlineReader;
import dev.lockstep.store.OnlineStore;
import dev.lockstep.store.StoreKey;
import dev.lockstep.store.StoreUnavailableException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads of an online store that a vector can't do without: what fails is read again for ten
 * minutes, in which the stream waits where it stands, before the job fails and begins again (C13).
 * A task that is cancelled meanwhile ends at once.
 */
final class PatientReads implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final long PAUSE_MILLIS = 500;
  private static final Logger LOG = LoggerFactory.getLogger(PatientReads.class);

  private final OnlineStore store;
  private @Nullable OnlineReader reader;

  PatientReads(OnlineStore store) {
    this.store = store;
  }

  /** A read that was begun. */
  static final class Pending {
    private final List<StoreKey> keys;
    private CompletableFuture<List<byte @Nullable []>> cells;

    private Pending(List<StoreKey> keys, CompletableFuture<List<byte @Nullable []>> cells) {
      this.keys = keys;
      this.cells = cells;
    }
  }

  /** A read of nothing. */
  static Pending nothing() {
    return new Pending(List.of(), CompletableFuture.completedFuture(List.of()));
  }

  /** Begins to read cells, without waiting for them. */
  Pending begin(List<StoreKey> keys) {
    return new Pending(keys, read(keys));
  }

  private CompletableFuture<List<byte @Nullable []>> read(List<StoreKey> keys) {
    try {
      if (reader == null) {
        reader = store.openReader();
      }
      return reader.read(keys).toCompletableFuture();
    } catch (StoreUnavailableException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /**
   * What cells hold, in the order of their keys; null where there is none.
   *
   * @throws StoreUnavailableException if the store doesn't answer for ten minutes
   * @throws InterruptedException if the task is cancelled
   */
  List<byte @Nullable []> await(Pending pending) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    boolean told = false;
    while (true) {
      try {
        return pending.cells.get();
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof StoreUnavailableException unavailable)) {
          throw new IllegalStateException(e.getCause());
        }
        if (System.nanoTime() > deadline) {
          throw unavailable;
        }
        if (!told) {
          LOG.warn("Vectors wait for tables: {}", unavailable.getMessage());
          told = true;
        }
      }
      Thread.sleep(PAUSE_MILLIS);
      pending.cells = read(pending.keys);
    }
  }

  @Override
  public void close() {
    if (reader != null) {
      reader.close();
    }
  }
}
