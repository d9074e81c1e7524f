package dev.lockstep.testing;

import dev.lockstep.define.EventSource;
import dev.lockstep.define.FeatureSet;
import dev.lockstep.define.Table;
import dev.lockstep.intake.RowIntake;
import dev.lockstep.kernel.DataException;
import dev.lockstep.kernel.SourceRow;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.plan.SourcePlan;
import dev.lockstep.time.KnowledgePosition;
import dev.lockstep.time.Micros;
import dev.lockstep.value.Shown;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A place to try a feature set in a test: records are sent to it one by one, and a request is
 * answered from what it knows by then.
 *
 * <pre>{@code
 * Answer answer =
 *     TestBench.of(FRAUD)
 *         .at("2026-01-01T10:00:00Z").send(first)
 *         .at("2026-01-01T10:30:00Z").ask(second);
 * assertEquals(2, answer.integer("card_swipes_1h"));
 * }</pre>
 *
 * <p>{@link #at} is the time at which a topic would take in what is sent next: the record timestamp
 * (C1). Without it records are a history's, which carries none. Every answer is computed twice, by
 * the kernel that batch and stream run and by {@link NaiveOracle}, and compared to the bit.
 *
 * <p>It is for some hundred records: each answer is computed over all of them. Not thread-safe.
 */
public final class TestBench {
  private final FeaturePlan plan;
  private final NaiveOracle oracle;
  private final List<RowIntake> doors;
  private final List<BenchRow> rows = new ArrayList<>();
  private @Nullable Instant now;

  private TestBench(FeaturePlan plan) {
    this.plan = plan;
    this.oracle = new NaiveOracle(plan);
    this.doors = plan.sources().stream().map(source -> RowIntake.of(plan, source)).toList();
  }

  /**
   * A bench that knows no record yet.
   *
   * @throws dev.lockstep.define.DefinitionException with all mistakes of the set
   */
  public static TestBench of(FeatureSet<?> set) {
    return new TestBench(FeaturePlan.of(set));
  }

  /**
   * The same bench, which takes in what comes next at an instant in ISO 8601, such as {@code
   * 2026-01-01T10:00:00Z}.
   *
   * @throws IllegalArgumentException if it isn't one, or is before the last
   */
  public TestBench at(String instant) {
    try {
      return at(Instant.parse(instant));
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "[" + instant + "] is no instant; write it as 2026-01-01T10:00:00Z", e);
    }
  }

  /**
   * The same bench, which takes in what comes next at an instant; below a millisecond it is
   * floored, as Kafka's record timestamps are.
   *
   * @throws IllegalArgumentException if it is before the last: what is known later is sent later
   */
  public TestBench at(Instant instant) {
    if (now != null && instant.isBefore(now)) {
      throw new IllegalArgumentException(
          "the bench stands at " + now + " and can't go back to " + instant + "; send that before");
    }
    now = instant;
    return this;
  }

  /**
   * Sends events or versions of tables; which source or table each is of is told by its class.
   *
   * @throws IllegalArgumentException if none of the set's sources and tables is of the class, or
   *     several are: then name it
   * @throws AssertionError if one is late (C4) or can't be used (C13): {@link #refusal} expects
   *     that
   */
  public TestBench send(Record... records) {
    for (Record record : records) {
      send(sourceOf(record), record);
    }
    return this;
  }

  /** Sends events of a source, as {@link #send(Record...)} does. */
  @SafeVarargs
  public final <T extends Record> TestBench send(EventSource<T> source, T... records) {
    for (Record record : records) {
      send(named(String.valueOf(source.name())), record);
    }
    return this;
  }

  /** Sends versions of a table, as {@link #send(Record...)} does. */
  @SafeVarargs
  public final <T extends Record> TestBench send(Table<T> table, T... records) {
    for (Record record : records) {
      send(named(table.name()), record);
    }
    return this;
  }

  private void send(SourcePlan source, Record record) {
    String refusal = take(source, record).refusal();
    if (refusal != null) {
      throw new AssertionError(
          source.name() + " refuses " + shown(source, record) + ": " + refusal);
    }
  }

  /**
   * Sends a record that can't be used, and says why: the reason that its dead letter would have
   * (C13), or why it is late (C4).
   *
   * @throws AssertionError if the set takes it in
   */
  public String refusal(Record record) {
    SourcePlan source = sourceOf(record);
    return Optional.ofNullable(take(source, record).refusal())
        .orElseThrow(
            () -> new AssertionError(source.name() + " takes in " + shown(source, record)));
  }

  /**
   * Sends a request, which is an event of its source too, and gives its answer. A copy of an event
   * that was sent before gets none (C9).
   *
   * @throws IllegalArgumentException if it is no record of the requests' source
   * @throws AssertionError if it is late, can't be used or is a copy; and if the kernel and the
   *     definition differ, which is a bug of Lockstep's
   */
  public Answer ask(Record request) {
    SourcePlan source = plan.requestSource();
    if (!source.schema().recordType().isInstance(request)) {
      throw new IllegalArgumentException(
          "a "
              + request.getClass().getSimpleName()
              + " asks nothing of set "
              + plan.name()
              + "; ask with a "
              + source.schema().recordType().getSimpleName());
    }
    send(source, request);
    return BenchAnswers.last(plan, oracle, rows);
  }

  private BenchRow take(SourcePlan source, Record record) {
    RowIntake door = doors.get(source.index());
    long timestamp =
        now == null || source.table()
            ? RecordedEvent.NO_RECORD_TIMESTAMP
            : now.toEpochMilli() * Micros.PER_MILLI;
    long place = KnowledgePosition.packSequence(0, rows.size());
    RecordedEvent event = new RecordedEvent(source.index(), record, timestamp, place);
    BenchRow taken;
    try {
      SourceRow row = door.admit(record, timestamp, place, 0);
      door.requireKey(row);
      taken = new BenchRow(event, row, door.lateness(row), null);
    } catch (DataException e) {
      taken = new BenchRow(event, null, String.valueOf(e.getMessage()), null);
    }
    SourceRow defined = oracle.admitted(event).orElse(null);
    boolean usable = defined != null && !oracle.isLate(defined) && !oracle.isKeyless(defined);
    if (usable != (taken.refusal() == null)) {
      throw new AssertionError(
          "the door and the definition differ about whether "
              + shown(source, record)
              + " can be used; this is a bug of Lockstep's");
    }
    taken = taken.defined(defined);
    rows.add(taken);
    return taken;
  }

  private SourcePlan sourceOf(Record record) {
    List<SourcePlan> found =
        plan.sources().stream()
            .filter(s -> !plan.isReadAgain(s))
            .filter(s -> s.schema().recordType().isInstance(record))
            .toList();
    if (found.size() == 1) {
      return found.get(0);
    }
    String names = String.join(", ", found.stream().map(SourcePlan::name).toList());
    throw new IllegalArgumentException(
        found.isEmpty()
            ? "set " + plan.name() + " reads no " + record.getClass().getSimpleName()
            : "a "
                + record.getClass().getSimpleName()
                + " may be of "
                + names
                + "; say which: send(SOURCE, record)");
  }

  private SourcePlan named(String name) {
    return plan.source(name)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "set " + plan.name() + " doesn't read [" + name + "]"));
  }

  /** Nothing of a record's values where one of them is sensitive (C13). */
  private static String shown(SourcePlan source, Record record) {
    boolean sensitive = source.schema().components().stream().anyMatch(c -> c.sensitive());
    return sensitive
        ? "a " + record.getClass().getSimpleName()
        : Shown.text(String.valueOf(record));
  }
}
