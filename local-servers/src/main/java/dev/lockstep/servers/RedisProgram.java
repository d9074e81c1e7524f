package dev.lockstep.servers;

import java.io.IOException;
import java.nio.file.Path;
import redis.embedded.core.ExecutableProvider;

/**
 * A place to take the Redis server's executable from.
 *
 * @param name as errors print it
 * @param source finds the executable, or unpacks it
 */
record RedisProgram(String name, Source source) {

  /** A way to get at an executable. */
  @FunctionalInterface
  interface Source {
    /**
     * Returns the executable's path, unpacked into the directory if it comes from an archive.
     *
     * @throws IOException if there is none
     */
    Path locate(Path directory) throws IOException;
  }

  /**
   * Returns the server inside the embedded-redis archive; it needs OpenSSL 3's shared libraries.
   */
  static RedisProgram bundled() {
    return new RedisProgram(
        "the bundled redis-server",
        directory -> ExecutableProvider.newJarResourceProvider(directory.toFile()).get().toPath());
  }

  /** Returns the {@code redis-server} on the PATH. */
  static RedisProgram onPath() {
    return new RedisProgram(
        "redis-server on the PATH",
        directory -> ExecutableProvider.newExecutableInPath("redis-server").get().toPath());
  }
}
