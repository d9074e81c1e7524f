package dev.lockstep.serving.redis;

import dev.lockstep.store.StoreKey;
import io.lettuce.core.KeyScanCursor;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanCursor;
import io.lettuce.core.ScriptOutputType;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * The cells of one space of a Redis server by their generations: for finding, and removing, what
 * the last whole load didn't write.
 */
public final class RedisKeys implements AutoCloseable {
  private static final int PAGE = 1_000;
  private static final int GENERATION_END = 1 + Long.BYTES;

  /** Deletes a cell unless it was written meanwhile: the generation is looked at in the server. */
  private static final byte[] REMOVE =
      """
      local removed = 0
      for k = 1, #KEYS do
        local old = redis.call('GETRANGE', KEYS[k], 0, %1$d - 1)
        if #old == %1$d and string.byte(old, 1) == %2$d then
          for i = 2, %1$d do
            local a, b = string.byte(old, i), string.byte(ARGV[1], i)
            if a ~= b then
              if a < b then
                removed = removed + redis.call('DEL', KEYS[k])
              end
              break
            end
          end
        end
      end
      return removed
      """
          .formatted(GENERATION_END, Cell.VERSION)
          .getBytes(StandardCharsets.UTF_8);

  private final RedisLink link;

  RedisKeys(RedisLink link) {
    this.link = link;
  }

  /**
   * Gives the keys of a space whose cells are of an earlier generation, in no order; each at least
   * once.
   */
  public void forEachBefore(String space, long generation, Consumer<StoreKey> into) {
    String prefix = new String(Cell.key(new StoreKey(space, "")), StandardCharsets.UTF_8);
    ScanArgs args =
        ScanArgs.Builder.matches(prefix.replaceAll("[*?\\[\\]\\\\^-]", "\\\\$0") + "*").limit(PAGE);
    ScanCursor cursor = ScanCursor.INITIAL;
    while (!cursor.isFinished()) {
      ScanCursor from = cursor;
      KeyScanCursor<byte[]> page = link.<KeyScanCursor<byte[]>>run(r -> r.scan(from, args)).join();
      List<CompletableFuture<byte[]>> heads = new ArrayList<>();
      for (byte[] key : page.getKeys()) {
        heads.add(link.<byte[]>run(r -> r.getrange(key, 0, GENERATION_END - 1)));
      }
      for (int i = 0; i < heads.size(); i++) {
        byte[] head = heads.get(i).join();
        if (head.length == GENERATION_END
            && head[0] == Cell.VERSION
            && (ByteBuffer.wrap(head).getLong(1) ^ Long.MIN_VALUE) < generation) {
          String name = new String(page.getKeys().get(i), StandardCharsets.UTF_8);
          into.accept(new StoreKey(space, name.substring(prefix.length())));
        }
      }
      cursor = page;
    }
  }

  /**
   * Removes cells that are still of an earlier generation: what was written meanwhile stays.
   *
   * @return how many were removed
   */
  public long removeBefore(List<StoreKey> keys, long generation) {
    byte[] bound =
        ByteBuffer.allocate(GENERATION_END)
            .put((byte) Cell.VERSION)
            .putLong(generation ^ Long.MIN_VALUE)
            .array();
    long removed = 0;
    for (int from = 0; from < keys.size(); from += PAGE) {
      byte[][] names =
          keys.subList(from, Math.min(from + PAGE, keys.size())).stream()
              .map(Cell::key)
              .toArray(byte[][]::new);
      removed += link.<Long>run(r -> r.eval(REMOVE, ScriptOutputType.INTEGER, names, bound)).join();
    }
    return removed;
  }

  @Override
  public void close() {
    link.close();
  }
}
