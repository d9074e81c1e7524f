package dev.lockstep.beam.simulation;

import dev.lockstep.beam.kafka.ProcessFigures;
import dev.lockstep.beam.kafka.SimulatedFeed;
import dev.lockstep.beam.kafka.SimulatedKafka;
import dev.lockstep.beam.kafka.SimulatedLog;
import dev.lockstep.beam.stream.SimulatedTables;
import dev.lockstep.beam.stream.Tally;
import java.util.Map;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** One schedule: a case's records on their way through the job, in the steps of a seed. */
final class Simulation {
  private static final PipelineOptions OPTIONS = PipelineOptionsFactory.create();
  private static final long FAR_MILLIS = 400L * 86_400_000;
  private static final int MOST_ROUNDS = 10_000;

  private final SimulatedSet set;
  private final SimulatedCase of;
  private final Schedule schedule;
  private final Sabotage sabotage;
  private final SimulatedKafka kafka;
  private final SimulatedRedis redis = new SimulatedRedis();
  private final Published published;
  private final long duplicatesBefore = duplicates();
  private final Weights weights;
  private SimulatedJob job;
  private int crashesLeft;
  private int crashes;

  /**
   * @param crashes how many there may be at most
   */
  Simulation(
      SimulatedCase of, SimulatedSet set, Schedule schedule, int crashes, Sabotage sabotage) {
    this.of = of;
    this.set = set;
    this.schedule = schedule;
    this.crashesLeft = crashes;
    this.sabotage = sabotage;
    this.published = new Published(set);
    this.kafka = new SimulatedKafka(of.logs(schedule), set.live(), of.startMillis);
    this.weights = new Weights(schedule);
    set.functions().store().is(redis);
    SimulatedTables.load(set.plan(), of.versions(), redis);
    redis.sync();
    this.job = start(null);
  }

  private SimulatedJob start(@Nullable Checkpoint from) {
    int skew = (int) set.brokerSkewMillis();
    long worker = skew == 0 ? 0 : schedule.pick(2 * skew + 1) - skew;
    int parallelism = 1 + schedule.pick(3);
    schedule.tell(
        () ->
            (from == null ? "the job begins" : "the job comes again from checkpoint " + from.id)
                + " with parallelism "
                + parallelism);
    if (from != null) {
      sabotage.atRestore(from);
    }
    return new SimulatedJob(
        new SimulatedJob.Setup(set.graph(), set.functions(), OPTIONS, sabotage, published::add),
        schedule,
        new SimulatedFeed(kafka, set.inputs(), worker),
        parallelism,
        from);
  }

  /** Runs it to its end. */
  Verdict run() {
    try {
      phase(0);
      while (!kafka.isDone()) {
        weights.next(this);
      }
      for (int left = schedule.pick(300); left > 0; left--) {
        weights.next(this);
      }
      drain();
      // Where only what has settled is promised, nothing may be in flight twice from now on.
      crashesLeft = of.isOrdered() || set.isOfOneEntity() ? crashesLeft : 0;
      for (int phase = 1; phase < of.phases.size() - 1; phase++) {
        phase(phase);
        appendAll();
        drain();
      }
      Verdict verdict = new Verdict(of, set, published);
      phase(of.phases.size() - 1);
      appendAll();
      kafka.passTo(of.endMillis + FAR_MILLIS);
      drain();
      verdict.compare(crashes == 0 ? duplicates() - duplicatesBefore : -1);
      verdict.compareState(job);
      return verdict;
    } finally {
      job.close();
    }
  }

  private static long duplicates() {
    return Math.round(Tally.all().getOrDefault(ProcessFigures.DUPLICATES, 0.0));
  }

  private void phase(int number) {
    Map<TopicPartition, Integer> ends = of.phases.get(number);
    kafka.logs().forEach(log -> log.openTo(ends.get(log.partition())));
  }

  private void restart() {
    crashes++;
    job.close();
    job = start(job.completed());
  }

  // The steps that may come next.

  void append() {
    SimulatedLog log = kafka.logs().get(schedule.pick(kafka.logs().size()));
    int most = 1 + schedule.pick(6);
    for (int n = 0; n < most && kafka.append(log); n++) {
      schedule.tell(() -> "a record is appended to " + log.partition());
    }
  }

  void createPartition() {
    SimulatedLog log = kafka.logs().get(schedule.pick(kafka.logs().size()));
    if (!log.exists()) {
      schedule.tell(() -> "partition " + log.partition() + " is added");
      kafka.create(log);
    }
  }

  void passTime() {
    kafka.passTo(kafka.clockMillis() + schedule.pick(20_000));
    schedule.pass(schedule.pick(1_000));
  }

  void fetch() {
    SimulatedFeed feed = job.feed();
    if (feed.reading() > 0) {
      feed.fetch(schedule.pick(feed.reading()), 1 + schedule.pick(10));
    }
  }

  void ask() {
    job.feed().ask();
  }

  void poll() {
    job.poll(1 + schedule.pick(16));
  }

  void tellWatermark() {
    job.tellWatermark();
  }

  void deliver() {
    job.deliver(1 + schedule.pick(12));
  }

  void finishBundle() {
    job.finishBundle();
  }

  void fireProcessing() {
    job.fireProcessing();
  }

  void checkpoint() {
    job.beginCheckpoint();
  }

  boolean crash() {
    if (crashesLeft == 0) {
      return false;
    }
    crashesLeft--;
    schedule.tell(() -> "the job is killed");
    restart();
    return true;
  }

  /** Redis comes again with what it has on disk: all that was loaded. */
  void redis() {
    redis.crash();
    schedule.tell(() -> "Redis comes again with what it has on disk");
  }

  private void appendAll() {
    for (int n = 0; !kafka.isDone(); n++) {
      SimulatedLog log = kafka.logs().get(n % kafka.logs().size());
      while (kafka.append(log)) {
        schedule.tell(() -> "a record is appended to " + log.partition());
      }
    }
  }

  /** Lets all that is there go through, until nothing moves. */
  private void drain() {
    for (int round = 0, quiet = 0; quiet < 2; round++) {
      if (round > MOST_ROUNDS) {
        throw new IllegalStateException("it never comes to rest");
      }
      boolean moved = false;
      if (schedule.oneIn(6)) {
        job.beginCheckpoint();
      }
      if (schedule.oneIn(10)) {
        moved |= crash();
      }
      SimulatedFeed feed = job.feed();
      kafka.passTo(
          kafka.clockMillis() + set.visibleWithinMillis() + 2 * set.brokerSkewMillis() + 1);
      while (!feed.ask()) {}
      for (int i = 0; i < feed.reading(); i++) {
        moved |= feed.fetch(i, Integer.MAX_VALUE);
      }
      moved |= job.pollAll();
      job.tellWatermarks();
      long before = job.processed();
      while (job.deliver(Integer.MAX_VALUE)) {}
      moved |= job.processed() > before;
      moved |= job.finishBundles();
      schedule.pass(1_000);
      moved |= job.fireProcessing();
      quiet = moved ? 0 : quiet + 1;
    }
  }
}
