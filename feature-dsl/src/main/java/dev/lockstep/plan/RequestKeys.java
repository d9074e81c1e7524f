package dev.lockstep.plan;

import dev.lockstep.define.DefinitionError;
import dev.lockstep.define.Entity;
import dev.lockstep.define.Keyed;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which columns of the request hold each entity's key: said by the set, else by its first view. */
final class RequestKeys {
  private final Map<Entity<?>, List<Integer>> columns = new LinkedHashMap<>();
  private final Map<Entity<?>, String> views = new LinkedHashMap<>();

  /** The columns of an entity's key, or null if nothing says them. */
  @Nullable List<Integer> of(Entity<?> entity) {
    return columns.get(entity);
  }

  /**
   * Declares an entity's key.
   *
   * @param view the view that brings it; null where the set says it
   * @return whether it is the first to
   */
  boolean declare(Entity<?> entity, List<Integer> key, @Nullable String view) {
    if (columns.putIfAbsent(entity, key) != null) {
      return false;
    }
    if (view != null) {
      views.put(entity, view);
    }
    return true;
  }

  /**
   * Reports a view over the requests' own source, keyed by another column than the one which an
   * earlier view brought: the request would ask it by that, and nobody said so.
   *
   * @param ofView whether it is a view of the set, which can be asked in roles
   */
  void checkAsked(
      Keyed<?> keyed,
      boolean ofView,
      SourceBuilder requests,
      String user,
      Consumer<DefinitionError> errors) {
    String first = views.get(keyed.entity());
    List<Integer> asked = columns.get(keyed.entity());
    if (first == null || asked == null) {
      return;
    }
    List<Integer> own = KeyColumns.of(keyed, requests, user, errors);
    if (own.equals(asked) || own.contains(-1) || asked.contains(-1)) {
      return;
    }
    String entity = keyed.entity().name();
    String cure =
        ofView
            ? "ask it in roles, of which each says its key: .with(VIEW.askedBy(Request::column,"
                + " \"prefix\")); or "
            : "";
    errors.accept(
        new DefinitionError(
            user,
            "it is keyed by "
                + names(own, requests)
                + ", but the request would ask it by "
                + names(asked, requests)
                + ", which view "
                + first
                + " keys entity "
                + entity
                + " by",
            cure
                + "give it another Entity, keyed by "
                + names(own, requests)
                + "; if it is meant so, say .entity("
                + entity
                + ", Request::column) on the feature set"));
  }

  static String names(List<Integer> key, SourceBuilder requests) {
    return key.stream()
        .map(c -> requests.columns.get(c).name())
        .collect(Collectors.joining(", ", "[", "]"));
  }
}
