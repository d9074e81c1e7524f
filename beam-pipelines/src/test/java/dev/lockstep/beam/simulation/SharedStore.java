package dev.lockstep.beam.simulation;

import dev.lockstep.store.OnlineReader;
import dev.lockstep.store.OnlineStore;
import dev.lockstep.store.OnlineWriter;
import dev.lockstep.store.StateWrite;
import dev.lockstep.store.StoreKey;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The online store of whichever run goes on. */
@SuppressWarnings("serial") // stays where it is
final class SharedStore implements OnlineStore {
  private @Nullable SimulatedRedis redis;

  void is(SimulatedRedis now) {
    redis = now;
  }

  private SimulatedRedis redis() {
    return Objects.requireNonNull(redis);
  }

  @Override
  public OnlineReader openReader() {
    return new OnlineReader() {
      @Override
      public CompletionStage<List<byte @Nullable []>> read(List<StoreKey> keys) {
        return redis().openReader().read(keys);
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
        return redis().openWriter().write(writes);
      }

      @Override
      public CompletionStage<String> incarnation() {
        return redis().openWriter().incarnation();
      }

      @Override
      public void close() {}
    };
  }

  /** States are published by a thread of their own, which no schedule has in hand. */
  @Override
  public boolean discards() {
    return true;
  }
}
