package dev.lockstep.define;

/**
 * A named, versioned function of an event.
 *
 * @param version part of the fingerprint; raise it when the function's meaning changes
 */
public record ComputedColumn<T, R>(String name, int version, Class<R> type, Column<T, R> function)
    implements Column<T, R> {

  @Override
  public R apply(T event) {
    return function.apply(event);
  }
}
