package dev.lockstep.define;

import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
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

  private record Settings<T>(
      Class<T> recordType,
      @Nullable String name,
      @Nullable String topic,
      @Nullable Column<T, ?> id,
      @Nullable Column<T, Instant> eventTime,
      @Nullable Column<T, Instant> availableAt,
      @Nullable Column<T, ? extends Number> sequence,
      @Nullable Duration lateness,
      @Nullable Duration clockSkew,
      @Nullable Duration disorder,
      SetOnce once)
      implements Serializable {}

  private final Settings<T> settings;

  private EventSource(Settings<T> settings) {
    this.settings = settings;
  }

  /** A source of events of a record type; it still needs a name and an event time. */
  public static <T> EventSource<T> of(Class<T> recordType) {
    Objects.requireNonNull(recordType);
    return new EventSource<>(
        new Settings<>(
            recordType,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            SetOnce.of("source of " + recordType.getSimpleName())));
  }

  /** Names the source; the name is also its topic unless {@link #topic(String)} says otherwise. */
  public EventSource<T> named(String name) {
    Settings<T> s = settings;
    return new EventSource<>(
        new Settings<>(
            s.recordType,
            name,
            s.topic,
            s.id,
            s.eventTime,
            s.availableAt,
            s.sequence,
            s.lateness,
            s.clockSkew,
            s.disorder,
            s.once.check("named", s.name, name)));
  }

  /** The Kafka topic, where it isn't the source's name. */
  public EventSource<T> topic(String topic) {
    Settings<T> s = settings;
    return new EventSource<>(
        new Settings<>(
            s.recordType,
            s.name,
            topic,
            s.id,
            s.eventTime,
            s.availableAt,
            s.sequence,
            s.lateness,
            s.clockSkew,
            s.disorder,
            s.once.check("topic", s.topic, topic)));
  }

  /** The column that makes two copies of one event recognisable (C9): text or an integer. */
  public EventSource<T> id(Column<T, ?> id) {
    Settings<T> s = settings;
    return new EventSource<>(
        new Settings<>(
            s.recordType,
            s.name,
            s.topic,
            id,
            s.eventTime,
            s.availableAt,
            s.sequence,
            s.lateness,
            s.clockSkew,
            s.disorder,
            s.once.check("id", s.id, id)));
  }

  /** When the event happened (C1). */
  public EventSource<T> eventTime(Column<T, Instant> eventTime) {
    Settings<T> s = settings;
    return new EventSource<>(
        new Settings<>(
            s.recordType,
            s.name,
            s.topic,
            s.id,
            eventTime,
            s.availableAt,
            s.sequence,
            s.lateness,
            s.clockSkew,
            s.disorder,
            s.once.check("eventTime", s.eventTime, eventTime)));
  }

  /**
   * When the platform could first know the event (C1). Without it: the Kafka record timestamp, and
   * in history that carries none the event time ("assumed on time").
   */
  public EventSource<T> availableAt(Column<T, Instant> availableAt) {
    Settings<T> s = settings;
    return new EventSource<>(
        new Settings<>(
            s.recordType,
            s.name,
            s.topic,
            s.id,
            s.eventTime,
            availableAt,
            s.sequence,
            s.lateness,
            s.clockSkew,
            s.disorder,
            s.once.check("availableAt", s.availableAt, availableAt)));
  }

  /** The order of events within one instant (C2): an integer column. */
  public EventSource<T> sequence(Column<T, ? extends Number> sequence) {
    Settings<T> s = settings;
    return new EventSource<>(
        new Settings<>(
            s.recordType,
            s.name,
            s.topic,
            s.id,
            s.eventTime,
            s.availableAt,
            sequence,
            s.lateness,
            s.clockSkew,
            s.disorder,
            s.once.check("sequence", s.sequence, sequence)));
  }

  /** How long after it happened an event may become known and still count (C4); 1 day if unset. */
  public EventSource<T> lateness(Duration lateness) {
    Settings<T> s = settings;
    return new EventSource<>(
        new Settings<>(
            s.recordType,
            s.name,
            s.topic,
            s.id,
            s.eventTime,
            s.availableAt,
            s.sequence,
            lateness,
            s.clockSkew,
            s.disorder,
            s.once.check("lateness", s.lateness, lateness)));
  }

  /** How far an event time may lie ahead of the record's (C4); 5 minutes if unset. */
  public EventSource<T> clockSkew(Duration clockSkew) {
    Settings<T> s = settings;
    return new EventSource<>(
        new Settings<>(
            s.recordType,
            s.name,
            s.topic,
            s.id,
            s.eventTime,
            s.availableAt,
            s.sequence,
            s.lateness,
            clockSkew,
            s.disorder,
            s.once.check("clockSkew", s.clockSkew, clockSkew)));
  }

  /** How far record timestamps of one partition may go back (C5); 0 if unset. */
  public EventSource<T> disorder(Duration disorder) {
    Settings<T> s = settings;
    return new EventSource<>(
        new Settings<>(
            s.recordType,
            s.name,
            s.topic,
            s.id,
            s.eventTime,
            s.availableAt,
            s.sequence,
            s.lateness,
            s.clockSkew,
            disorder,
            s.once.check("disorder", s.disorder, disorder)));
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

  public Duration disorder() {
    return settings.disorder != null ? settings.disorder : Duration.ZERO;
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
