package dev.lockstep.cli.run;

import dev.lockstep.cli.project.CommandException;
import dev.lockstep.cli.project.FailureKind;
import dev.lockstep.serving.redis.RedisStore;
import dev.lockstep.store.OnlineReader;
import dev.lockstep.store.StoreKey;
import dev.lockstep.store.StoreUnavailableException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks the online store for something before a run depends on it. */
public final class StoreCheck {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final StoreKey ANY = new StoreKey("lockstep-check", "any");

  private StoreCheck() {}

  /**
   * The store at an address that answers.
   *
   * @param redis {@code redis://host:port}
   * @throws CommandException if it doesn't within ten seconds, or the address is none
   */
  public static RedisStore reachable(String redis) {
    try {
      RedisStore store = new RedisStore(redis);
      try (OnlineReader reader = store.openReader()) {
        reader
            .read(List.of(ANY))
            .toCompletableFuture()
            .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      }
      return store;
    } catch (IllegalArgumentException | StoreUnavailableException e) {
      throw unusable(redis, String.valueOf(e.getMessage()));
    } catch (ExecutionException e) {
      throw unusable(redis, String.valueOf(e.getCause()));
    } catch (TimeoutException e) {
      throw unusable(redis, "no answer within " + PATIENCE.toSeconds() + " s");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unusable(redis, "interrupted");
    }
  }

  private static CommandException unusable(String redis, String why) {
    return new CommandException(
        FailureKind.INFRASTRUCTURE,
        "Redis at " + redis + " can't be used: " + why,
        "start it or correct --redis (LOCKSTEP_REDIS), as redis://host:port; leave it out for an"
            + " embedded server");
  }
}
