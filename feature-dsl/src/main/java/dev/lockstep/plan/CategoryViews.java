package dev.lockstep.plan;

import dev.lockstep.define.Aggregate;
import dev.lockstep.define.Column;
import dev.lockstep.define.DefinitionError;
import dev.lockstep.define.Entity;
import dev.lockstep.define.FeatureSet;
import dev.lockstep.define.FeatureView;
import dev.lockstep.define.KeyPart;
import dev.lockstep.define.Keyed;
import dev.lockstep.define.Window;
import dev.lockstep.define.WindowedAggregate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Makes views of their own of features that are read at the request's own category: keyed by the
 * view's entity and the category, and asked by the request's. So no path knows of them.
 */
final class CategoryViews {
  /** A view without such features, and those by what they are split and asked by. */
  private record Split(FeatureView<?> rest, List<Made> made) {}

  private record Made(FeatureView<?> view, Column<?, ?> asked) {}

  private record At(String category, String asked) {}

  private final SourceRegistry registry;
  private final Consumer<DefinitionError> errors;
  private final Map<FeatureView<?>, Split> known = new IdentityHashMap<>();
  private final Map<String, String> declaredIn = new HashMap<>();

  CategoryViews(SourceRegistry registry, Consumer<DefinitionError> errors) {
    this.registry = registry;
    this.errors = errors;
  }

  /** The parts of a set, with a part more behind each view that has such features. */
  List<FeatureSet.Part> expanded(List<FeatureSet.Part> parts, SourceBuilder requests) {
    List<FeatureSet.Part> all = new ArrayList<>();
    for (FeatureSet.Part part : parts) {
      if (part instanceof FeatureSet.ViewPart view) {
        Split split = split(view.view(), requests);
        if (split.made.isEmpty()) {
          all.add(part);
          continue;
        }
        FeatureSet.Part of = new FeatureSet.ViewPart(split.rest);
        add(of, split, all);
      } else if (part instanceof FeatureSet.RolePart role) {
        Split split = split(role.view(), requests);
        FeatureSet.Part of =
            split.made.isEmpty()
                ? part
                : new FeatureSet.RolePart(split.rest, role.key(), role.prefix());
        add(of, split, all);
      } else {
        all.add(part);
      }
    }
    return all;
  }

  private static void add(FeatureSet.Part of, Split split, List<FeatureSet.Part> all) {
    if (!split.rest.features().isEmpty() || split.made.isEmpty()) {
      all.add(of);
    }
    for (Made made : split.made) {
      all.add(new FeatureSet.CategoryPart(of, made.view, made.asked));
    }
  }

  /** The view that a view's features were declared in. */
  String declaredIn(String view) {
    return declaredIn.getOrDefault(view, view);
  }

  private Split split(FeatureView<?> view, SourceBuilder requests) {
    Split before = known.get(view);
    if (before == null) {
      before = newSplit(view, requests);
      known.put(view, before);
    }
    return before;
  }

  private <T> Split newSplit(FeatureView<T> view, SourceBuilder requests) {
    List<FeatureView.Feature<T>> rest = new ArrayList<>();
    Map<At, List<FeatureView.Feature<T>>> split = new LinkedHashMap<>();
    SourceBuilder source = null;
    for (FeatureView.Feature<T> feature : view.features()) {
      Aggregate.Category<T> category = feature.value().aggregate().category();
      if (category == null || category.asked() == null) {
        rest.add(feature);
        continue;
      }
      String subject = "feature " + feature.name();
      source = source == null ? registry.source(view.source()) : source;
      int column = source.column(category.column(), subject);
      int asked = requests.column(category.asked(), subject);
      checkWindow(subject, feature.value().window(), view);
      if (column < 0 || asked < 0) {
        rest.add(
            new FeatureView.Feature<>(feature.name(), ofAny(feature.value()), feature.about()));
        continue;
      }
      At at = new At(source.columns.get(column).name(), requests.columns.get(asked).name());
      split.computeIfAbsent(at, a -> new ArrayList<>()).add(feature);
    }
    List<Made> made = new ArrayList<>();
    split.forEach((at, features) -> made.add(made(view, at, features)));
    return new Split(
        made.isEmpty() && rest.size() == view.features().size()
            ? view
            : view.part(view.name(), view.key(), rest),
        made);
  }

  private <T> Made made(FeatureView<T> view, At at, List<FeatureView.Feature<T>> features) {
    Aggregate.Category<T> category =
        Objects.requireNonNull(features.get(0).value().aggregate().category());
    SourceBuilder source = registry.source(view.source());
    Class<?> type = source.classOf(source.column(category.column(), "view " + view.name()));
    Entity<?> entity = view.key().entity();
    List<KeyPart> parts = new ArrayList<>(entity.parts());
    parts.add(new KeyPart(type));
    List<Column<T, ?>> columns = new ArrayList<>(view.key().columns());
    columns.add(category.column());
    String name =
        view.name()
            + "_by_"
            + at.category
            + (at.asked.equals(at.category) ? "" : "_at_" + at.asked);
    declaredIn.put(name, view.name());
    FeatureView<T> part =
        view.part(
            name,
            new Keyed<>(new Entity<>(entity.name() + "_" + at.category, parts), columns),
            features.stream()
                .map(f -> new FeatureView.Feature<>(f.name(), ofAny(f.value()), f.about()))
                .toList());
    return new Made(part, Objects.requireNonNull(category.asked()));
  }

  private static <T> WindowedAggregate<T> ofAny(WindowedAggregate<T> value) {
    return new WindowedAggregate<>(
        value.aggregate().ofAnyCategory(),
        value.window(),
        value.withoutRequest(),
        value.defaultValue());
  }

  private void checkWindow(String subject, Window window, FeatureView<?> view) {
    if (window instanceof Window.LastEvents || window instanceof Window.Session) {
      errors.accept(
          new DefinitionError(
              subject,
              "its window "
                  + window
                  + " depends on events of all categories, and it reads those of one",
              "give it a window of time, such as last(days(30)); or key a view by "
                  + view.key().entity().name()
                  + " and the category, where the window is of the category's events"));
    }
  }

  /** The key of the request: the view's own or its role's, and the category that it asks for. */
  static List<Integer> key(
      FeatureSet.CategoryPart part,
      List<Integer> base,
      SourceBuilder requests,
      Consumer<DefinitionError> errors) {
    Entity<?> entity = part.view().key().entity();
    KeyPart category = entity.parts().get(entity.parts().size() - 1);
    List<Integer> key = new ArrayList<>(base);
    key.addAll(
        KeyColumns.of(
            new Entity<>(entity.name(), List.of(category)),
            List.of(part.asked()),
            requests,
            "view " + part.view().name(),
            errors));
    return key;
  }
}
