package dev.lockstep.cli.bench;

import dev.lockstep.beam.kafka.LogRange;
import dev.lockstep.beam.kafka.LogReader;
import dev.lockstep.beam.kafka.LogRows;
import dev.lockstep.beam.kafka.StreamTopics;
import dev.lockstep.beam.parity.StoreParity;
import dev.lockstep.cli.kafka.Topics;
import dev.lockstep.cli.process.EmbeddedServers.Addresses;
import dev.lockstep.kernel.SourceRow;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.serving.redis.RedisStore;
import dev.lockstep.store.OnlineReader;
import dev.lockstep.store.StoreUnavailableException;
import dev.lockstep.time.Micros;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;

/**
 * Asks whether an online store holds what the kernel makes of the live topics that a stream reads;
 * and does to a Redis server of this machine what happens to Redis servers.
 */
public final class StoreProof {
  private static final long PAUSE_NANOS = 250_000_000L;

  private final FeaturePlan plan;
  private final Addresses servers;

  public StoreProof(FeaturePlan plan, Addresses servers) {
    this.plan = plan;
    this.servers = servers;
  }

  /** Compares again and again until the store has all, or patience is at its end. */
  public StoreParity.Counts await(Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    StoreParity expected = expected();
    StoreParity.Counts counts = new StoreParity.Counts(0, -1, "nothing was compared");
    while (!counts.isWhole() && System.nanoTime() < deadline) {
      LockSupport.parkNanos(PAUSE_NANOS);
      try (OnlineReader reader = new RedisStore(servers.redis()).openReader()) {
        counts = expected.compare(reader, Micros.of(InstantSource.system().instant()));
      } catch (StoreUnavailableException | CompletionException e) {
        counts = new StoreParity.Counts(0, -1, String.valueOf(e.getMessage()));
      }
    }
    return counts;
  }

  private StoreParity expected() {
    List<SourceRow> rows = new ArrayList<>();
    List<LogRange> ranges = new ArrayList<>();
    try (LogReader reader = new LogReader(servers.kafka())) {
      List<String> inputs = StreamTopics.of("", plan).inputs(plan);
      for (Map.Entry<String, Integer> topic :
          new Topics(servers.kafka()).partitions(inputs).entrySet()) {
        for (int partition = 0; partition < topic.getValue(); partition++) {
          ranges.add(reader.now(topic.getKey(), partition));
        }
      }
    }
    LogRows.read(plan, servers.kafka(), ranges, List.of(), true, rows::add);
    return new StoreParity(plan, rows);
  }

  /** The process of the server. */
  public long redisProcess() {
    return new RedisStore(servers.redis()).server().processId();
  }

  /** Sends a process a signal. */
  public static void signal(String name, long process) throws IOException, InterruptedException {
    int code = new ProcessBuilder("kill", "-" + name, Long.toString(process)).start().waitFor();
    if (code != 0) {
      throw new IOException("process " + process + " takes no signal " + name);
    }
  }

  /** Empties the server. */
  public void flush() throws IOException {
    URI address = URI.create(servers.redis());
    try (Socket socket = new Socket(address.getHost(), address.getPort())) {
      socket.getOutputStream().write("FLUSHALL\r\n".getBytes(StandardCharsets.UTF_8));
      byte[] reply = socket.getInputStream().readNBytes(5);
      if (reply[0] != '+') {
        throw new IOException("FLUSHALL: " + new String(reply, StandardCharsets.UTF_8));
      }
    }
  }
}
