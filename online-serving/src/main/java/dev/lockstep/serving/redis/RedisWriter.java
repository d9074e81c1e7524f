package dev.lockstep.serving.redis;

import dev.lockstep.store.OnlineWriter;
import dev.lockstep.store.StateWrite;
import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/**
 * Writes cells by a script that compares marks inside the server, up to {@value #CELLS_PER_SCRIPT}
 * at a time, so that no other client can write in between.
 *
 * <p>After a lost connection a script may run twice; the second run then changes nothing and counts
 * nothing, so the number of effective writes is a lower bound.
 */
final class RedisWriter implements OnlineWriter {
  private static final int CELLS_PER_SCRIPT = 64;

  /** Cell by cell: the header of what is there against that of what is to be there. */
  private static final byte[] SCRIPT =
      """
      local written = 0
      for k = 1, #KEYS do
        local old = redis.call('GETRANGE', KEYS[k], 0, %1$d - 1)
        local greater = #old == 0
        if not greater then
          if #old ~= %1$d or string.byte(old, 1) ~= %2$d then
            return redis.error_reply('the key ' .. KEYS[k] .. ' was not written by this version of Lockstep')
          end
          for i = 2, %1$d do
            local a, b = string.byte(ARGV[k], i), string.byte(old, i)
            if a ~= b then
              greater = a > b
              break
            end
          end
        end
        if greater then
          redis.call('SET', KEYS[k], ARGV[k])
          written = written + 1
        end
      end
      return written
      """
          .formatted(Cell.HEADER_BYTES, Cell.VERSION)
          .getBytes(StandardCharsets.UTF_8);

  private final RedisLink link;

  RedisWriter(RedisLink link) {
    this.link = link;
  }

  @Override
  public CompletionStage<Integer> write(List<StateWrite> writes) {
    List<CompletableFuture<Long>> scripts = new ArrayList<>();
    for (int from = 0; from < writes.size(); from += CELLS_PER_SCRIPT) {
      List<StateWrite> some =
          writes.subList(from, Math.min(from + CELLS_PER_SCRIPT, writes.size()));
      byte[][] keys = some.stream().map(w -> Cell.key(w.key())).toArray(byte[][]::new);
      byte[][] values = some.stream().map(Cell::value).toArray(byte[][]::new);
      scripts.add(link.run(redis -> run(redis, keys, values)));
    }
    return CompletableFuture.allOf(scripts.toArray(CompletableFuture<?>[]::new))
        .thenApply(done -> scripts.stream().mapToInt(s -> s.join().intValue()).sum());
  }

  /** By the script's digest; with its text where the server doesn't know it (yet, or any more). */
  private static CompletionStage<Long> run(
      RedisAsyncCommands<byte[], byte[]> redis, byte[][] keys, byte[][] values) {
    return redis
        .<Long>evalsha(redis.digest(SCRIPT), ScriptOutputType.INTEGER, keys, values)
        .exceptionallyCompose(
            failure -> {
              Throwable cause =
                  failure instanceof CompletionException && failure.getCause() != null
                      ? failure.getCause()
                      : failure;
              return cause instanceof RedisNoScriptException
                  ? redis.<Long>eval(SCRIPT, ScriptOutputType.INTEGER, keys, values)
                  : CompletableFuture.failedFuture(cause);
            });
  }

  @Override
  public CompletionStage<String> incarnation() {
    return RedisIncarnation.of(link);
  }

  @Override
  public void close() {
    link.close();
  }
}
