package dev.lockstep.cli.run;

import dev.lockstep.beam.event.EventEncoder;
import dev.lockstep.beam.kafka.StreamTopics;
import dev.lockstep.cli.kafka.Topics;
import dev.lockstep.cli.process.EmbeddedServers.Addresses;
import dev.lockstep.cli.project.Definition;
import dev.lockstep.cli.replay.ReplayEvent;
import dev.lockstep.cli.replay.ReplayLog;
import dev.lockstep.cli.replay.Replayer;
import dev.lockstep.cli.tables.TableLoader;
import dev.lockstep.define.History;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.plan.SourcePlan;
import dev.lockstep.plan.ViewPlan;
import dev.lockstep.store.OnlineWriter;
import dev.lockstep.time.Micros;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** A project's history on its way into the servers again: its tables, then its events. */
public final class ReplayRun {
  private final FeaturePlan plan;
  private final History history;
  private final Addresses servers;
  private final StreamTopics topics;

  public ReplayRun(Definition definition, History history, Addresses servers) {
    this.plan = definition.plan();
    this.history = history;
    this.servers = servers;
    this.topics = StreamTopics.of("", plan);
  }

  /**
   * Writes all versions of the tables into the online store.
   *
   * @return the number of keys written
   */
  public int loadTables() throws IOException {
    try (OnlineWriter writer = StoreCheck.reachable(servers.redis()).openWriter()) {
      return TableLoader.load(plan, history, writer);
    }
  }

  /** Events that become known in {@code [from, until)}, in that order. */
  public List<ReplayEvent> events(Instant from, Instant until) throws IOException {
    return ReplayLog.read(
        plan, history, topics, EventEncoder.Format.JSON, Micros.of(from), Micros.of(until));
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

  /**
   * The events that warm a stream up: from {@link #warmUpFrom} or earlier to {@code replayFrom}.
   *
   * @param least so many, if the history has them
   */
  public List<ReplayEvent> warmUpEvents(int least) throws IOException {
    Duration stretch = Duration.between(warmUpFrom(), history.replayFrom());
    List<ReplayEvent> events = events(warmUpFrom(), history.replayFrom());
    for (int before = -1; events.size() < least && events.size() > before; ) {
      before = events.size();
      stretch = stretch.multipliedBy(2);
      events = events(history.replayFrom().minus(stretch), history.replayFrom());
    }
    return events;
  }

  /** Something that appends the events to Kafka. */
  public Replayer replayer(InstantSource clock) {
    Topics broker = new Topics(servers.kafka());
    return new Replayer(broker.clientSettings(), broker.partitions(topics.inputs(plan)), clock);
  }
}
