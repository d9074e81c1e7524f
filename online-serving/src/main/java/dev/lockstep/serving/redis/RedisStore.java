package dev.lockstep.serving.redis;

import dev.lockstep.store.OnlineReader;
import dev.lockstep.store.OnlineStore;
import dev.lockstep.store.OnlineWriter;
import dev.lockstep.store.StoreUnavailableException;
import java.net.URI;

/**
 * An online store on one Redis server: one key per cell ({@link Cell}), writes guarded by their
 * mark inside the server (C11).
 *
 * <p>Credentials and the certificate authority come from the environment of the process that opens
 * a connection ({@link RedisEnvironment}): neither is ever part of this, which travels to workers
 * and into logs.
 *
 * @param uri {@code redis://host:port} or, with TLS, {@code rediss://host:port}; a database number
 *     may follow as path
 */
public record RedisStore(String uri) implements OnlineStore {
  private static final long serialVersionUID = 1L;

  /**
   * @throws IllegalArgumentException if the address isn't of that form, or holds a password
   */
  public RedisStore {
    check(uri);
  }

  private static void check(String uri) {
    URI address;
    try {
      address = URI.create(uri);
    } catch (IllegalArgumentException e) {
      // Its message would show the whole text, which may hold a password.
      throw new IllegalArgumentException("The address of Redis isn't a URI: " + cure());
    }
    if (address.getRawUserInfo() != null || (address.getRawAuthority() + "").contains("@")) {
      throw new IllegalArgumentException(
          "The address of Redis holds credentials. Take them out, and set "
              + RedisEnvironment.PASSWORD_FILE
              + " or "
              + RedisEnvironment.PASSWORD
              + " where the process runs.");
    }
    boolean scheme = "redis".equals(address.getScheme()) || "rediss".equals(address.getScheme());
    if (!scheme || address.getHost() == null) {
      throw new IllegalArgumentException("The address of Redis is " + uri + ": " + cure());
    }
  }

  private static String cure() {
    return "write redis://host:port or rediss://host:port";
  }

  /**
   * @throws StoreUnavailableException if the server can't be reached, after retries
   */
  @Override
  public OnlineReader openReader() {
    return new RedisReader(RedisLink.open(uri, RedisEnvironment.ofProcess()));
  }

  /**
   * @throws StoreUnavailableException if the server can't be reached, after retries
   */
  @Override
  public OnlineWriter openWriter() {
    return new RedisWriter(RedisLink.open(uri, RedisEnvironment.ofProcess()));
  }

  /**
   * Asks the server about itself.
   *
   * @throws StoreUnavailableException if it can't be reached, after retries, or doesn't say
   */
  public RedisServer server() {
    try (RedisLink link = RedisLink.open(uri, RedisEnvironment.ofProcess())) {
      return RedisServer.of(link);
    }
  }

  /**
   * Opens a connection for looking after whole spaces.
   *
   * @throws StoreUnavailableException if the server can't be reached, after retries
   */
  public RedisKeys openKeys() {
    return new RedisKeys(RedisLink.open(uri, RedisEnvironment.ofProcess()));
  }
}
