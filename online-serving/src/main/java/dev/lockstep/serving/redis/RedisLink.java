package dev.lockstep.serving.redis;

import dev.lockstep.store.StoreUnavailableException;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.Delay;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** One connection to Redis that tries again, for a bounded time, before it gives up. */
final class RedisLink implements AutoCloseable {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
  private static final Duration COMMAND_TIMEOUT = Duration.ofSeconds(2);
  private static final Duration LONGEST_RECONNECT_DELAY = Duration.ofMillis(200);

  private final ClientResources resources;
  private final RedisClient client;
  private final Attempts attempts;
  private final StatefulRedisConnection<byte[], byte[]> connection;

  private RedisLink(RedisURI address, RedisEnvironment environment) {
    resources =
        ClientResources.builder()
            .ioThreadPoolSize(2)
            .computationThreadPoolSize(2)
            .reconnectDelay(
                Delay.exponential(Duration.ZERO, LONGEST_RECONNECT_DELAY, 2, TimeUnit.MILLISECONDS))
            .build();
    client = RedisClient.create(resources);
    client.setOptions(options(environment));
    attempts = new Attempts(address.getHost() + ":" + address.getPort());
    try {
      connection = attempts.run(() -> client.connectAsync(ByteArrayCodec.INSTANCE, address)).join();
    } catch (CompletionException e) {
      shutDown();
      throw e.getCause() instanceof StoreUnavailableException unavailable ? unavailable : e;
    }
  }

  static RedisLink open(String uri, RedisEnvironment environment) {
    RedisURI address = RedisURI.create(uri);
    environment.authenticate(address);
    return new RedisLink(address, environment);
  }

  private static ClientOptions options(RedisEnvironment environment) {
    return ClientOptions.builder()
        .autoReconnect(true)
        // While disconnected a command fails at once and is tried again here, with a bound.
        .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
        .socketOptions(
            SocketOptions.builder().connectTimeout(CONNECT_TIMEOUT).tcpNoDelay(true).build())
        .sslOptions(environment.trust())
        .timeoutOptions(TimeoutOptions.enabled(COMMAND_TIMEOUT))
        .build();
  }

  /**
   * Runs a command that may be repeated, again if it fails for a reason that may pass.
   *
   * @return what the command returned; fails with a {@link StoreUnavailableException}
   */
  <T> CompletableFuture<T> run(
      Function<RedisAsyncCommands<byte[], byte[]>, CompletionStage<T>> command) {
    return attempts.run(() -> command.apply(connection.async()));
  }

  @Override
  public void close() {
    connection.close();
    shutDown();
  }

  private void shutDown() {
    client.shutdown(Duration.ZERO, CONNECT_TIMEOUT);
    resources.shutdown(0, CONNECT_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS).awaitUninterruptibly();
  }
}
