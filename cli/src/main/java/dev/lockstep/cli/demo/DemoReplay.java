package dev.lockstep.cli.demo;

import dev.lockstep.cli.history.LeftOut;
import dev.lockstep.cli.project.CommandException;
import dev.lockstep.cli.project.FailureKind;
import dev.lockstep.cli.replay.ReplayCursor;
import dev.lockstep.cli.replay.ReplayEvent;
import dev.lockstep.cli.replay.ReplayLog;
import dev.lockstep.cli.replay.Replayer;
import dev.lockstep.cli.run.ReplayRun;
import dev.lockstep.cli.view.Screen;
import dev.lockstep.cli.view.Status;
import dev.lockstep.cli.view.StatusView;
import dev.lockstep.cli.view.Steps;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.project.History;
import dev.lockstep.time.Micros;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The replay of a demo: a warm-up as fast as it goes, then the counted days at a pace. */
final class DemoReplay {
  /** How long nothing may come out, while something is due, before the demo gives up. */
  private static final Duration PATIENCE = Duration.ofSeconds(45);

  /** The same for the warm-up, which begins while the stream is starting. */
  private static final Duration START_PATIENCE = Duration.ofSeconds(120);

  /** A cold start isn't what is measured: by so many events most code has been compiled. */
  private static final int LEAST_WARM_UP = 90_000;

  private static final Duration RUN_IN = Duration.ofSeconds(12);

  private static final Duration LOOK = Duration.ofMillis(200);

  /** What was sent. */
  record Sent(long warmUpEvents, long events, double eventsPerSecond) {}

  private final DemoSettings settings;
  private final FeaturePlan plan;
  private final ReplayRun replay;
  private final History history;
  private final Outcomes outcomes;
  private final Runnable health;
  private final Steps steps;
  private final StatusView view;

  /**
   * @param health throws if a process that is needed has ended
   */
  DemoReplay(
      DemoSettings settings,
      ReplayRun replay,
      History history,
      Outcomes outcomes,
      Runnable health,
      Steps steps,
      PrintStream out) {
    this.settings = settings;
    this.plan = settings.definition().plan();
    this.replay = replay;
    this.history = history;
    this.outcomes = outcomes;
    this.health = health;
    this.steps = steps;
    this.view = new StatusView(out, Screen.showsOutput(), Screen::width);
  }

  Sent run(KnownLabels labels) throws IOException, InterruptedException {
    LeftOut leftOut = new LeftOut();
    ReplayLog log = replay.warmedUp(LEAST_WARM_UP, leftOut);
    leftOut.lines().forEach(line -> steps.say("%s", line));
    long warmUp = log.countBefore();
    long counted = log.count() - warmUp;
    if (counted == 0) {
      throw new CommandException(
          FailureKind.DATA,
          "the history has no events from " + history.replayFrom(),
          "give it some to replay");
    }
    try (ReplayCursor events = log.open();
        Replayer replayer = replay.replayer(log, InstantSource.system())) {
      warmUp(replayer, events, warmUp);
      SeenRequests due = new SeenRequests(plan, events);
      double rate = paced(replayer, due, counted, new LiveAccuracy(labels, outcomes.scores()));
      replayer.end();
      if (!awaitOut(PATIENCE, () -> isOut(due.requests()))) {
        steps.say("not everything that is due came out: the comparison will tell what is missing");
      }
      return new Sent(warmUp, counted, rate);
    }
  }

  /** As fast as it goes, then a run-in at the pace: the JIT compiles for what it sees. */
  private void warmUp(Replayer replayer, ReplayCursor events, long all)
      throws InterruptedException {
    long runIn = Math.min(all / 4, (long) (settings.eventsPerSecond() * RUN_IN.toSeconds()));
    long unpaced = all - runIn;
    steps.say(
        "warming up the stream with %,d events, uncounted: %,d as fast as it goes, %,d at the pace",
        all, unpaced, runIn);
    ReplayEvent first = events.peek();
    long begin =
        all > 0 && first != null ? first.availableAtMicros() : Micros.of(history.replayFrom());
    replayer.tick(Micros.toMillis(begin));
    SeenRequests seen = new SeenRequests(plan, events);
    long sent = replayer.send(seen, unpaced, all, 0, s -> {}, () -> false);
    awaitWarmUp(seen.requests());
    replayer.send(seen, all - sent, all - sent, settings.eventsPerSecond(), s -> {}, () -> false);
    replayer.tick(Micros.toMillis(Micros.of(history.replayFrom())));
    awaitWarmUp(seen.requests());
    steps.say("the stream is warm: %,d vectors scored", outcomes.warmUpScores());
  }

  private void awaitWarmUp(int due) throws InterruptedException {
    if (!awaitOut(START_PATIENCE, () -> warmUpOut() >= due)) {
      throw new CommandException(
          FailureKind.INFRASTRUCTURE,
          "the warm-up's "
              + due
              + " requests gave "
              + outcomes.warmUpVectors()
              + " vectors and "
              + outcomes.warmUpScores()
              + " scores, and no more came for "
              + START_PATIENCE.toSeconds()
              + " s",
          "read the logs of stream and serve in " + settings.workspace().demo().resolve("logs"));
    }
  }

  private int warmUpOut() {
    return Math.min(outcomes.warmUpVectors(), outcomes.warmUpScores());
  }

  private boolean isOut(int due) {
    return outcomes.vectors().size() >= due && outcomes.scores().size() >= due;
  }

  /** Sends at the pace on another thread, and shows how it goes on this one. */
  private double paced(Replayer replayer, SeenRequests events, long count, LiveAccuracy accuracy)
      throws InterruptedException {
    steps.say(
        "replaying %,d events from %s to %s at %.0f a second",
        count, history.replayFrom(), history.replayUntil(), settings.eventsPerSecond());
    AtomicLong sent = new AtomicLong();
    AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();
    AtomicReference<Boolean> stopped = new AtomicReference<>(false);
    CountDownLatch done = new CountDownLatch(1);
    AtomicLong endNanos = new AtomicLong();
    long start = System.nanoTime();
    Thread sender =
        new Thread(
            () -> {
              try {
                replayer.send(
                    events, count, count, settings.eventsPerSecond(), sent::set, stopped::get);
              } catch (RuntimeException e) {
                failure.set(e);
              } finally {
                endNanos.set(System.nanoTime());
                done.countDown();
              }
            },
            "replay");
    sender.start();
    try {
      while (!done.await(view.period().toMillis(), TimeUnit.MILLISECONDS)) {
        health.run();
        show(events, count, sent.get(), (System.nanoTime() - start) / 1e9, accuracy);
      }
    } finally {
      stopped.set(true);
      sender.join();
    }
    RuntimeException e = failure.get();
    if (e != null) {
      throw e;
    }
    double seconds = (endNanos.get() - start) / 1e9;
    show(events, count, count, seconds, accuracy);
    return count / seconds;
  }

  private void show(
      SeenRequests events, long count, long sent, double seconds, LiveAccuracy accuracy) {
    long now = events.lastAvailableAtMicros();
    accuracy.advance(now);
    Outcomes.Latency latency = outcomes.latency();
    view.show(
        new Status(
            sent,
            count,
            sent / seconds,
            outcomes.vectors().size(),
            outcomes.scores().size(),
            latency.p50(),
            latency.p99(),
            latency.max(),
            outcomes.alerts(),
            settings.definition().action(),
            accuracy.known(),
            accuracy.accuracy(),
            accuracy.auc(),
            Micros.toInstant(now),
            Math.round((count - sent) / settings.eventsPerSecond())));
  }

  /** Waits until something is true, as long as anything comes out. */
  private boolean awaitOut(Duration patience, BooleanSupplier isDone) throws InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    long lastOut = -1;
    long lastNanos = System.nanoTime();
    while (!isDone.getAsBoolean()) {
      health.run();
      long out = warmUpOut() + outcomes.vectors().size() + outcomes.scores().size();
      if (out != lastOut) {
        lastOut = out;
        lastNanos = System.nanoTime();
      } else if (System.nanoTime() - lastNanos > patience.toNanos()) {
        return false;
      }
      var unused = never.await(LOOK.toMillis(), TimeUnit.MILLISECONDS);
    }
    return true;
  }
}
