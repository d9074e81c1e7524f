package dev.lockstep.cli.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.beam.kafka.StreamTopics;
import dev.lockstep.beam.parity.StoreParity;
import dev.lockstep.cli.kafka.Topics;
import dev.lockstep.cli.process.ChildJvm;
import dev.lockstep.cli.process.Cleanup;
import dev.lockstep.cli.process.EmbeddedServers;
import dev.lockstep.cli.process.EmbeddedServers.Addresses;
import dev.lockstep.cli.process.TemporaryFolder;
import dev.lockstep.define.Emission;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A stream that looks no tables up, while Redis is stopped for a time and then emptied: the latency
 * of vectors before, meanwhile and afterwards, and whether the store holds in the end, key by key,
 * what the kernel makes of the topics.
 *
 * @param perSecond requests a second
 * @param seconds that each of the three parts takes
 */
public record AwayBench(int perSecond, int seconds, int parallelism) {
  private static final Duration START = Duration.ofSeconds(120);
  private static final Duration PATIENCE = Duration.ofSeconds(180);
  private static final Duration VISIBLE_WITHIN = Duration.ofMillis(25);
  private static final int WARM_UP_SECONDS = 30;

  /** What came of the store, and after how many seconds. */
  private record Store(StoreParity.Counts counts, double seconds) {}

  /** Runs it on servers of its own, and prints what it saw. */
  public int run(Path data, @Nullable Path json, PrintWriter out)
      throws IOException, InterruptedException {
    LiveShop shop = new LiveShop("", Emission.ORDERED, VISIBLE_WITHIN);
    ObjectNode figures = new ObjectMapper().createObjectNode().put("per_second", perSecond);
    try (Cleanup cleanup = new Cleanup()) {
      Path folder = cleanup.add(TemporaryFolder.in(data, "away-")).path();
      Addresses servers =
          EmbeddedServers.start(folder.resolve("kafka"), folder.resolve("logs"), cleanup)
              .addresses();
      ChildJvm stream =
          cleanup.add(
              ChildJvm.start(
                  LiveShopProcess.start(shop, servers, parallelism, folder.resolve("work")),
                  folder.resolve("logs")));
      stream.awaitReady(START);
      String vectors = StreamTopics.of("", shop.definition().plan()).vectors();
      StoreProof store = new StoreProof(shop.definition().plan(), servers);
      boolean complete;
      try (LiveRequests requests =
          new LiveRequests(
              new Topics(servers.kafka()).clientSettings(), shop.payments(), vectors)) {
        requests.send(perSecond, WARM_UP_SECONDS);
        complete = part("before", requests, figures, out);
        long redis = store.redisProcess();
        StoreProof.signal("STOP", redis);
        try {
          complete &= part("away", requests, figures, out);
        } finally {
          StoreProof.signal("CONT", redis);
        }
        complete &= part("after", requests, figures, out);
      }
      Store whole = whole("after Redis was away", store, figures, out);
      figures.put("seconds_to_whole_store", whole.seconds);
      store.flush();
      Store again = whole("after Redis was emptied", store, figures, out);
      figures.put("seconds_to_whole_store_after_flush", again.seconds);
      stream.checkAlive();
      if (json != null) {
        Files.writeString(json, figures.toPrettyString() + "\n");
      }
      return complete && whole.counts.isWhole() && again.counts.isWhole() ? 0 : 1;
    }
  }

  /** One part's latencies; whether each request got its vector. */
  private boolean part(String name, LiveRequests requests, ObjectNode figures, PrintWriter out) {
    LiveRequests.Latency latency = requests.send(perSecond, seconds);
    out.printf(
        Locale.ROOT,
        "Redis %-6s %,d requests at %,d a second: median %.0f ms, p99 %.0f ms, longest %.0f ms;"
            + " %,d without a vector%n",
        name,
        latency.requests(),
        perSecond,
        latency.p50(),
        latency.p99(),
        latency.longest(),
        latency.missing());
    out.flush();
    figures
        .putObject(name)
        .put("requests", latency.requests())
        .put("p50_ms", latency.p50())
        .put("p99_ms", latency.p99())
        .put("longest_ms", latency.longest())
        .put("missing", latency.missing());
    return latency.missing() == 0;
  }

  private static Store whole(String when, StoreProof proof, ObjectNode figures, PrintWriter out) {
    long begin = System.nanoTime();
    StoreParity.Counts counts = proof.await(PATIENCE);
    Store store = new Store(counts, (System.nanoTime() - begin) / 1e9);
    out.printf(
        Locale.ROOT,
        "%s the store holds %,d of %,d states to the bit, %.1f s later%n",
        when,
        counts.identical(),
        counts.keys(),
        store.seconds);
    out.flush();
    figures.put("store_keys", counts.keys()).put("store_identical", counts.identical());
    return store;
  }
}
