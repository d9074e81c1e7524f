package dev.lockstep.cli.process;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A Kafka broker and a Redis server in a child process, for runs that weren't given any. */
public final class EmbeddedServers implements AutoCloseable {
  private static final Duration START_TIMEOUT = Duration.ofSeconds(90);
  private static final Pattern ADDRESSES = Pattern.compile("kafka=(\\S+) redis=(\\S+)");

  private final ChildJvm child;
  private final Addresses addresses;

  /**
   * Where servers are.
   *
   * @param kafka bootstrap servers: {@code host:port,...}
   * @param redis {@code redis://host:port}
   */
  public record Addresses(String kafka, String redis) {}

  private EmbeddedServers(ChildJvm child, Addresses addresses) {
    this.child = child;
    this.addresses = addresses;
  }

  /**
   * Starts both servers and returns when they serve.
   *
   * @param data a folder for the broker's records, emptied at the end
   * @param logs a folder for the log
   * @param cleanup ends them
   * @throws ChildFailedException if they can't start
   */
  public static EmbeddedServers start(Path data, Path logs, Cleanup cleanup)
      throws IOException, InterruptedException {
    ChildJvm child =
        cleanup.add(
            ChildJvm.start(
                new ChildJvm.Start(
                    "servers",
                    ClassPaths.ofServers(),
                    List.of("-Xms64m", "-Xmx512m", "-XX:+UseSerialGC"),
                    "dev.lockstep.servers.ServersMain",
                    List.of("--data", data.toString())),
                logs));
    String line = child.awaitReady(START_TIMEOUT);
    Matcher matcher = ADDRESSES.matcher(line);
    if (!matcher.matches()) {
      throw new ChildFailedException("the servers' addresses can't be read from: " + line);
    }
    return new EmbeddedServers(child, new Addresses(matcher.group(1), matcher.group(2)));
  }

  public Addresses addresses() {
    return addresses;
  }

  /** Checks that they are running. */
  public void checkAlive() {
    child.checkAlive();
  }

  @Override
  public void close() {
    child.close();
  }
}
