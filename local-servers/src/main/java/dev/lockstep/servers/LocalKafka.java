package dev.lockstep.servers;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;
import org.jspecify.annotations.Nullable;

/**
 * A real Kafka broker inside this JVM: one node that is broker and controller (KRaft), on 127.0.0.1
 * and free ports.
 *
 * <p>Topics have no retention unless they ask for it, since replays carry time stamps of decades
 * ago, which the default of seven days deletes within minutes. Topics aren't created by use:
 * clients create them.
 */
public final class LocalKafka implements AutoCloseable {

  /** Always the same, so that a data directory can be opened again. */
  private static final String CLUSTER_ID = "bG9ja3N0ZXAtbG9jYWwwMQ";

  private static final int NODE_ID = 1;
  private static final String CLIENTS = "CLIENTS";
  private static final String CONTROLLER = "CONTROLLER";

  private final int port;
  private final KafkaRaftServer server;

  private LocalKafka(int port, KafkaRaftServer server) {
    this.port = port;
    this.server = server;
  }

  /**
   * Starts a broker and returns when it serves clients.
   *
   * @param dataDirectory holds the records; made if absent, opened again with its topics if a
   *     broker of this class wrote it, never deleted here. One broker at a time
   * @throws ServerStartException if the directory is in use or the broker can't start
   */
  public static LocalKafka start(Path dataDirectory) {
    return start(dataDirectory, LoopbackPorts.ofSystem());
  }

  static LocalKafka start(Path dataDirectory, LoopbackPorts ports) {
    try {
      Files.createDirectories(dataDirectory);
    } catch (IOException e) {
      throw new UncheckedIOException("Can't make the broker's data directory " + dataDirectory, e);
    }
    format(dataDirectory);
    for (int attempt = 1; ; attempt++) {
      int port = ports.next();
      int controllerPort = ports.next();
      KafkaRaftServer server = null;
      try {
        server =
            new KafkaRaftServer(
                new KafkaConfig(properties(dataDirectory, port, controllerPort), false),
                Time.SYSTEM);
        server.startup();
        return new LocalKafka(port, server);
      } catch (RuntimeException e) {
        if (server != null) {
          stop(server);
        }
        if (!isPortTaken(e) || attempt == LoopbackPorts.ATTEMPTS) {
          throw new ServerStartException(
              "The Kafka broker can't start on "
                  + dataDirectory
                  + ": "
                  + e.getMessage()
                  + "; give it a directory of its own that no other broker uses",
              e);
        }
      }
    }
  }

  private static void format(Path dataDirectory) {
    Formatter formatter =
        new Formatter()
            .setPrintStream(
                new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
            .setClusterId(CLUSTER_ID)
            .setNodeId(NODE_ID)
            .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION)
            .setControllerListenerName(CONTROLLER)
            .addDirectory(dataDirectory.toString())
            .setMetadataLogDirectory(dataDirectory.toString())
            .setIgnoreFormatted(true);
    try {
      formatter.run();
    } catch (Exception e) { // As declared by Kafka.
      throw new ServerStartException(
          "Kafka can't use "
              + dataDirectory
              + " as its data directory: "
              + e.getMessage()
              + "; give it an empty one",
          e);
    }
  }

  private static Map<String, String> properties(Path dataDirectory, int port, int controllerPort) {
    String clients = CLIENTS + "://" + LoopbackPorts.HOST + ":" + port;
    String controller = LoopbackPorts.HOST + ":" + controllerPort;
    Map<String, String> properties = new HashMap<>();
    properties.put("process.roles", "broker,controller");
    properties.put("node.id", Integer.toString(NODE_ID));
    properties.put("controller.quorum.voters", NODE_ID + "@" + controller);
    properties.put("controller.listener.names", CONTROLLER);
    properties.put("inter.broker.listener.name", CLIENTS);
    properties.put("listeners", clients + "," + CONTROLLER + "://" + controller);
    properties.put("advertised.listeners", clients);
    properties.put(
        "listener.security.protocol.map", CLIENTS + ":PLAINTEXT," + CONTROLLER + ":PLAINTEXT");
    properties.put("log.dirs", dataDirectory.toString());
    properties.put("auto.create.topics.enable", "false");
    properties.put("log.retention.ms", "-1");
    // Segments roll by event time: a replay of years would open one for each week.
    properties.put("log.roll.ms", Long.toString(Long.MAX_VALUE));
    properties.put("default.replication.factor", "1");
    properties.put("min.insync.replicas", "1");
    properties.put("offsets.topic.replication.factor", "1");
    properties.put("offsets.topic.num.partitions", "1");
    properties.put("transaction.state.log.replication.factor", "1");
    properties.put("transaction.state.log.min.isr", "1");
    properties.put("transaction.state.log.num.partitions", "1");
    properties.put("group.initial.rebalance.delay.ms", "0");
    // The default is an array of 128 MiB, to compact logs far larger than these.
    properties.put("log.cleaner.dedupe.buffer.size", Integer.toString(4 << 20));
    return properties;
  }

  private static boolean isPortTaken(Throwable failure) {
    for (@Nullable Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof BindException || String.valueOf(t.getMessage()).contains("in use: bind")) {
        return true;
      }
    }
    return false;
  }

  private static void stop(KafkaRaftServer server) {
    server.shutdown();
    server.awaitShutdown();
  }

  /** Returns the address for clients, such as {@code 127.0.0.1:40123}. */
  public String bootstrapServers() {
    return LoopbackPorts.HOST + ":" + port;
  }

  /** Stops the broker and returns when it has; its data stays. Closing again does nothing. */
  @Override
  public void close() {
    stop(server);
  }
}
