package dev.lockstep.serving.redis;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a Redis server says about itself ({@code INFO}).
 *
 * @param processId of its process, on its machine; 0 where it doesn't say
 * @param maxMemory bytes that it may hold; 0 for no bound
 * @param evictionPolicy what it does where that is reached, such as {@code noeviction}
 */
public record RedisServer(long processId, long maxMemory, String evictionPolicy) {

  static RedisServer of(RedisLink link) {
    Map<String, String> said = info(link.<String>run(redis -> redis.info()).join());
    return new RedisServer(
        Long.parseLong(said.getOrDefault("process_id", "0")),
        Long.parseLong(said.getOrDefault("maxmemory", "0")),
        said.getOrDefault("maxmemory_policy", ""));
  }

  /** The lines {@code name:value} of what {@code INFO} answers. */
  static Map<String, String> info(String text) {
    Map<String, String> said = new HashMap<>();
    text.lines()
        .map(line -> line.split(":", 2))
        .filter(parts -> parts.length == 2)
        .forEach(parts -> said.put(parts[0], parts[1].strip()));
    return said;
  }

  /**
   * Whether it may drop states to make room, and what to do about it, for people; empty if it
   * won't. Policies that drop expiring keys alone can't: states don't expire.
   */
  public Optional<String> droppingStates() {
    if (!evictionPolicy.startsWith("allkeys")) {
      return Optional.empty();
    }
    return Optional.of(
        "Redis drops states when its memory is full (maxmemory-policy "
            + evictionPolicy
            + (maxMemory == 0 ? ", though no maxmemory is set now" : ", maxmemory " + maxMemory)
            + "), and nobody is told: set maxmemory-policy noeviction");
  }
}
