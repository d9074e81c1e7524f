package dev.lockstep.cli.run;

import dev.lockstep.beam.kafka.InputMode;
import dev.lockstep.beam.kafka.InputStatus;
import dev.lockstep.beam.kafka.StreamTopics;
import dev.lockstep.beam.stream.PublicationStatus;
import dev.lockstep.cli.kafka.Topics;
import dev.lockstep.cli.project.CommandException;
import dev.lockstep.plan.FeaturePlan;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Watches a stream that runs in this process: tells when it reads all of its inputs, every ten
 * seconds what has changed and what holds it up, and at the end what it did in all.
 */
final class StreamWatch implements AutoCloseable {
  private static final Duration LOOK = Duration.ofMillis(50);
  private static final Duration WORD = Duration.ofSeconds(10);

  private final FeaturePlan plan;
  private final StreamTopics topics;
  private final Topics broker;
  private final InputMode mode;
  private final InstantSource clock;
  private final Consumer<String> words;
  private final BooleanSupplier jobRuns;
  private final Thread thread;
  private volatile boolean closed;
  private @Nullable StreamFigures first;
  private @Nullable StreamFigures said;
  private @Nullable String saidStalled;

  /**
   * @param jobRuns whether all tasks of the job run
   * @param ready told once they do, and all inputs are read
   * @param words takes lines for people
   */
  StreamWatch(
      FeaturePlan plan,
      String kafka,
      InputMode mode,
      InstantSource clock,
      BooleanSupplier jobRuns,
      Runnable ready,
      Consumer<String> words) {
    this.plan = plan;
    this.topics = StreamTopics.of("", plan);
    this.broker = new Topics(kafka);
    this.mode = mode;
    this.clock = clock;
    this.words = words;
    this.jobRuns = jobRuns;
    this.thread = new Thread(() -> watch(ready), "lockstep-watch");
    thread.setDaemon(true);
    thread.start();
  }

  private void watch(Runnable ready) {
    try {
      while (!closed && !(jobRuns.getAsBoolean() && readsAll())) {
        Thread.sleep(LOOK.toMillis());
      }
      if (closed) {
        return;
      }
      InputStatus before = InputStatus.ofThisProcess();
      PublicationStatus publishedBefore = PublicationStatus.ofThisProcess();
      first = figures(before);
      said = first;
      ready.run();
      while (!closed) {
        Thread.sleep(WORD.toMillis());
        InputStatus now = InputStatus.ofThisProcess();
        tell(now, before);
        before = now;
        PublicationStatus published = PublicationStatus.ofThisProcess();
        String word = published.words(publishedBefore);
        if (word != null) {
          words.accept(word);
        }
        publishedBefore = published;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether the job runs and has found the partitions of all its inputs. */
  private boolean readsAll() {
    List<String> read =
        InputStatus.ofThisProcess().partitions().stream()
            .filter(partition -> partition.end() >= 0)
            .map(InputStatus.Partition::topic)
            .distinct()
            .toList();
    return read.containsAll(topics.inputs(plan));
  }

  private void tell(InputStatus now, InputStatus before) {
    StreamFigures figures = figures(now);
    if (figures != null && first != null && !figures.equals(said)) {
      words.accept(figures.minus(first).text());
      said = figures;
    }
    String stalled =
        StreamFigures.stalled(now, before, mode.live(), mode.mostVisibleWithin(), clock.millis());
    if (stalled != null && !stalled.equals(saidStalled)) {
      words.accept(stalled);
    }
    saidStalled = stalled;
  }

  /** Null where Kafka doesn't answer at the moment. */
  private @Nullable StreamFigures figures(InputStatus status) {
    try {
      Map<String, Long> counts = broker.recordCounts(topics.outputs());
      long read = 0;
      long overdue = 0;
      for (InputStatus.Partition partition : status.partitions()) {
        read += partition.position();
        overdue += partition.overdue();
      }
      return new StreamFigures(
          read,
          counts.getOrDefault(topics.vectors(), 0L),
          counts.getOrDefault(topics.late(), 0L),
          counts.getOrDefault(topics.deadLetters(), 0L),
          overdue);
    } catch (CommandException e) {
      return null; // what it is will be told as what holds the stream up
    }
  }

  /** Ends the watch with the totals. */
  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    StreamFigures start = first;
    StreamFigures end = figures(InputStatus.ofThisProcess());
    if (start != null && said != null && !said.equals(start)) {
      words.accept(
          "in all: " + (end == null || end.read() < said.read() ? said : end).minus(start).text());
    }
  }
}
