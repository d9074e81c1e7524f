package dev.lockstep.define;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a model learns to predict for a request: a value of a later event that names the request,
 * what happened in a window after it, or a field of its own record. Never part of a vector.
 * Immutable.
 *
 * @param <T> the record type that the value is read from
 */
public sealed interface Label<T> extends Serializable {

  /** The label's column in the training set. */
  String name();

  /** Begins a label of later events: {@code from(LANDINGS).on(Landing::flight).is(...)}. */
  static <T> From<T> from(EventSource<T> source) {
    return new From<>(source);
  }

  /**
   * Begins a label of what happens in a window after the request: {@code of("spend_next_2h",
   * sum(Swipe::amount).over(next(hours(2)))).from(SWIPES).by(CARD, Swipe::card)}.
   */
  static <T> Of<T> of(String name, WindowedAggregate<T> value) {
    return new Of<>(name, value);
  }

  /** The label that the request's own record holds, filled in when it became known. */
  static <R> Label<R> column(String name, Column<R, ?> column) {
    return new OwnField<>(name, column);
  }

  /**
   * A value of a later event that names the request by its id (L1, L2).
   *
   * @param requestId the column that holds the request's id
   * @param within how long after the request the event may happen and still count; null for ever
   * @param happened whether the label says only whether there is such an event
   * @param value over the event's columns: the label; for {@code happened} what must be true of it
   */
  record LaterEvent<T>(
      String name,
      EventSource<T> source,
      Column<T, ?> requestId,
      @Nullable Duration within,
      boolean happened,
      Expression value)
      implements Label<T> {}

  /** An aggregation over the window (t, t + d] after the request (L3), as a view of one feature. */
  record FutureWindow<T>(FeatureView<T> view) implements Label<T> {
    @Override
    public String name() {
      return view.name();
    }
  }

  /** A field of the request's own record (L4). */
  record OwnField<R>(String name, Column<R, ?> column) implements Label<R> {}

  /** A label's source, waiting for the column that names the request. */
  record From<T>(EventSource<T> source) {
    public On<T> on(Column<T, ?> requestId) {
      return new On<>(source, requestId);
    }
  }

  /** A label's source and request id, waiting for what it says, or how long it waits. */
  record On<T>(EventSource<T> source, Column<T, ?> requestId) {
    /** The value of the first event in knowledge order, whenever that comes; null without one. */
    public Label<T> is(String name, Expression value) {
      return new LaterEvent<>(name, source, requestId, null, false, value);
    }

    /**
     * Only events that happen at most so long after the request count. Then a request is mature
     * some time (L5), and that nothing came can be said.
     */
    public Within<T> within(Duration most) {
      return new Within<>(source, requestId, most);
    }
  }

  /** A label's source, request id and time, waiting for what it says. */
  record Within<T>(EventSource<T> source, Column<T, ?> requestId, Duration most) {
    /** The value of the first event in knowledge order of those in time; null without one. */
    public Label<T> is(String name, Expression value) {
      return new LaterEvent<>(name, source, requestId, most, false, value);
    }

    /** Whether an event came in time: true or false, never null. */
    public Label<T> happened(String name) {
      return happened(name, Expressions.literal(true));
    }

    /** Whether an event came in time of which a condition on its fields is true. */
    public Label<T> happened(String name, Condition condition) {
      return new LaterEvent<>(name, source, requestId, most, true, condition);
    }
  }

  /** A future window's name and value, waiting for its source. */
  record Of<T>(String name, WindowedAggregate<T> value) {
    public <S extends T> OfSource<S> from(EventSource<S> source) {
      return new OfSource<>(name, value, source);
    }
  }

  /** A future window's name, value and source, waiting for its entity. */
  record OfSource<T>(String name, WindowedAggregate<? super T> value, EventSource<T> source) {
    /** Of the events of the request's entity of one column. */
    public <K> Label<T> by(Entity<K> entity, Column<T, ? extends K> column) {
      return by(new Keyed<>(entity, List.of(column)));
    }

    /** Of the events of the request's entity of two columns. */
    public <A, B> Label<T> by(
        Entity<Entity.Pair<A, B>> entity,
        Column<T, ? extends A> first,
        Column<T, ? extends B> second) {
      return by(new Keyed<>(entity, List.of(first, second)));
    }

    /** Of the events of the request's entity of three columns. */
    public <A, B, C> Label<T> by(
        Entity<Entity.Triple<A, B, C>> entity,
        Column<T, ? extends A> first,
        Column<T, ? extends B> second,
        Column<T, ? extends C> third) {
      return by(new Keyed<>(entity, List.of(first, second, third)));
    }

    /** Of the events of the request's entity and the columns of its key, however many. */
    public Label<T> by(Keyed<T> key) {
      return new FutureWindow<>(FeatureView.named(name).over(source).by(key).feature(name, value));
    }
  }
}
