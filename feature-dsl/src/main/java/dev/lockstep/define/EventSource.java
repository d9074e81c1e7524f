package dev.lockstep.define;

import dev.lockstep.time.InstantReading;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A stream of immutable facts of one record type, on a Kafka topic and in Parquet history, with its
 * rules of time (C1, C2, C4, C9). Immutable: every method returns a new source.
 *
 * @param <T> the record type; its components are the columns
 */
public final class EventSource<T> implements Serializable {
  private static final long serialVersionUID = 1L;

  /** What {@link #lateness()} is where none was declared. */
  public static final Duration DEFAULT_LATENESS = Duration.ofDays(1);

  /** What {@link #clockSkew()} is where none was declared. */
  public static final Duration DEFAULT_CLOCK_SKEW = Duration.ofMinutes(5);

  /** Written only before its source is handed out. */
  private static final class Settings<T> implements Serializable {
    private static final long serialVersionUID = 1L;

    final Class<T> recordType;
    @Nullable String name;
    @Nullable String topic;
    @Nullable Column<T, ?> id;
    @Nullable Column<T, Instant> eventTime;
    @Nullable Column<T, Instant> availableAt;
    @Nullable Column<T, ? extends Number> sequence;
    @Nullable Duration lateness;
    @Nullable Duration clockSkew;
    @Nullable Duration availableAhead;
    @Nullable Duration disorder;
    @Nullable Duration visibleWithin;
    @Nullable ChronoUnit epochUnit;
    @Nullable ZoneId zone;
    @Nullable About about;
    SetOnce once;

    Settings(Class<T> recordType) {
      this.recordType = recordType;
      this.once = SetOnce.of("source of " + recordType.getSimpleName());
    }

    Settings(Settings<T> other) {
      recordType = other.recordType;
      name = other.name;
      topic = other.topic;
      id = other.id;
      eventTime = other.eventTime;
      availableAt = other.availableAt;
      sequence = other.sequence;
      lateness = other.lateness;
      clockSkew = other.clockSkew;
      availableAhead = other.availableAhead;
      disorder = other.disorder;
      visibleWithin = other.visibleWithin;
      epochUnit = other.epochUnit;
      zone = other.zone;
      about = other.about;
      once = other.once;
    }
  }

  private final Settings<T> settings;

  private EventSource(Settings<T> settings) {
    this.settings = settings;
  }

  /** A source of events of a record type; it still needs a name and an event time. */
  public static <T> EventSource<T> of(Class<T> recordType) {
    Objects.requireNonNull(recordType);
    return new EventSource<>(new Settings<>(recordType));
  }

  /** Names the source; the name is also its topic unless {@link #topic(String)} says otherwise. */
  public EventSource<T> named(String name) {
    return with("named", settings.name, name, s -> s.name = name);
  }

  /** The Kafka topic, where it isn't the source's name. */
  public EventSource<T> topic(String topic) {
    return with("topic", settings.topic, topic, s -> s.topic = topic);
  }

  /** The column that makes two copies of one event recognisable (C9): text or an integer. */
  public EventSource<T> id(Column<T, ?> id) {
    return with("id", settings.id, id, s -> s.id = id);
  }

  /** When the event happened (C1). */
  public EventSource<T> eventTime(Column<T, Instant> eventTime) {
    return with("eventTime", settings.eventTime, eventTime, s -> s.eventTime = eventTime);
  }

  /**
   * When the platform could first know the event (C1). Without it: the Kafka record timestamp, and
   * in history that carries none the event time ("assumed on time").
   */
  public EventSource<T> availableAt(Column<T, Instant> availableAt) {
    return with("availableAt", settings.availableAt, availableAt, s -> s.availableAt = availableAt);
  }

  /** The order of events within one instant (C2): an integer column. */
  public EventSource<T> sequence(Column<T, ? extends Number> sequence) {
    return with("sequence", settings.sequence, sequence, s -> s.sequence = sequence);
  }

  /** How long after it happened an event may become known and still count (C4); 1 day if unset. */
  public EventSource<T> lateness(Duration lateness) {
    return with("lateness", settings.lateness, lateness, s -> s.lateness = lateness);
  }

  /** How far an event time may lie ahead of the record's (C4); 5 minutes if unset. */
  public EventSource<T> clockSkew(Duration clockSkew) {
    return with("clockSkew", settings.clockSkew, clockSkew, s -> s.clockSkew = clockSkew);
  }

  /**
   * How far an event's availability may lie ahead of its record timestamp (C5): beyond it, the
   * event is a data error, since a clock or a unit must be wrong. If unset, {@link #lateness} and
   * {@link #clockSkew} bound it alone: what is further ahead than both together is late. Events
   * without a record timestamp, as in most files, aren't judged by it.
   */
  public EventSource<T> availableAhead(Duration availableAhead) {
    return with(
        "availableAhead",
        settings.availableAhead,
        availableAhead,
        s -> s.availableAhead = availableAhead);
  }

  /** How far record timestamps of one partition may go back (C5); 0 if unset. */
  public EventSource<T> disorder(Duration disorder) {
    return with("disorder", settings.disorder, disorder, s -> s.disorder = disorder);
  }

  /**
   * How long after its record timestamp a record of a live topic can be read at the latest (C5): a
   * quiet partition is taken to be so far behind the broker's clock, and {@code ordered()} waits
   * for it so long. If unset, what producers and brokers with default settings keep: see the start
   * of {@code lockstep stream}.
   */
  public EventSource<T> visibleWithin(Duration visibleWithin) {
    return with(
        "visibleWithin",
        settings.visibleWithin,
        visibleWithin,
        s -> s.visibleWithin = visibleWithin);
  }

  /**
   * The unit of instants that files and messages write as bare numbers since the epoch: SECONDS,
   * MILLIS, MICROS (if unset) or NANOS. Columns and fields that say their unit keep it (C1).
   */
  public EventSource<T> epochUnit(ChronoUnit epochUnit) {
    return with("epochUnit", settings.epochUnit, epochUnit, s -> s.epochUnit = epochUnit);
  }

  /** The zone of instants that are written without one (C1); UTC if unset. */
  public EventSource<T> zone(ZoneId zone) {
    return with("zone", settings.zone, zone, s -> s.zone = zone);
  }

  /** What people should know about the source. */
  public EventSource<T> about(About about) {
    return with("about", settings.about, about, s -> s.about = about);
  }

  private EventSource<T> with(
      String setting, @Nullable Object first, Object value, Consumer<Settings<T>> change) {
    Settings<T> changed = new Settings<>(settings);
    changed.once = changed.once.check(setting, first, value);
    change.accept(changed);
    return new EventSource<>(changed);
  }

  public Class<T> recordType() {
    return settings.recordType;
  }

  /** The name, or null before {@link #named}. */
  public @Nullable String name() {
    return settings.name;
  }

  /** The declared topic, else the name. */
  public @Nullable String topic() {
    return settings.topic != null ? settings.topic : settings.name;
  }

  public @Nullable Column<T, ?> id() {
    return settings.id;
  }

  public @Nullable Column<T, Instant> eventTime() {
    return settings.eventTime;
  }

  public @Nullable Column<T, Instant> availableAt() {
    return settings.availableAt;
  }

  public @Nullable Column<T, ? extends Number> sequence() {
    return settings.sequence;
  }

  public Duration lateness() {
    return settings.lateness != null ? settings.lateness : DEFAULT_LATENESS;
  }

  public Duration clockSkew() {
    return settings.clockSkew != null ? settings.clockSkew : DEFAULT_CLOCK_SKEW;
  }

  /** Empty where nothing is declared. */
  public Optional<Duration> availableAhead() {
    return Optional.ofNullable(settings.availableAhead);
  }

  public Duration disorder() {
    return settings.disorder != null ? settings.disorder : Duration.ZERO;
  }

  public Optional<Duration> visibleWithin() {
    return Optional.ofNullable(settings.visibleWithin);
  }

  /** The declared unit of bare numbers, MICROS if unset. */
  public ChronoUnit epochUnit() {
    return settings.epochUnit != null ? settings.epochUnit : InstantReading.DEFAULT.unit();
  }

  /** The declared zone of local times, UTC if unset. */
  public ZoneId zone() {
    return settings.zone != null ? settings.zone : InstantReading.DEFAULT.zone();
  }

  /** What people should know about it; {@link About#NOTHING} if never said. */
  public About about() {
    return settings.about != null ? settings.about : About.NOTHING;
  }

  /** Settings given twice, for the plan to report. */
  public List<DefinitionError> mistakes() {
    return settings.once.mistakes();
  }

  @Override
  public String toString() {
    return "source "
        + (settings.name != null ? settings.name : settings.recordType.getSimpleName());
  }
}
