package dev.lockstep.define;

import java.io.Serializable;

/**
 * What a model learns to predict for a request: a value of a later event that names the request.
 *
 * <p>The event is found by the request's id, whenever it became known; where several name one
 * request, the first in knowledge order counts; where none does, the label is null.
 *
 * @param name the label's column in the training set
 * @param source where the event comes from
 * @param requestId the column that holds the request's id
 * @param value over the event's columns; BOOLEAN or a number
 * @param <T> the event's record type
 */
public record Label<T>(String name, EventSource<T> source, Column<T, ?> requestId, Expression value)
    implements Serializable {

  /** Begins a label: {@code from(LANDINGS).on(Landing::flight).is("delayed", ...)}. */
  public static <T> From<T> from(EventSource<T> source) {
    return new From<>(source);
  }

  /** A label's source, waiting for the column that names the request. */
  public record From<T>(EventSource<T> source) {
    public On<T> on(Column<T, ?> requestId) {
      return new On<>(source, requestId);
    }
  }

  /** A label's source and request id, waiting for name and value. */
  public record On<T>(EventSource<T> source, Column<T, ?> requestId) {
    public Label<T> is(String name, Expression value) {
      return new Label<>(name, source, requestId, value);
    }
  }
}
