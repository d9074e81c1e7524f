package dev.lockstep.cli.run;

import dev.lockstep.beam.kafka.StreamTopics;
import dev.lockstep.cli.history.LeftOut;
import dev.lockstep.cli.kafka.Topics;
import dev.lockstep.cli.process.EmbeddedServers.Addresses;
import dev.lockstep.cli.project.CommandException;
import dev.lockstep.cli.project.Definition;
import dev.lockstep.cli.project.FailureKind;
import dev.lockstep.cli.replay.ReplayLog;
import dev.lockstep.cli.replay.ReplayLog.Stretch;
import dev.lockstep.cli.replay.ReplaySource;
import dev.lockstep.cli.replay.Replayer;
import dev.lockstep.cli.tables.TableLoad;
import dev.lockstep.cli.tables.TableLoader;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.plan.SourcePlan;
import dev.lockstep.plan.ViewPlan;
import dev.lockstep.project.History;
import dev.lockstep.time.Micros;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A project's history on its way into the servers again: its tables, then its events. */
public final class ReplayRun {
  private final FeaturePlan plan;
  private final History history;
  private final Addresses servers;
  private final StreamTopics topics;
  private final Path work;

  /**
   * @param work a folder for temporary files, the caller's to delete
   */
  public ReplayRun(Definition definition, History history, Addresses servers, Path work) {
    this.plan = definition.plan();
    this.history = history;
    this.servers = servers;
    this.topics = StreamTopics.of("", plan);
    this.work = work;
  }

  /**
   * Writes all versions of the tables into the online store.
   *
   * @param replace whether keys that the history no longer has are removed there
   * @param leftOut takes the rows that can't be used
   */
  public List<TableLoad> loadTables(boolean replace, LeftOut leftOut) throws IOException {
    return new TableLoader(plan, history, StoreCheck.reachable(servers.redis()), leftOut)
        .load(replace);
  }

  /** Events that become known in {@code [from, until)}, in that order. */
  public ReplayLog events(Instant from, Instant until, LeftOut leftOut) throws IOException {
    return ReplayLog.read(
        source("events"), new Stretch(Micros.of(from), Micros.of(until), Long.MIN_VALUE), leftOut);
  }

  /**
   * The events of the history's replay, and before them those that warm a stream up, from {@link
   * #warmUpFrom} or earlier.
   *
   * @param leastBefore so many that warm up, if the history has them
   */
  public ReplayLog warmedUp(int leastBefore, LeftOut leftOut) throws IOException {
    long split = Micros.of(history.replayFrom());
    long from = Micros.of(warmUpFrom());
    long found = before(from, split);
    for (long last = -1; found < leastBefore && found > last; ) {
      last = found;
      from =
          Micros.minusSaturating(
              split, 2 * Math.min(Micros.minusSaturating(split, from), Long.MAX_VALUE / 2));
      found = before(from, split);
    }
    return ReplayLog.read(
        source("events"), new Stretch(from, Micros.of(history.replayUntil()), split), leftOut);
  }

  private long before(long from, long split) throws IOException {
    return ReplayLog.count(source("events"), new Stretch(from, split, split));
  }

  private ReplaySource source(String name) {
    return new ReplaySource(plan, history, topics, work.resolve(name));
  }

  /**
   * Where a stream that starts empty must begin so that it knows at {@code replayFrom} what batch
   * knows: the longest window and the greatest lateness before.
   */
  public Instant warmUpFrom() {
    long window = plan.views().stream().mapToLong(ViewPlan::reachMicros).max().orElse(0);
    long lateness =
        plan.sources().stream()
            .filter(s -> !s.table())
            .mapToLong(SourcePlan::latenessMicros)
            .max()
            .orElse(0);
    return Micros.toInstant(
        Micros.minusSaturating(
            Micros.minusSaturating(Micros.of(history.replayFrom()), window), lateness));
  }

  /** How many partitions topics need so that events keep the partitions of their archive. */
  public int partitions(ReplayLog log) {
    return topics.inputs(plan).stream().mapToInt(log::partitions).max().orElse(0);
  }

  /**
   * Checks that the topics keep the events' own times.
   *
   * @throws CommandException if one stamps records when they are appended
   */
  void requireOwnTimes() {
    List<String> stamping =
        new Topics(servers.kafka())
            .stamps(topics.inputs(plan)).entrySet().stream()
                .filter(topic -> topic.getValue().appendTime())
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    if (!stamping.isEmpty()) {
      throw new CommandException(
          FailureKind.DATA,
          "the topics "
              + stamping
              + " stamp records when they are appended (LogAppendTime), so all events of a replay"
              + " would be of now",
          "start lockstep stream --replay on a broker that doesn't have these topics yet: it"
              + " makes them so that they keep the events' own times");
    }
  }

  /** Something that appends the events of a log to Kafka; see {@link #requireOwnTimes}. */
  public Replayer replayer(ReplayLog log, InstantSource clock) {
    Topics broker = new Topics(servers.kafka());
    Map<String, Integer> there = broker.partitions(topics.inputs(plan));
    requireOwnTimes();
    Set<String> keeping = new HashSet<>(there.keySet());
    keeping.removeAll(moved(log, there));
    return new Replayer(broker.clientSettings(), there, keeping, clock);
  }

  /**
   * Topics that have fewer partitions than the archive of their events: those go by their keys, and
   * of two that became known at once, another may be the first (C1).
   */
  public List<String> moved(ReplayLog log) {
    return moved(log, new Topics(servers.kafka()).partitions(topics.inputs(plan)));
  }

  private static List<String> moved(ReplayLog log, Map<String, Integer> there) {
    return there.entrySet().stream()
        .filter(t -> log.partitions(t.getKey()) > t.getValue())
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }
}
