package dev.lockstep.serving.redis;

import dev.lockstep.store.StoreRefusedException;
import dev.lockstep.store.StoreUnavailableException;
import io.lettuce.core.RedisBusyException;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisLoadingException;
import io.lettuce.core.RedisReadOnlyException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The bounded retries of one connection: seven attempts, the pauses doubling from 50 ms, about
 * three seconds of pauses in all.
 */
final class Attempts {
  private static final int ATTEMPTS = 7;
  private static final long FIRST_PAUSE_MILLIS = 50;

  private final String server;

  /**
   * @param server host and port, for errors
   */
  Attempts(String server) {
    this.server = server;
  }

  <T> CompletableFuture<T> run(Supplier<CompletionStage<T>> call) {
    CompletableFuture<T> result = new CompletableFuture<>();
    attempt(call, 1, result);
    return result;
  }

  private <T> void attempt(
      Supplier<CompletionStage<T>> call, int attempt, CompletableFuture<T> result) {
    CompletionStage<T> stage;
    try {
      stage = call.get();
    } catch (RuntimeException e) {
      stage = CompletableFuture.failedFuture(e);
    }
    // Its own result is nothing: success and failure both end in the other future.
    stage.handle(
        (value, failure) -> {
          if (failure == null) {
            return result.complete(value);
          }
          Throwable cause = unwrapped(failure);
          if (attempt == ATTEMPTS || !mayPass(cause)) {
            return result.completeExceptionally(unavailable(cause, attempt));
          }
          long pause = FIRST_PAUSE_MILLIS << (attempt - 1);
          CompletableFuture.delayedExecutor(pause, TimeUnit.MILLISECONDS)
              .execute(() -> attempt(call, attempt + 1, result));
          return false;
        });
  }

  /** Whether another attempt is worth while: not where the server refused what was asked. */
  private static boolean mayPass(Throwable failure) {
    for (@Nullable Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof StoreUnavailableException) {
        return false;
      }
      if (t instanceof RedisCommandExecutionException) {
        return t instanceof RedisLoadingException
            || t instanceof RedisBusyException
            || t instanceof RedisReadOnlyException;
      }
    }
    return true;
  }

  private StoreUnavailableException unavailable(Throwable failure, int attempts) {
    Throwable root = failure;
    for (Throwable cause = root.getCause(); cause != null; cause = cause.getCause()) {
      root = cause;
    }
    if (failure instanceof StoreUnavailableException known) {
      return known;
    }
    String reason = root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    if (root instanceof RedisCommandExecutionException && !mayPass(root)) {
      return new StoreRefusedException(
          "Redis at " + server + " refuses: " + reason + "." + refusalCure(reason), failure);
    }
    return new StoreUnavailableException(
        "Redis at "
            + server
            + " can't be reached: "
            + reason
            + " (tried "
            + attempts
            + " times). Start it, or give the address of one that runs.",
        failure);
  }

  private static String refusalCure(String reason) {
    if (reason.contains("NOAUTH") || reason.contains("WRONGPASS") || reason.contains("NOPERM")) {
      return " Set "
          + RedisEnvironment.PASSWORD_FILE
          + " or "
          + RedisEnvironment.PASSWORD
          + " (and "
          + RedisEnvironment.USERNAME
          + ") to a user that may read, write and run scripts.";
    }
    if (reason.contains("OOM")) {
      return " Raise its maxmemory.";
    }
    return "";
  }

  private static Throwable unwrapped(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }
}
