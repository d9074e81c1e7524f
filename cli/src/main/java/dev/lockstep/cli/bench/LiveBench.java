package dev.lockstep.cli.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.beam.kafka.StreamTopics;
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
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The latency of a stream on live topics, of which one is silent, under {@code ordered()}: from a
 * plain producer's send to a consumer that has the vector.
 *
 * @param perSecond requests a second
 * @param seconds that are counted; others come before, to warm up
 * @param visibleWithin what the sources promise; topics are stamped by the broker
 */
public record LiveBench(int perSecond, int seconds, int parallelism, Duration visibleWithin) {
  private static final Duration START = Duration.ofSeconds(120);
  private static final int WARM_UP_SECONDS = 60;

  /** Runs it on servers of its own, and prints what it saw. */
  public int run(Path data, @Nullable Path json, PrintWriter out)
      throws IOException, InterruptedException {
    LiveShop shop = new LiveShop("", Emission.ORDERED, visibleWithin);
    try (Cleanup cleanup = new Cleanup()) {
      Path folder = cleanup.add(TemporaryFolder.in(data, "live-")).path();
      Addresses servers =
          EmbeddedServers.start(folder.resolve("kafka"), folder.resolve("logs"), cleanup)
              .addresses();
      ChildJvm stream =
          cleanup.add(
              ChildJvm.start(
                  LiveShopProcess.start(shop, servers, parallelism, folder.resolve("work")),
                  folder.resolve("logs")));
      stream.awaitReady(START);
      Topics broker = new Topics(servers.kafka());
      String vectors = StreamTopics.of("", shop.definition().plan()).vectors();
      try (LiveRequests requests =
          new LiveRequests(broker.clientSettings(), shop.payments(), vectors)) {
        double first = requests.first();
        requests.send(perSecond, WARM_UP_SECONDS);
        LiveRequests.Latency latency = requests.send(perSecond, seconds);
        stream.checkAlive();
        Map<String, Long> counts = broker.recordCounts(List.of(shop.payments(), shop.refunds()));
        long written = counts.values().stream().mapToLong(Long::longValue).sum() - requests.sent();
        tell(out, first, latency, written);
        if (json != null) {
          write(json, first, latency, written);
        }
        return latency.missing() == 0 && written == 0 ? 0 : 1;
      }
    }
  }

  private void tell(PrintWriter out, double first, LiveRequests.Latency latency, long written) {
    out.printf(
        Locale.ROOT,
        "ordered(), two topics of two partitions, one of them silent, stamped by the broker,"
            + " visible within %d ms%n"
            + "the first vector after %.0f ms%n"
            + "%,d requests at %,d a second: median %.0f ms, p99 %.0f ms, longest %.0f ms;"
            + " %,d without a vector%n"
            + "%,d records in the inputs that aren't ours%n",
        visibleWithin.toMillis(),
        first,
        latency.requests(),
        perSecond,
        latency.p50(),
        latency.p99(),
        latency.longest(),
        latency.missing(),
        written);
    out.flush();
  }

  private void write(Path json, double first, LiveRequests.Latency latency, long written)
      throws IOException {
    ObjectNode figures =
        new ObjectMapper()
            .createObjectNode()
            .put("per_second", perSecond)
            .put("visible_within_ms", visibleWithin.toMillis())
            .put("first_vector_ms", first)
            .put("requests", latency.requests())
            .put("p50_ms", latency.p50())
            .put("p99_ms", latency.p99())
            .put("longest_ms", latency.longest())
            .put("missing", latency.missing())
            .put("written_to_inputs", written);
    Files.writeString(json, figures.toPrettyString() + "\n");
  }
}
