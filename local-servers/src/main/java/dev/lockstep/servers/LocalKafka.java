package dev.lockstep.servers;

import java.net.BindException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
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

  private static final int NODE_ID = 1;
  private static final String CLIENTS = "CLIENTS";
  private static final String CONTROLLER = "CONTROLLER";

  private final int port;
  private final KafkaRaftServer server;
  private final BrokerDirectory directory;

  private LocalKafka(int port, KafkaRaftServer server, BrokerDirectory directory) {
    this.port = port;
    this.server = server;
    this.directory = directory;
  }

  /**
   * Starts a broker and returns when it serves clients.
   *
   * @param dataDirectory holds the records; made if absent, opened again with its topics if a
   *     broker of this class wrote it, never deleted here. One broker at a time
   * @throws ServerStartException if the directory is in use or the broker can't start; on what
   *     Kafka holds to be fatal, such as a damaged metadata log, it halts this JVM
   */
  public static LocalKafka start(Path dataDirectory) {
    return start(dataDirectory, LoopbackPorts.free());
  }

  static LocalKafka start(Path dataDirectory, LoopbackPorts ports) {
    BrokerDirectory directory = BrokerDirectory.open(dataDirectory, NODE_ID, CONTROLLER);
    try {
      for (int attempt = 1; ; attempt++) {
        try {
          return startOn(directory, ports.next(), ports.next());
        } catch (RuntimeException e) {
          if (!isPortTaken(e) || attempt == LoopbackPorts.ATTEMPTS) {
            throw e;
          }
        }
      }
    } catch (RuntimeException e) {
      directory.close();
      throw new ServerStartException(
          "The Kafka broker can't start on " + directory.path() + ": " + e.getMessage(), e);
    }
  }

  private static LocalKafka startOn(BrokerDirectory directory, int port, int controllerPort) {
    KafkaConfig settings =
        new KafkaConfig(properties(directory.path(), port, controllerPort), false);
    KafkaRaftServer server = new KafkaRaftServer(settings, Time.SYSTEM);
    LocalKafka kafka = new LocalKafka(port, server, directory);
    try {
      server.startup();
      return kafka;
    } catch (RuntimeException e) {
      kafka.stop();
      throw e;
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

  /**
   * Tells whether another start is worth while. A taken controller port doesn't come here: Kafka
   * halts the JVM at once, hence ports that nobody takes by accident.
   */
  private static boolean isPortTaken(Throwable failure) {
    for (@Nullable Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof BindException) {
        return true;
      }
    }
    return false;
  }

  private void stop() {
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
    stop();
    directory.close();
  }
}
