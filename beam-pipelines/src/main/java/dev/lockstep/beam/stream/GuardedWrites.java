package dev.lockstep.beam.stream;

import dev.lockstep.store.OnlineWriter;
import dev.lockstep.store.StateWrite;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Many writes to the online store, in groups of which several are in flight, bounded by bytes. */
public final class GuardedWrites {
  private static final int GROUP_WRITES = 256;
  private static final int GROUP_BYTES = 1 << 20;
  private static final int GROUPS_IN_FLIGHT = 16;

  private final OnlineWriter writer;
  private final Deque<CompletableFuture<Integer>> inFlight = new ArrayDeque<>();
  private final List<StateWrite> group = new ArrayList<>();
  private long bytes;
  private long all;
  private long taken;

  public GuardedWrites(OnlineWriter writer) {
    this.writer = writer;
  }

  /** Writes a cell, in its group. */
  public void write(StateWrite write) {
    group.add(write);
    bytes += write.state().length;
    all++;
    if (group.size() >= GROUP_WRITES || bytes >= GROUP_BYTES) {
      flush();
    }
  }

  private void flush() {
    if (group.isEmpty()) {
      return;
    }
    inFlight.add(writer.write(List.copyOf(group)).toCompletableFuture());
    group.clear();
    bytes = 0;
    while (inFlight.size() > GROUPS_IN_FLIGHT) {
      taken += inFlight.remove().join();
    }
  }

  /** Waits until all are there. */
  public void await() {
    flush();
    while (!inFlight.isEmpty()) {
      taken += inFlight.remove().join();
    }
  }

  /** How many were asked for. */
  public long all() {
    return all;
  }

  /** How many took effect, once all are there. */
  public long taken() {
    return taken;
  }
}
