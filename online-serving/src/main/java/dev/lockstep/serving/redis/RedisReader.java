package dev.lockstep.serving.redis;

import dev.lockstep.store.OnlineReader;
import dev.lockstep.store.StoreKey;
import io.lettuce.core.KeyValue;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Reads cells by MGET, several of them in flight where one would hold up the server. */
final class RedisReader implements OnlineReader {
  private static final int KEYS_PER_COMMAND = 256;

  private final RedisLink link;

  RedisReader(RedisLink link) {
    this.link = link;
  }

  @Override
  public CompletionStage<List<byte @Nullable []>> read(List<StoreKey> keys) {
    List<CompletableFuture<List<KeyValue<byte[], byte[]>>>> commands = new ArrayList<>();
    for (int from = 0; from < keys.size(); from += KEYS_PER_COMMAND) {
      byte[][] names =
          keys.subList(from, Math.min(from + KEYS_PER_COMMAND, keys.size())).stream()
              .map(Cell::key)
              .toArray(byte[][]::new);
      commands.add(link.run(redis -> redis.mget(names)));
    }
    return CompletableFuture.allOf(commands.toArray(CompletableFuture<?>[]::new))
        .thenApply(
            done -> states(keys, commands.stream().flatMap(c -> c.join().stream()).toList()));
  }

  private static List<byte @Nullable []> states(
      List<StoreKey> keys, List<KeyValue<byte[], byte[]>> values) {
    List<byte @Nullable []> states = new ArrayList<>(keys.size());
    for (int i = 0; i < keys.size(); i++) {
      KeyValue<byte[], byte[]> value = values.get(i);
      states.add(value.hasValue() ? Cell.state(keys.get(i), value.getValue()) : null);
    }
    return states;
  }

  @Override
  public void close() {
    link.close();
  }
}
