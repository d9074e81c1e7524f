package dev.lockstep.beam.simulation;

import dev.lockstep.beam.event.EventEncoder;
import dev.lockstep.beam.kafka.SimulatedLog;
import dev.lockstep.define.Emission;
import dev.lockstep.kernel.SourceRow;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.plan.SourcePlan;
import dev.lockstep.testing.NaiveOracle;
import dev.lockstep.testing.OracleVector;
import dev.lockstep.testing.RecordedEvent;
import dev.lockstep.time.KnowledgePosition;
import dev.lockstep.time.Micros;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * The records of some runs, where they stand in their partitions, and what the definition says of
 * them. A first phase may be interleaved in any way; the records of the second come one by one.
 */
final class SimulatedCase {
  private static final long FAR_MILLIS = 400L * 86_400_000;
  private static final int MOST_PARTITIONS = 3;

  /** What stands in a partition: a record's bytes and, of one that can be decoded, its event. */
  private record Entry(SimulatedLog.Planned planned, @Nullable RecordedEvent event) {}

  private final SimulatedSet of;
  private final SplittableRandom random;
  private final NaiveOracle oracle;
  private final List<EventEncoder> encoders = new ArrayList<>();
  private final Map<TopicPartition, List<Entry>> entries = new TreeMap<>(ORDER);
  private final Map<String, String> cardOfId = new HashMap<>();
  private final List<SourceRow> versions = new ArrayList<>();

  private static final Comparator<TopicPartition> ORDER =
      Comparator.comparing(TopicPartition::topic).thenComparingInt(TopicPartition::partition);

  /** Where each partition ends, phase by phase. */
  final List<Map<TopicPartition, Integer>> phases = new ArrayList<>();

  /** What each request is answered, by {@link #key}. */
  final Map<String, String> expected = new TreeMap<>();

  /** The keys of requests of the second phase alone: a copy of the first may be answered before. */
  final Set<String> settled = new HashSet<>();

  private final Set<String> unsettled = new HashSet<>();

  /** Where the records are that are no events, and those that are late. */
  final Set<String> dead = new TreeSet<>();

  final Set<String> late = new TreeSet<>();
  long duplicates;
  long startMillis;
  long endMillis;

  /**
   * @param drawn records in the order of their timestamps, of partitions that are chosen here
   * @param first how many are in the first phase
   */
  SimulatedCase(SimulatedSet of, long seed, List<RecordedEvent> drawn, int first) {
    this.of = of;
    this.random = new SplittableRandom(seed);
    FeaturePlan plan = of.plan();
    this.oracle = new NaiveOracle(plan);
    plan.sources()
        .forEach(s -> encoders.add(new EventEncoder(s.schema(), EventEncoder.Format.JSON)));
    startMillis = millisOf(drawn.get(0));
    int partitions = 1 + random.nextInt(MOST_PARTITIONS);
    for (SourcePlan source : plan.sources()) {
      for (int p = 0; !source.table() && p < partitions; p++) {
        entries.put(new TopicPartition(of.topicOf(source), p), new ArrayList<>());
      }
    }
    placeFirst(drawn.subList(0, first), partitions);
    endMillis = Math.max(startMillis, millisOf(drawn.get(first - 1)));
    clocks(endMillis + 1);
    endPhase();
    for (RecordedEvent event : drawn.subList(first, drawn.size())) {
      endMillis = Math.max(endMillis + 1, millisOf(event));
      place(event, endMillis, partitions, true);
      endPhase();
    }
    clocks(endMillis + 1);
    clocks(endMillis + FAR_MILLIS);
    endPhase();
    settled.removeAll(unsettled);
    judge();
  }

  private static long millisOf(RecordedEvent event) {
    return event.recordTimestampMicros() / Micros.PER_MILLI;
  }

  /** A vector's name: a request's id, and when the copy became available that it is of. */
  static String key(String id, long availableAtMicros) {
    return id + "@" + availableAtMicros;
  }

  static String idOf(String key) {
    return key.substring(0, key.lastIndexOf('@'));
  }

  /** In the order of their timestamps, but for the disorder that their source declares. */
  private void placeFirst(List<RecordedEvent> drawn, int partitions) {
    record Sent(RecordedEvent event, long order) {}
    List<Sent> sent = new ArrayList<>();
    for (RecordedEvent event : drawn) {
      SourcePlan source = of.plan().sources().get(event.source());
      long declared = source.table() ? 0 : Micros.toMillis(source.promises().disorderMicros());
      // What comes later than it was to be visible breaks a promise, whatever the disorder.
      long disorder = of.live() ? Math.min(declared, of.visibleWithinMillis()) : declared;
      for (int copies = random.nextInt(12) == 0 ? 2 : 1; copies > 0; copies--) {
        sent.add(new Sent(event, millisOf(event) + random.nextLong(disorder + 1)));
      }
    }
    sent.sort(Comparator.comparingLong(Sent::order));
    for (Sent next : sent) {
      place(next.event, millisOf(next.event), partitions, false);
      if (random.nextInt(25) == 0) {
        placeGarbage(millisOf(next.event));
      }
      if (!of.live() && random.nextInt(10) == 0) {
        clock(anyPartition(), next.order - mostDisorderMillis());
      }
    }
  }

  private void place(RecordedEvent event, long millis, int partitions, boolean isSecond) {
    SourcePlan source = of.plan().sources().get(event.source());
    if (source.table()) {
      oracle.admitted(event).ifPresent(versions::add);
      return;
    }
    byte[] bytes;
    try {
      bytes = encoders.get(event.source()).encode(event.value());
    } catch (RuntimeException e) {
      return; // no message can hold what was drawn
    }
    int partition = random.nextInt(partitions);
    if (of.isOfOneEntity()) {
      RandomSets.Swipe swipe = (RandomSets.Swipe) event.value();
      String card = String.valueOf(swipe.card());
      if (!cardOfId.computeIfAbsent(String.valueOf(swipe.id()), id -> card).equals(card)) {
        return; // a copy of another card's would be in another partition
      }
      partition = Math.floorMod(card.hashCode(), partitions);
    }
    TopicPartition to = new TopicPartition(of.topicOf(source), partition);
    List<Entry> log = entries.get(to);
    RecordedEvent placed =
        event.at(millis * Micros.PER_MILLI, KnowledgePosition.packSequence(partition, log.size()));
    log.add(new Entry(new SimulatedLog.Planned(bytes, millis, null), placed));
    Set<String> asked = isSecond ? settled : unsettled;
    oracle
        .admitted(placed)
        .filter(row -> row.id() != null)
        .ifPresent(row -> asked.add(key(row.id(), row.availableAtMicros())));
  }

  private TopicPartition anyPartition() {
    List<TopicPartition> all = List.copyOf(entries.keySet());
    return all.get(random.nextInt(all.size()));
  }

  private void placeGarbage(long millis) {
    List<byte[]> values = new ArrayList<>();
    values.add(null);
    values.add("{\"id\":".getBytes(StandardCharsets.UTF_8));
    values.add(new byte[0]);
    List<Entry> log = entries.get(anyPartition());
    boolean isClock = of.live() && random.nextInt(3) == 0;
    long stamp = random.nextInt(4) == 0 ? -1 : millis;
    log.add(
        new Entry(
            new SimulatedLog.Planned(
                values.get(random.nextInt(3)), stamp, isClock ? (Long) millis : null),
            null));
  }

  private void clocks(long millis) {
    if (!of.live()) {
      entries.keySet().forEach(partition -> clock(partition, millis));
    }
  }

  /** Says that no later record of a partition is of a time before. */
  private void clock(TopicPartition partition, long millis) {
    entries.get(partition).add(new Entry(new SimulatedLog.Planned(null, endMillis, millis), null));
  }

  private long mostDisorderMillis() {
    long most = 0;
    for (SourcePlan source : of.plan().sources()) {
      if (!source.table()) {
        most = Math.max(most, Micros.toMillis(source.promises().disorderMicros()));
      }
    }
    return most;
  }

  private void endPhase() {
    Map<TopicPartition, Integer> ends = new HashMap<>();
    entries.forEach((partition, log) -> ends.put(partition, log.size()));
    phases.add(ends);
  }

  private void judge() {
    List<SourceRow> rows = new ArrayList<>(versions);
    entries.forEach(
        (partition, log) -> {
          for (int offset = 0; offset < log.size(); offset++) {
            Entry entry = log.get(offset);
            if (entry.planned.clock() != null && !of.live()) {
              continue;
            }
            Optional<SourceRow> row =
                entry.event == null ? Optional.empty() : oracle.admitted(entry.event);
            String place = partition + "@" + offset;
            if (row.isEmpty() || oracle.isKeyless(row.get())) {
              dead.add(place);
            } else if (oracle.isLate(row.get())) {
              late.add(place);
            } else {
              rows.add(row.get());
            }
          }
        });
    for (boolean duplicate : oracle.duplicates(rows)) {
      duplicates += duplicate ? 1 : 0;
    }
    for (OracleVector vector : oracle.vectors(rows)) {
      expected.put(
          key(vector.request().id(), vector.request().availableAtMicros()),
          VectorText.of(vector.entities(), vector.values()));
    }
    settled.retainAll(expected.keySet());
  }

  List<SourceRow> versions() {
    return versions;
  }

  /** The partitions as they are before anything was appended. */
  List<SimulatedLog> logs(Schedule schedule) {
    List<SimulatedLog> logs = new ArrayList<>();
    entries.forEach(
        (partition, log) -> {
          // Partitions are added to live topics alone: a replay's are made before it begins.
          boolean exists = !of.live() || partition.partition() == 0 || schedule.oneIn(2);
          logs.add(
              new SimulatedLog(
                  partition,
                  log.stream().map(Entry::planned).toList(),
                  of.visibleWithinMillis(),
                  exists));
        });
    return logs;
  }

  boolean isOrdered() {
    return of.plan().emission() == Emission.ORDERED;
  }
}
