package dev.lockstep.serving.redis;

import dev.lockstep.store.StoreUnavailableException;
import io.lettuce.core.RedisCredentials;
import io.lettuce.core.RedisCredentialsProvider;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SslOptions;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The credentials and the trust of a connection to Redis, from environment variables.
 *
 * <p>The password file is read anew for each connection, so that a rotated password needs no
 * restart. Nothing here is ever printed.
 */
final class RedisEnvironment {
  static final String USERNAME = "LOCKSTEP_REDIS_USERNAME";
  static final String PASSWORD = "LOCKSTEP_REDIS_PASSWORD";
  static final String PASSWORD_FILE = "LOCKSTEP_REDIS_PASSWORD_FILE";
  static final String CA_FILE = "LOCKSTEP_REDIS_CA_FILE";

  private final Map<String, String> variables;

  RedisEnvironment(Map<String, String> variables) {
    this.variables = variables;
  }

  static RedisEnvironment ofProcess() {
    return new RedisEnvironment(System.getenv());
  }

  /** Gives an address its credentials, if the environment has any. */
  void authenticate(RedisURI address) {
    if (variables.containsKey(PASSWORD) || variables.containsKey(PASSWORD_FILE)) {
      address.setCredentialsProvider(RedisCredentialsProvider.from(this::credentials));
    }
  }

  /** The certificates to trust: those of the CA file in PEM, else the platform's. */
  SslOptions trust() {
    String file = variables.get(CA_FILE);
    SslOptions.Builder trust = SslOptions.builder().jdkSslProvider();
    return (file == null ? trust : trust.trustManager(new File(file))).build();
  }

  private RedisCredentials credentials() {
    @Nullable String username = variables.get(USERNAME);
    char[] password = password().toCharArray();
    return RedisCredentials.just(username, password);
  }

  private String password() {
    String file = variables.get(PASSWORD_FILE);
    if (file == null) {
      return variables.getOrDefault(PASSWORD, "");
    }
    try {
      return Files.readString(Path.of(file)).strip();
    } catch (IOException e) {
      throw new StoreUnavailableException(
          "The file " + file + " that " + PASSWORD_FILE + " names can't be read: " + e, e);
    }
  }
}
