package dev.lockstep.beam.kafka;

import dev.lockstep.store.OnlineReader;
import dev.lockstep.store.OnlineStore;
import dev.lockstep.store.OnlineWriter;
import dev.lockstep.store.StateWrite;
import dev.lockstep.store.StoreKey;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** An online store in which nothing is and nothing stays. */
final class NothingStored implements OnlineStore {
  private static final long serialVersionUID = 1L;

  @Override
  public OnlineReader openReader() {
    return new OnlineReader() {
      @Override
      public CompletionStage<List<byte @Nullable []>> read(List<StoreKey> keys) {
        return CompletableFuture.completedFuture(Collections.nCopies(keys.size(), null));
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
        return CompletableFuture.completedFuture(writes.size());
      }

      @Override
      public CompletionStage<String> incarnation() {
        return CompletableFuture.completedFuture("nothing");
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public boolean discards() {
    return true;
  }
}
