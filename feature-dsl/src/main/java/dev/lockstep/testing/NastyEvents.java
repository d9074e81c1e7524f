package dev.lockstep.testing;

import dev.lockstep.kernel.SourceRow;
import dev.lockstep.plan.Ask;
import dev.lockstep.plan.AskPart;
import dev.lockstep.plan.Branch;
import dev.lockstep.plan.EventLabelPlan;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.plan.RecordSchema;
import dev.lockstep.plan.SourcePlan;
import dev.lockstep.plan.ViewPlan;
import dev.lockstep.plan.WindowLabelPlan;
import dev.lockstep.time.KnowledgePosition;
import dev.lockstep.time.WindowBounds;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A seeded generator of the records that break careless code, for any plan: ties in every clock,
 * late events and requests, availability far ahead, copies of one id (the same, differing, under
 * another key, just inside and just outside the lateness), nulls, edges of windows to the
 * microsecond, hot and cold keys, and values as {@code NastyValues} has them.
 *
 * <p>The same plan and seed give the same records. Print {@link #seed} where a test fails.
 */
public final class NastyEvents {
  private static final long START_MILLIS = 1_700_000_000_000L;
  private static final int PARTITIONS = 3;

  /** What a record's component is to its source. */
  private enum Role {
    VALUE,
    KEY,
    ID,
    EVENT_TIME,
    AVAILABLE_AT,
    SEQUENCE,
    DELETED,
    REQUEST_ID
  }

  private record Written(@Nullable Object[] values, long eventTimeMicros, long availableAtMicros) {}

  private final FeaturePlan plan;
  private final long seed;
  private final boolean recorded;
  private final SplittableRandom random;
  private final NastyValues values;
  private final List<Map<Integer, Role>> roles = new ArrayList<>();
  private final List<List<Written>> written = new ArrayList<>();
  private final List<Long> windowsMicros;
  private final List<String> requestIds = new ArrayList<>();
  private final long[] offsets;
  private final List<Long> times = new ArrayList<>();
  private long nowMillis = START_MILLIS;
  private int ids;

  private NastyEvents(FeaturePlan plan, long seed, boolean recorded) {
    this.plan = plan;
    this.seed = seed;
    this.recorded = recorded;
    this.random = new SplittableRandom(seed);
    this.values = new NastyValues(random.split());
    this.offsets = new long[plan.sources().size() * PARTITIONS];
    TreeSet<Long> windows = new TreeSet<>();
    for (ViewPlan view : plan.views()) {
      view.features().forEach(f -> windows.addAll(edgesOf(f.window())));
    }
    if (plan.label().orElse(null) instanceof WindowLabelPlan label) {
      windows.add(label.lengthMicros());
    } else if (plan.label().orElse(null) instanceof EventLabelPlan label) {
      label.withinMicros().ifPresent(windows::add);
    }
    windows.add(60_000_000L);
    this.windowsMicros = List.copyOf(windows);
    for (SourcePlan source : plan.sources()) {
      roles.add(rolesOf(source));
      written.add(new ArrayList<>());
    }
  }

  /** How long before a request events enter or leave a window. */
  private static List<Long> edgesOf(WindowBounds window) {
    List<Long> edges = new ArrayList<>();
    if (window instanceof WindowBounds.Trailing w) {
      edges.add(w.lengthMicros());
      edges.add(w.offsetMicros());
      edges.add(w.hopMicros());
      edges.add(w.reachMicros());
    } else if (window instanceof WindowBounds.Session w) {
      edges.add(w.gapMicros());
      edges.add(w.mostMicros());
    } else if (window instanceof WindowBounds.Tumbling w) {
      edges.add(w.lengthMicros());
    } else if (window instanceof WindowBounds.LocalTumbling w) {
      edges.add(w.lengthMicros());
    } else if (window instanceof WindowBounds.NewestEvents w
        && w.withinMicros() != WindowBounds.UNBOUNDED) {
      edges.add(w.withinMicros());
    } else if (window instanceof WindowBounds.PreviousCalendar w) {
      edges.add(w.reachMicros() / 2);
    }
    return edges.stream().filter(edge -> edge > 0).toList();
  }

  /** Records as Kafka holds them: with a record timestamp, a partition and an offset. */
  public static NastyEvents onKafka(FeaturePlan plan, long seed) {
    return new NastyEvents(plan, seed, true);
  }

  /**
   * Records as a history holds them that carries nothing but the records themselves; those of a
   * table have their place in it (C10).
   */
  public static NastyEvents inHistory(FeaturePlan plan, long seed) {
    return new NastyEvents(plan, seed, false);
  }

  public long seed() {
    return seed;
  }

  /** The next records, in the order of their record timestamps. */
  public List<RecordedEvent> records(int count) {
    List<RecordedEvent> records = new ArrayList<>();
    while (records.size() < count) {
      records.add(next());
    }
    return records;
  }

  /** The next records as rows; those that are data errors (C13) are left out. */
  public List<SourceRow> rows(int count) {
    return new NaiveOracle(plan).admitted(records(count));
  }

  private Map<Integer, Role> rolesOf(SourcePlan source) {
    Map<Integer, Role> found = new HashMap<>();
    for (Branch branch : plan.branches()) {
      if (branch instanceof EventLabelPlan) {
        continue;
      }
      if (branch.source() == source.index()) {
        branch.eventKey().forEach(c -> role(found, source, c, Role.KEY));
      }
      if (source.index() == plan.requestSource().index()) {
        plan.asksOf(branch)
            .forEach(ask -> ask.columns().forEach(c -> role(found, source, c, Role.KEY)));
      }
    }
    for (Ask ask : plan.asks()) {
      for (AskPart part : ask.key()) {
        if (part instanceof AskPart.OfLookup of) {
          Branch table = plan.branchOf(plan.asks().get(of.ask()));
          if (table.source() == source.index()) {
            role(found, source, table.columns().get(of.slot()), Role.KEY);
          }
        }
      }
    }
    if (plan.label().orElse(null) instanceof EventLabelPlan label
        && label.source() == source.index()) {
      role(found, source, label.eventKey().get(0), Role.REQUEST_ID);
    }
    role(found, source, source.idColumn(), Role.ID);
    role(found, source, source.eventTimeColumn(), Role.EVENT_TIME);
    role(found, source, source.availableAtColumn(), Role.AVAILABLE_AT);
    role(found, source, source.sequenceColumn(), Role.SEQUENCE);
    role(found, source, source.deletedColumn(), Role.DELETED);
    return found;
  }

  private static void role(Map<Integer, Role> found, SourcePlan source, int column, Role role) {
    if (column >= 0 && source.columns().get(column).component() >= 0) {
      found.put(source.columns().get(column).component(), role);
    }
  }

  private RecordedEvent next() {
    advance();
    // Half are requests.
    SourcePlan source =
        random.nextBoolean()
            ? plan.requestSource()
            : plan.sources().get(random.nextInt(plan.sources().size()));
    List<Written> before = written.get(source.index());
    Written next =
        source.idColumn() >= 0 && !before.isEmpty() && random.nextInt(6) == 0
            ? copyOf(source, before.get(recent(before.size())))
            : fresh(source);
    before.add(next);
    times.add(next.eventTimeMicros);
    int partition = random.nextInt(PARTITIONS);
    long position =
        recorded
            ? KnowledgePosition.packSequence(
                partition, offsets[source.index() * PARTITIONS + partition]++)
            : source.table() ? offsets[source.index() * PARTITIONS]++ : 0;
    return new RecordedEvent(
        source.index(),
        (Record) source.schema().newRecord(next.values),
        recorded ? nowMillis * 1_000 : RecordedEvent.NO_RECORD_TIMESTAMP,
        position);
  }

  /** Mostly by little or nothing, so that record timestamps tie; at times by days. */
  private void advance() {
    nowMillis +=
        switch (random.nextInt(12)) {
          case 0, 1, 2, 3 -> 0;
          case 4, 5 -> 1;
          case 6, 7, 8 -> random.nextInt(60_000);
          case 9, 10 -> random.nextInt(1_800_000);
          default -> random.nextInt(20) == 0 ? 86_400_000L * 2 : 3_600_000L;
        };
  }

  private int recent(int size) {
    return size - 1 - random.nextInt(Math.min(size, 12));
  }

  private Written fresh(SourcePlan source) {
    long eventTime = eventTime(source);
    return build(source, eventTime, availableAt(source, eventTime), new HashMap<>());
  }

  /** An event time near now; if it was meant to be at a window's edge, now moves there. */
  private long eventTime(SourcePlan source) {
    long now = nowMillis * 1_000;
    long lateness = Math.min(source.latenessMicros(), 30 * 86_400_000_000L);
    long skew = Math.min(source.clockSkewMicros(), 86_400_000_000L);
    int jitter = random.nextInt(-1, 2);
    switch (random.nextInt(12)) {
      case 0, 1:
        return now;
      case 2, 3:
        return times.isEmpty() ? now : times.get(recent(times.size()));
      case 4, 5, 6:
        if (times.isEmpty()) {
          return now;
        }
        long edge =
            times.get(recent(times.size()))
                + windowsMicros.get(random.nextInt(windowsMicros.size()))
                + jitter;
        nowMillis = Math.max(nowMillis, Math.floorDiv(edge + 999, 1_000));
        return edge;
      case 7:
        return now - lateness + jitter;
      case 8:
        return random.nextInt(4) == 0 ? now + skew + jitter : now;
      case 9:
        return now - random.nextLong(lateness + 1);
      default:
        return now - random.nextInt(5_000_000);
    }
  }

  private long availableAt(SourcePlan source, long eventTime) {
    long now = nowMillis * 1_000;
    if (source.availableAtColumn() < 0) {
      return recorded && !source.table() ? now : eventTime;
    }
    long lateness = Math.min(source.latenessMicros(), 30 * 86_400_000_000L);
    return switch (random.nextInt(8)) {
      case 0 -> eventTime;
      case 1 -> eventTime + lateness + random.nextInt(-1, 2);
      case 2 -> now + random.nextLong(lateness + 1);
      case 3 -> times.isEmpty() ? now : times.get(recent(times.size()));
      case 4 -> eventTime + random.nextInt(3);
      default -> Math.max(now, eventTime);
    };
  }

  /** A copy of an id, by chance with other content or another key, and by chance long after. */
  private Written copyOf(SourcePlan source, Written original) {
    long lateness = source.latenessMicros();
    long eventTime = original.eventTimeMicros;
    Map<Integer, @Nullable Object> kept = new HashMap<>();
    boolean same = random.nextBoolean();
    for (int i = 0; i < original.values.length; i++) {
      Role role = roles.get(source.index()).getOrDefault(i, Role.VALUE);
      if (role == Role.ID || same || random.nextBoolean()) {
        kept.put(i, original.values[i]);
      }
    }
    long available = original.availableAtMicros;
    switch (random.nextInt(4)) {
      case 0:
        // At the end of the time in which the id is held, and a millisecond on either side.
        available += lateness + random.nextInt(-1, 2) * 1_000L;
        eventTime = available - random.nextInt(1_000);
        nowMillis = Math.max(nowMillis, Math.floorDiv(available, 1_000L));
        break;
      case 1:
        available = original.availableAtMicros - random.nextInt(3) * 1_000L;
        break;
      case 2:
        available = Math.max(nowMillis * 1_000, available);
        break;
      default:
        break;
    }
    return build(source, eventTime, available, kept);
  }

  private Written build(
      SourcePlan source,
      long eventTimeMicros,
      long availableAtMicros,
      Map<Integer, @Nullable Object> kept) {
    List<RecordSchema.Component> components = source.schema().components();
    @Nullable Object[] row = new @Nullable Object[components.size()];
    for (int i = 0; i < row.length; i++) {
      RecordSchema.Component component = components.get(i);
      Role role = roles.get(source.index()).getOrDefault(i, Role.VALUE);
      boolean missing = component.nullable() && random.nextInt(150) == 0;
      row[i] =
          switch (role) {
            case EVENT_TIME -> missing ? null : values.instant(eventTimeMicros);
            case AVAILABLE_AT -> missing ? null : values.instant(availableAtMicros);
            case ID -> kept.containsKey(i) ? kept.get(i) : missing ? null : id(source, component);
            case SEQUENCE -> missing ? null : values.sequence(component);
            case KEY -> kept.containsKey(i) ? kept.get(i) : values.key(component);
            case DELETED -> random.nextInt(4) == 0;
            case REQUEST_ID -> kept.containsKey(i) ? kept.get(i) : requestId(component);
            case VALUE -> kept.containsKey(i) ? kept.get(i) : values.value(component);
          };
    }
    return new Written(row, eventTimeMicros, availableAtMicros);
  }

  private Object id(SourcePlan source, RecordSchema.Component component) {
    long number = ids++;
    Object id =
        component.isUuid()
            ? new UUID(1, number).toString()
            : component.javaType() == String.class ? "id-" + number : (Object) number;
    if (source.index() == plan.requestSource().index()) {
      requestIds.add(id.toString());
    }
    return id;
  }

  private Object requestId(RecordSchema.Component component) {
    String id = requestIds.isEmpty() ? "0" : requestIds.get(random.nextInt(requestIds.size()));
    boolean text = component.javaType() == String.class || component.isUuid();
    return text ? id : (Object) Long.valueOf(id);
  }
}
