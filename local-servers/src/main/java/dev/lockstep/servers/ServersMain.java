package dev.lockstep.servers;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Main class of a process that runs a Kafka broker and a Redis server for its parent.
 *
 * <pre>
 * java -cp local-servers.jar:... dev.lockstep.servers.ServersMain --data DIR
 * </pre>
 *
 * <p>When both serve, it prints one line on standard output, {@code READY kafka=127.0.0.1:PORT
 * redis=redis://127.0.0.1:PORT}, and nothing else ever. It runs until its standard input ends,
 * which happens when the parent closes the pipe or dies, or until SIGTERM or SIGINT; then it stops
 * both servers, deletes what it made under DIR (and DIR itself, if it made that), and exits with 0.
 * Nothing stays behind when this process is killed outright either, but for an empty DIR. Exit code
 * 1: a server can't start; 2: wrong arguments; reasons on standard error.
 */
public final class ServersMain {

  private static final String LOGGER = "org.slf4j.simpleLogger.";
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(60);
  private static final int FAILED = 1;
  private static final int WRONG_ARGUMENTS = 2;

  private final CountDownLatch stopAsked = new CountDownLatch(1);
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final AtomicInteger exitCode = new AtomicInteger(FAILED);

  private ServersMain() {}

  /** Runs the servers; see the class. */
  public static void main(String[] arguments) {
    // Here, not in a file, which would also configure those who have this module on their class
    // path. Must precede the first logger.
    System.setProperty(LOGGER + "defaultLogLevel", "warn");
    // Warn at every start of a new cluster and at every stop.
    System.setProperty(LOGGER + "log.org.apache.kafka.controller.QuorumController", "error");
    System.setProperty(LOGGER + "log.org.apache.kafka.clients.NetworkClient", "error");
    if (arguments.length != 2 || !arguments[0].equals("--data") || arguments[1].isBlank()) {
      System.err.println("Usage: ServersMain --data DIR   (stops when standard input ends)");
      System.exit(WRONG_ARGUMENTS);
    }
    System.exit(new ServersMain().run(Path.of(arguments[1])));
  }

  private int run(Path data) {
    Runtime.getRuntime().addShutdownHook(new Thread(this::stopAndHalt, "stop-servers"));
    Thread input = new Thread(this::awaitEndOfInput, "standard-input");
    input.setDaemon(true);
    input.start();
    try {
      serve(data);
      exitCode.set(0);
    } catch (ServerStartException e) {
      System.err.println(e.getMessage());
    } catch (IOException | RuntimeException e) {
      // Caught whatever it is: the broker's threads would keep a dead process alive.
      System.err.println("The local servers failed on " + data + ": " + e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      stopped.countDown();
    }
    return exitCode.get();
  }

  private void serve(Path data) throws IOException, InterruptedException {
    boolean madeHere = Files.notExists(data);
    Files.createDirectories(data);
    // A new directory for each run: what a killed machine left behind is neither served nor
    // touched.
    Path kafkaDirectory = Files.createTempDirectory(data, "kafka-");
    try (Watchdog directoryGuard = Watchdog.start(kafkaDirectory, List.of());
        LocalRedis redis = LocalRedis.start();
        LocalKafka kafka = LocalKafka.start(kafkaDirectory)) {
      System.out.println("READY kafka=" + kafka.bootstrapServers() + " redis=" + redis.uri());
      System.out.flush();
      stopAsked.await();
    }
    if (madeHere) {
      deleteIfEmpty(data);
    }
  }

  private static void deleteIfEmpty(Path directory) throws IOException {
    try {
      Files.deleteIfExists(directory);
    } catch (DirectoryNotEmptyException e) {
      // Somebody else put files there in the meantime: theirs to delete.
      return;
    }
  }

  private void awaitEndOfInput() {
    try (InputStream input = System.in) {
      input.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      // Means what the end means: nobody is there any more.
      System.err.println("Standard input is broken, stopping: " + e.getMessage());
    } finally {
      stopAsked.countDown();
    }
  }

  /** The shutdown hook: lets the main thread clean up, then ends with 0 where a signal says 143. */
  private void stopAndHalt() {
    stopAsked.countDown();
    try {
      // Bounded, for if the main thread itself asked for the exit, it waits for this hook.
      if (!stopped.await(STOP_TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
        exitCode.set(FAILED);
      }
    } catch (InterruptedException e) {
      exitCode.set(FAILED); // Nobody interrupts a hook; if so, don't claim success.
    }
    Runtime.getRuntime().halt(exitCode.get());
  }
}
