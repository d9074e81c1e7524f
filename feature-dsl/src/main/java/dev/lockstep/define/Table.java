package dev.lockstep.define;

import dev.lockstep.time.InstantReading;
import java.io.Serializable;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Slowly changing facts per entity, as versions (C10). Immutable: every method returns a new table.
 *
 * <p>Without {@link #effectiveFrom} a table is static: its versions count always. Without {@link
 * #availableAt} a version is available when it takes effect.
 *
 * @param <T> the record type of a version; its components are the fields
 */
public final class Table<T> implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Written only before its table is handed out. */
  private static final class Settings<T> implements Serializable {
    private static final long serialVersionUID = 1L;

    final Class<T> recordType;
    final String name;
    final Keyed<T> key;
    @Nullable Column<T, Instant> effectiveFrom;
    @Nullable Column<T, Instant> availableAt;
    @Nullable Column<T, Boolean> deleted;
    @Nullable ChronoUnit epochUnit;
    @Nullable ZoneId zone;
    @Nullable About about;
    SetOnce once;

    Settings(Class<T> recordType, String name, Keyed<T> key) {
      this.recordType = recordType;
      this.name = name;
      this.key = key;
      this.once = SetOnce.of("table " + name);
    }

    Settings(Settings<T> other) {
      this(other.recordType, other.name, other.key);
      effectiveFrom = other.effectiveFrom;
      availableAt = other.availableAt;
      deleted = other.deleted;
      epochUnit = other.epochUnit;
      zone = other.zone;
      about = other.about;
      once = other.once;
    }
  }

  private final Settings<T> settings;

  private Table(Settings<T> settings) {
    this.settings = settings;
  }

  /** Begins a table: {@code of(Account.class).named("accounts").by(CARD, Account::card)}. */
  public static <T> Of<T> of(Class<T> recordType) {
    return new Of<>(Objects.requireNonNull(recordType));
  }

  /** A table's record type, waiting for its name. */
  public record Of<T>(Class<T> recordType) {
    public Named<T> named(String name) {
      return new Named<>(recordType, name);
    }
  }

  /** A table's record type and name, waiting for its key. */
  public record Named<T>(Class<T> recordType, String name) {
    /** Keys the table by an entity of one column. */
    public <K> Table<T> by(Entity<K> entity, Column<T, ? extends K> column) {
      return by(new Keyed<>(entity, List.of(column)));
    }

    /** Keys the table by an entity of two columns. */
    public <A, B> Table<T> by(
        Entity<Entity.Pair<A, B>> entity,
        Column<T, ? extends A> first,
        Column<T, ? extends B> second) {
      return by(new Keyed<>(entity, List.of(first, second)));
    }

    /** Keys the table by an entity and its columns, however many. */
    public Table<T> by(Keyed<T> key) {
      return new Table<>(new Settings<>(recordType, name, key));
    }
  }

  /** When a version begins to hold. */
  public Table<T> effectiveFrom(Column<T, Instant> column) {
    return with("effectiveFrom", settings.effectiveFrom, column, s -> s.effectiveFrom = column);
  }

  /** When the platform could first know a version. */
  public Table<T> availableAt(Column<T, Instant> column) {
    return with("availableAt", settings.availableAt, column, s -> s.availableAt = column);
  }

  /** True in a version that says: from here on there is none. */
  public Table<T> deleted(Column<T, Boolean> column) {
    return with("deleted", settings.deleted, column, s -> s.deleted = column);
  }

  /** The unit of bare numbers that are instants; as of {@link EventSource#epochUnit}. */
  public Table<T> epochUnit(ChronoUnit epochUnit) {
    return with("epochUnit", settings.epochUnit, epochUnit, s -> s.epochUnit = epochUnit);
  }

  /** The zone of instants that are written without one; as of {@link EventSource#zone}. */
  public Table<T> zone(ZoneId zone) {
    return with("zone", settings.zone, zone, s -> s.zone = zone);
  }

  /** What people should know about the table. */
  public Table<T> about(About about) {
    return with("about", settings.about, about, s -> s.about = about);
  }

  /**
   * This table read by another column of the request than its entity's: airports by {@code
   * Flight::destination}. The fields' feature names begin with the prefix.
   */
  public <R> KeyedTable<R, T> via(String prefix, Column<R, ?> requestColumn) {
    return new KeyedTable<>(this, prefix, List.of(Expressions.request(requestColumn)));
  }

  /** This table read by two columns of the request. */
  public <R> KeyedTable<R, T> via(String prefix, Column<R, ?> first, Column<R, ?> second) {
    return new KeyedTable<>(
        this, prefix, List.of(Expressions.request(first), Expressions.request(second)));
  }

  /**
   * This table read by a field of another: cities by {@code lookup(CUSTOMERS, Customer::city)}. A
   * key of several parts takes one for each, fields of tables and {@code request(Order::column)}
   * alike.
   */
  public <R> KeyedTable<R, T> via(String prefix, Expression... key) {
    return new KeyedTable<>(this, prefix, List.of(key));
  }

  /** This table read by another column of the request, for one field in an expression. */
  public <R> KeyedTable<R, T> via(Column<R, ?> requestColumn) {
    return via("", requestColumn);
  }

  /** This table read by a field of another, for one field in an expression or a further lookup. */
  public <R> KeyedTable<R, T> via(Expression... key) {
    return via("", key);
  }

  /**
   * A table and what gives its key.
   *
   * @param prefix what the names of features begin with; empty for nothing
   * @param key one for each part: columns of the request, or fields of other tables
   * @param <R> the record type of the requests
   * @param <T> that of the table
   */
  public record KeyedTable<R, T>(Table<T> table, String prefix, List<Expression> key)
      implements Serializable {
    public KeyedTable {
      key = List.copyOf(key);
    }
  }

  private Table<T> with(
      String setting, @Nullable Object first, Object value, Consumer<Settings<T>> change) {
    Settings<T> changed = new Settings<>(settings);
    changed.once = changed.once.check(setting, first, value);
    change.accept(changed);
    return new Table<>(changed);
  }

  public Class<T> recordType() {
    return settings.recordType;
  }

  public String name() {
    return settings.name;
  }

  public Keyed<T> key() {
    return settings.key;
  }

  public @Nullable Column<T, Instant> effectiveFrom() {
    return settings.effectiveFrom;
  }

  public @Nullable Column<T, Instant> availableAt() {
    return settings.availableAt;
  }

  public @Nullable Column<T, Boolean> deleted() {
    return settings.deleted;
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
}
