package dev.lockstep.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A real Redis server on 127.0.0.1 and a free port, a child process without persistence that ends
 * with this JVM however the JVM ends.
 *
 * <p>The server comes with the embedded-redis archive; where that one doesn't start, the {@code
 * redis-server} on the PATH is taken. Linux and macOS.
 */
public final class LocalRedis implements AutoCloseable {

  private static final Duration START_TIMEOUT = Duration.ofSeconds(30);

  private final int port;
  private final Watchdog process;

  private LocalRedis(int port, Watchdog process) {
    this.port = port;
    this.process = process;
  }

  /**
   * Starts a server and returns when it accepts connections.
   *
   * @throws ServerStartException if neither server starts, with the reason of each and the cure
   */
  public static LocalRedis start() {
    return start(List.of(RedisProgram.bundled(), RedisProgram.onPath()), LoopbackPorts.free());
  }

  /**
   * Starts a server where one was before, with nothing in it.
   *
   * @throws ServerStartException if neither server starts, or the port is taken
   */
  public static LocalRedis startAt(int port) {
    return start(List.of(RedisProgram.bundled(), RedisProgram.onPath()), () -> port);
  }

  /** Starts the first of the programs that starts. */
  static LocalRedis start(List<RedisProgram> programs, LoopbackPorts ports) {
    StringBuilder reasons = new StringBuilder();
    for (RedisProgram program : programs) {
      try {
        return start(program, ports);
      } catch (ServerStartException e) {
        reasons.append("\n  ").append(program.name()).append(": ").append(e.getMessage());
      }
    }
    throw new ServerStartException(
        "No Redis server starts here:"
            + reasons
            + "\nInstall OpenSSL 3's libraries for the bundled one (Debian, Ubuntu: apt-get install"
            + " libssl3; macOS: brew install openssl@3),"
            + "\nor a Redis server (apt-get install redis-server; brew install redis).");
  }

  private static LocalRedis start(RedisProgram program, LoopbackPorts ports) {
    for (int attempt = 1; ; attempt++) {
      try {
        return startOn(ports.next(), program);
      } catch (ServerStartException e) {
        boolean portTaken = String.valueOf(e.getMessage()).contains("Address already in use");
        if (!portTaken || attempt == LoopbackPorts.ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  private static LocalRedis startOn(int port, RedisProgram program) {
    Path directory;
    try {
      directory = Files.createTempDirectory("lockstep-redis-");
    } catch (IOException e) {
      throw new UncheckedIOException("Can't make a directory for Redis", e);
    }
    Watchdog process = Watchdog.start(directory, command(port, program, directory));
    try {
      process.awaitLine("Ready to accept connections", START_TIMEOUT);
      return new LocalRedis(port, process);
    } catch (ServerStartException e) {
      process.close();
      throw e;
    }
  }

  private static List<String> command(int port, RedisProgram program, Path directory) {
    Path executable;
    try {
      executable = program.source().locate(directory);
    } catch (IOException | RuntimeException e) {
      // embedded-redis reports an unknown system with exceptions of its own, all unchecked.
      Watchdog.start(directory, List.of()).close();
      throw new ServerStartException("not found: " + e.getMessage(), e);
    }
    List<String> command = new ArrayList<>(List.of(executable.toString()));
    command.addAll(List.of("--port", Integer.toString(port), "--bind", LoopbackPorts.HOST));
    command.addAll(List.of("--save", "", "--appendonly", "no"));
    command.addAll(List.of("--daemonize", "no", "--dir", directory.toString()));
    return command;
  }

  /** Returns the server's address, such as {@code redis://127.0.0.1:40123}. */
  public String uri() {
    return "redis://" + LoopbackPorts.HOST + ":" + port;
  }

  /**
   * Ends the server, with all its data, and returns when it is gone. Closing again does nothing.
   */
  @Override
  public void close() {
    process.close();
  }
}
