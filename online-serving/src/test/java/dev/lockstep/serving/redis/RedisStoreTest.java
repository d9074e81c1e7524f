package dev.lockstep.serving.redis;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.servers.LocalRedis;
import dev.lockstep.store.OnlineReader;
import dev.lockstep.store.OnlineWriter;
import dev.lockstep.store.StateMark;
import dev.lockstep.store.StateWrite;
import dev.lockstep.store.StoreKey;
import dev.lockstep.store.StoreUnavailableException;
import dev.lockstep.wire.WireException;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RedisStoreTest {
  private static final long SEED = 20261122L;
  private static LocalRedis server;
  private static OnlineReader reader;
  private static OnlineWriter writer;

  @BeforeAll
  static void open() {
    server = LocalRedis.start();
    RedisStore store = new RedisStore(server.uri());
    reader = store.openReader();
    writer = store.openWriter();
  }

  @AfterAll
  static void close() {
    reader.close();
    writer.close();
    server.close();
  }

  @Test
  void readsInTheKeysOrderWithNullForWhatIsNotThere() {
    StoreKey a = new StoreKey("view:1", "a");
    StoreKey b = new StoreKey("view", "1:a");
    write(a, new StateMark(0, 5, 1, 1), "A");
    write(b, new StateMark(0, 5, 1, 1), "B");
    List<byte[]> states = await(reader.read(List.of(b, new StoreKey("view", "none"), a, b)));
    assertArrayEquals(bytes("B"), states.get(0));
    assertNull(states.get(1));
    assertArrayEquals(bytes("A"), states.get(2));
    assertArrayEquals(bytes("B"), states.get(3));
    assertEquals(List.of(), await(reader.read(List.of())));
    assertEquals(0, await(writer.write(List.of())));
  }

  /** C11: whatever the order and the repeats, the cell ends at the greatest mark. */
  @Test
  void replayedAndReorderedWritesNeverMoveACellBack() {
    System.out.println("seed " + SEED);
    Random random = new Random(SEED);
    for (int round = 0; round < 100; round++) {
      StoreKey key = new StoreKey("guarded", "k" + round);
      List<StateMark> marks = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        marks.add(mark(random));
      }
      marks.addAll(List.copyOf(marks));
      Collections.shuffle(marks, random);
      StateMark greatest = null;
      for (StateMark mark : marks) {
        boolean effective = greatest == null || mark.compareTo(greatest) > 0;
        greatest = effective ? mark : greatest;
        assertEquals(
            effective ? 1 : 0, write(key, mark, mark.toString()), () -> mark + " in " + marks);
      }
      assertEquals(greatest.toString(), read(key), () -> "of " + marks);
    }
  }

  /** C11: what may have lost cells is another store. */
  @Test
  void anEmptiedOrRestartedServerIsAnotherIncarnation() throws Exception {
    LocalRedis other = LocalRedis.start();
    int port = java.net.URI.create(other.uri()).getPort();
    RedisStore store = new RedisStore(other.uri());
    try (OnlineWriter own = store.openWriter();
        OnlineWriter second = store.openWriter()) {
      String first = await(own.incarnation());
      assertEquals(first, await(second.incarnation()), "for all who ask");
      RedisClient client = RedisClient.create(other.uri());
      client.connect().sync().flushall();
      client.shutdown();
      String emptied = await(own.incarnation());
      assertFalse(emptied.equals(first), emptied);
      other.close();
      other = LocalRedis.startAt(port);
      assertFalse(await(own.incarnation()).equals(emptied), "after a restart");
    } finally {
      other.close();
    }
  }

  @Test
  void aServerThatMayDropStatesIsToldOf() {
    assertTrue(new RedisServer(1, 0, "noeviction").droppingStates().isEmpty());
    assertTrue(new RedisServer(1, 9, "volatile-lru").droppingStates().isEmpty());
    String words = new RedisServer(1, 9, "allkeys-lru").droppingStates().orElseThrow();
    assertTrue(words.contains("maxmemory-policy allkeys-lru, maxmemory 9"), words);
    assertTrue(new RedisStore(server.uri()).server().processId() > 0);
  }

  @Test
  void marksBeyondADoublesDigitsAreTold() {
    StoreKey key = new StoreKey("digits", "k");
    long big = (1L << 53) + 1;
    assertEquals(1, write(key, new StateMark(0, big - 1, 0, 0), "older"));
    assertEquals(1, write(key, new StateMark(0, big, 0, 0), "newer"));
    assertEquals(0, write(key, new StateMark(0, big - 1, 0, 0), "older"));
    assertEquals("newer", read(key));
  }

  @Test
  void parallelWritersEndAtTheGreatestMark() throws Exception {
    StoreKey key = new StoreKey("parallel", "k");
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<?>> writers = new ArrayList<>();
      for (int w = 0; w < 4; w++) {
        int first = w;
        writers.add(
            threads.submit(
                () -> {
                  try (OnlineWriter own = new RedisStore(server.uri()).openWriter()) {
                    for (int i = first; i < 800; i += 4) {
                      StateMark mark = new StateMark(0, (i * 7919L) % 800, 0, 0);
                      await(own.write(List.of(new StateWrite(key, mark, bytes("" + mark)))));
                    }
                  }
                }));
      }
      for (Future<?> done : writers) {
        done.get();
      }
    } finally {
      threads.shutdown();
    }
    assertEquals(new StateMark(0, 799, 0, 0).toString(), read(key));
  }

  @Test
  void manyCellsInOneCall() {
    List<StateWrite> writes = new ArrayList<>();
    List<StoreKey> keys = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      byte[] state = new byte[100];
      Arrays.fill(state, (byte) i);
      keys.add(new StoreKey("many", "k" + i));
      writes.add(new StateWrite(keys.get(i), new StateMark(1, i, 0, i), state));
    }
    assertEquals(20_000, await(writer.write(writes)));
    assertEquals(0, await(writer.write(writes)));
    List<byte[]> states = await(reader.read(keys));
    for (int i = 0; i < writes.size(); i++) {
      assertArrayEquals(writes.get(i).state(), states.get(i));
    }
  }

  @Test
  void aServerThatForgotTheScriptIsToldAgain() {
    StoreKey key = new StoreKey("script", "k");
    write(key, new StateMark(0, 1, 0, 0), "one");
    withRedis(redis -> redis.sync().scriptFlush());
    assertEquals(1, write(key, new StateMark(0, 2, 0, 0), "two"));
    assertEquals("two", read(key));
  }

  @Test
  void aKeyOfSomethingElseIsNeitherReadNorOverwritten() {
    StoreKey key = new StoreKey("foreign", "k");
    withRedis(redis -> redis.sync().set("ls:foreign:k", "mine"));
    CompletionException write =
        assertThrows(
            CompletionException.class, () -> write(key, new StateMark(0, 1, 0, 0), "ours"));
    assertTrue(
        write.getCause() instanceof StoreUnavailableException
            && write.getCause().getMessage().contains("ls:foreign:k was not written by"),
        () -> "" + write.getCause());
    CompletionException read = assertThrows(CompletionException.class, () -> read(key));
    assertEquals(WireException.class, read.getCause().getClass());
    withRedis(redis -> assertEquals("mine", redis.sync().get("ls:foreign:k")));
  }

  @Test
  void aServerThatIsNotThereIsNamedWithACure() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    RedisStore store = new RedisStore("redis://127.0.0.1:" + port);
    StoreUnavailableException e = assertThrows(StoreUnavailableException.class, store::openReader);
    assertTrue(
        e.getMessage().startsWith("Redis at 127.0.0.1:" + port + " can't be reached: "),
        e::getMessage);
    assertTrue(
        e.getMessage().endsWith("(tried 7 times). Start it, or give the address of one that runs."),
        e::getMessage);
  }

  @Test
  void aServerThatEndsFailsReadsAfterRetries() {
    LocalRedis mortal = LocalRedis.start();
    try (OnlineReader reading = new RedisStore(mortal.uri()).openReader()) {
      StoreKey key = new StoreKey("s", "k");
      assertNull(await(reading.read(List.of(key))).get(0));
      mortal.close();
      CompletionException e =
          assertThrows(CompletionException.class, () -> await(reading.read(List.of(key))));
      assertEquals(StoreUnavailableException.class, e.getCause().getClass());
    } finally {
      mortal.close();
    }
  }

  @Test
  void aPasswordComesFromTheEnvironmentAndIsAskedForByName() {
    LocalRedis locked = LocalRedis.start();
    try {
      RedisClient admin = RedisClient.create(locked.uri());
      try (var connection = admin.connect()) {
        connection.sync().configSet("requirepass", "s3cret");
      }
      admin.shutdown();
      RedisEnvironment with = new RedisEnvironment(Map.of(RedisEnvironment.PASSWORD, "s3cret"));
      try (OnlineReader reading = new RedisReader(RedisLink.open(locked.uri(), with))) {
        assertNull(await(reading.read(List.of(new StoreKey("s", "k")))).get(0));
      }
      RedisEnvironment wrong = new RedisEnvironment(Map.of(RedisEnvironment.PASSWORD, "wr0ng"));
      StoreUnavailableException e =
          assertThrows(StoreUnavailableException.class, () -> RedisLink.open(locked.uri(), wrong));
      assertTrue(e.getMessage().contains("LOCKSTEP_REDIS_PASSWORD_FILE"), e::getMessage);
      assertFalse(e.getMessage().contains("wr0ng"), e::getMessage);
    } finally {
      locked.close();
    }
  }

  @Test
  void addressesWithCredentialsOrOfAnotherKindAreRefused() {
    for (String uri :
        List.of("redis://:s3cret@host:1", "redis://u:s3cret@host", "re dis://s3cret@h")) {
      IllegalArgumentException e =
          assertThrows(IllegalArgumentException.class, () -> new RedisStore(uri));
      assertFalse(e.getMessage().contains("s3cret"), e::getMessage);
    }
    assertThrows(IllegalArgumentException.class, () -> new RedisStore("http://host:1"));
    assertThrows(IllegalArgumentException.class, () -> new RedisStore("localhost:6379"));
  }

  private static StateMark mark(Random random) {
    long[] edges = {Long.MIN_VALUE, -1, 0, 1, Long.MAX_VALUE, random.nextLong()};
    return new StateMark(
        random.nextInt(3) - 1,
        edges[random.nextInt(edges.length)],
        edges[random.nextInt(edges.length)],
        edges[random.nextInt(edges.length)]);
  }

  private static int write(StoreKey key, StateMark mark, String state) {
    return await(writer.write(List.of(new StateWrite(key, mark, bytes(state)))));
  }

  private static String read(StoreKey key) {
    return new String(await(reader.read(List.of(key))).get(0), StandardCharsets.UTF_8);
  }

  private static <T> T await(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static void withRedis(Consumer<StatefulRedisConnection<String, String>> use) {
    RedisClient client = RedisClient.create(server.uri());
    try (StatefulRedisConnection<String, String> connection = client.connect()) {
      use.accept(connection);
    }
    client.shutdown();
  }
}
