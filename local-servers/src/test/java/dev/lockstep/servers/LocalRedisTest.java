package dev.lockstep.servers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalRedisTest {

  @TempDir Path scratch;

  @Test
  void storesAndReturnsAValue() throws IOException {
    try (LocalRedis redis = LocalRedis.start();
        RedisSocket socket = new RedisSocket(redis.uri())) {
      assertEquals("+PONG", socket.send("PING"));
      assertEquals("+OK", socket.send("SET key value"));
      assertEquals("$5", socket.send("GET key"));
      assertEquals("value", socket.nextLine());
    }
  }

  @Test
  void keepsNothingAndListensOnLoopbackOnly() throws IOException {
    Path directory;
    String uri;
    try (LocalRedis redis = LocalRedis.start();
        RedisSocket socket = new RedisSocket(redis.uri())) {
      uri = redis.uri();
      assertEquals("", setting(socket, "save"));
      assertEquals("no", setting(socket, "appendonly"));
      assertEquals("127.0.0.1", setting(socket, "bind"));
      directory = Path.of(setting(socket, "dir"));
      assertTrue(Files.isDirectory(directory), directory + " exists while the server runs");
    }
    assertFalse(Files.exists(directory), directory + " is deleted");
    assertThrows(IOException.class, () -> new RedisSocket(uri), "nothing listens any more");
  }

  @Test
  void twoServersDontShareData() throws IOException {
    try (LocalRedis one = LocalRedis.start();
        LocalRedis two = LocalRedis.start();
        RedisSocket toOne = new RedisSocket(one.uri());
        RedisSocket toTwo = new RedisSocket(two.uri())) {
      assertNotEquals(one.uri(), two.uri());
      assertEquals("+OK", toOne.send("SET key value"));
      assertEquals("$-1", toTwo.send("GET key"));
    }
  }

  @Test
  void closingTwiceIsHarmless() {
    LocalRedis redis = LocalRedis.start();
    redis.close();
    redis.close();
  }

  @Test
  void takesAnotherPortWhenTheFirstIsTaken() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int free = LoopbackPorts.free().next();
      Iterator<Integer> ports = List.of(taken.getLocalPort(), free).iterator();
      try (LocalRedis redis = LocalRedis.start(List.of(RedisProgram.bundled()), ports::next)) {
        assertEquals("redis://127.0.0.1:" + free, redis.uri());
      }
    }
  }

  @Test
  void fallsBackToTheNextProgramWhenALibraryIsMissing() throws IOException {
    try (LocalRedis redis =
            LocalRedis.start(
                List.of(withoutLibrary(), RedisProgram.bundled()), LoopbackPorts.free());
        RedisSocket socket = new RedisSocket(redis.uri())) {
      assertEquals("+PONG", socket.send("PING"));
    }
  }

  @Test
  void saysWhyNoneStartsAndHowToCureIt() {
    RedisProgram absent =
        new RedisProgram(
            "the absent one",
            directory -> {
              throw new FileNotFoundException("no redis-server in any directory");
            });
    ServerStartException failure =
        assertThrows(
            ServerStartException.class,
            () ->
                LocalRedis.start(List.of(withoutLibrary(), absent), LoopbackPorts.free()).close());
    assertEquals(
        """
        No Redis server starts here:
          the broken one: it ended, having printed: error while loading libssl.so.3
          the absent one: not found: no redis-server in any directory
        Install OpenSSL 3's libraries for the bundled one (Debian, Ubuntu: apt-get install libssl3; \
        macOS: brew install openssl@3),
        or a Redis server (apt-get install redis-server; brew install redis).""",
        failure.getMessage());
  }

  /** A program that fails as the dynamic linker does: a line on standard error, exit code 127. */
  private RedisProgram withoutLibrary() {
    return new RedisProgram(
        "the broken one",
        directory -> {
          Path script = scratch.resolve("redis-server");
          Files.writeString(
              script, "#!/bin/sh\necho 'error while loading libssl.so.3' >&2\nexit 127\n");
          assertTrue(script.toFile().setExecutable(true));
          return script;
        });
  }

  private static String setting(RedisSocket socket, String name) throws IOException {
    assertEquals("*2", socket.send("CONFIG GET " + name));
    assertEquals("$" + name.length(), socket.nextLine());
    assertEquals(name, socket.nextLine());
    socket.nextLine();
    return socket.nextLine();
  }
}
