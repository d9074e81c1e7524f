package dev.lockstep.beam.simulation;

import dev.lockstep.store.OnlineReader;
import dev.lockstep.store.OnlineStore;
import dev.lockstep.store.OnlineWriter;
import dev.lockstep.store.StateMark;
import dev.lockstep.store.StateWrite;
import dev.lockstep.store.StoreKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A model of Redis: cells guarded by their marks, of which a crash loses those not yet synced. */
@SuppressWarnings("serial") // stays where it is
final class SimulatedRedis implements OnlineStore {
  /** A cell and its mark. */
  record Cell(StateMark mark, byte[] state) {}

  private final Map<StoreKey, Cell> cells = new HashMap<>();
  private Map<StoreKey, Cell> synced = new HashMap<>();

  /** All that was written is on disk. */
  void sync() {
    synced = new HashMap<>(cells);
  }

  /** Comes again with what is on disk. */
  void crash() {
    cells.clear();
    cells.putAll(synced);
  }

  @Override
  public OnlineReader openReader() {
    return new OnlineReader() {
      @Override
      public CompletionStage<List<byte @Nullable []>> read(List<StoreKey> keys) {
        return CompletableFuture.completedFuture(
            keys.stream()
                .map(cells::get)
                .<byte @Nullable []>map(cell -> cell == null ? null : cell.state)
                .toList());
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public OnlineWriter openWriter() {
    return new OnlineWriter() {
      @Override
      public CompletionStage<Integer> write(List<StateWrite> writes) {
        return CompletableFuture.completedFuture(
            writes.stream().mapToInt(SimulatedRedis.this::write).sum());
      }

      @Override
      public CompletionStage<String> incarnation() {
        return CompletableFuture.completedFuture("simulated");
      }

      @Override
      public void close() {}
    };
  }

  private int write(StateWrite write) {
    Cell there = cells.get(write.key());
    if (there != null && write.mark().compareTo(there.mark) <= 0) {
      return 0;
    }
    cells.put(write.key(), new Cell(write.mark(), write.state()));
    return 1;
  }
}
