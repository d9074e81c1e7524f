package dev.lockstep.serving.redis;

import dev.lockstep.store.StoreRefusedException;
import io.lettuce.core.SetArgs;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/**
 * Which Redis this is, by what changes when cells may be lost.
 *
 * <p>A marker among the cells goes with them when the server is emptied. The id of the server's run
 * is another one after a restart, where what its last file didn't hold is gone though an older
 * marker may be back. The id of its replication is another one after a failover, where the marker
 * may be there and the last cells not.
 */
final class RedisIncarnation {
  /** No cell: spaces have a colon behind them. */
  private static final byte[] MARKER = "ls.marker".getBytes(StandardCharsets.UTF_8);

  private RedisIncarnation() {}

  static CompletionStage<String> of(RedisLink link) {
    return link.<byte[]>run(redis -> redis.get(MARKER))
        .thenCompose(
            marker -> marker != null ? CompletableFuture.completedFuture(marker) : begin(link))
        .thenCombine(
            link.<String>run(redis -> redis.info()).exceptionally(RedisIncarnation::untold),
            (marker, info) -> {
              Map<String, String> said = RedisServer.info(info);
              return String.join(
                  " ",
                  new String(marker, StandardCharsets.UTF_8),
                  said.getOrDefault("run_id", "-"),
                  said.getOrDefault("master_replid", "-"));
            });
  }

  /** Where an account may not ask, the marker must do. */
  private static String untold(Throwable failure) {
    if (failure instanceof StoreRefusedException) {
      return "";
    }
    throw failure instanceof RuntimeException unchecked
        ? unchecked
        : new CompletionException(failure);
  }

  /** Sets a marker where there is none; of those who do so at once, one does. */
  private static CompletionStage<byte[]> begin(RedisLink link) {
    byte[] mine = UUID.randomUUID().toString().getBytes(StandardCharsets.UTF_8);
    return link.<String>run(redis -> redis.set(MARKER, mine, SetArgs.Builder.nx()))
        .thenCompose(set -> link.<byte[]>run(redis -> redis.get(MARKER)))
        .thenApply(marker -> marker == null ? mine : marker);
  }
}
