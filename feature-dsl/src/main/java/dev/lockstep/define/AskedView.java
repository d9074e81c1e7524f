package dev.lockstep.define;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * A view that each request asks by several keys of its own, in roles: {@code
 * ACCOUNT_ACTIVITY.askedBy(Payment::sender, "sender").askedBy(Payment::receiver, "receiver")}. What
 * the view holds of a key is there once. Immutable: every method returns a new one.
 *
 * @param view what is asked
 * @param roles by which keys, in the order in which they were added
 * @param <R> the record type of the requests
 */
public record AskedView<R>(FeatureView<?> view, List<Role<R>> roles) implements Serializable {

  /**
   * One key by which a view is asked.
   *
   * @param key the request's columns that hold it
   * @param prefix what the names of its features begin with, and what vectors call its key
   */
  public record Role<R>(Keyed<R> key, String prefix) implements Serializable {}

  public AskedView {
    roles = List.copyOf(roles);
  }

  /** Adds a role whose key is in one column of the request. */
  public AskedView<R> askedBy(Column<R, ?> column, String prefix) {
    return with(List.of(column), prefix);
  }

  /** Adds a role whose key is in two columns of the request. */
  public AskedView<R> askedBy(Column<R, ?> first, Column<R, ?> second, String prefix) {
    return with(List.of(first, second), prefix);
  }

  /** Adds a role whose key is in as many columns of the request as the entity has parts. */
  public AskedView<R> askedBy(List<Column<R, ?>> columns, String prefix) {
    return with(columns, prefix);
  }

  private AskedView<R> with(List<Column<R, ?>> columns, String prefix) {
    List<Role<R>> more = new ArrayList<>(roles);
    more.add(new Role<>(new Keyed<>(view.key().entity(), columns), prefix));
    return new AskedView<>(view, more);
  }
}
