package dev.lockstep.plan;

import dev.lockstep.define.About;
import dev.lockstep.define.DefinitionError;
import dev.lockstep.define.DefinitionWarning;
import dev.lockstep.define.FeatureSet;
import dev.lockstep.define.FeatureView;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/** What people should know about the parts of a plan: no part of any text that is fingerprinted. */
public final class PlanAbout {
  private final About set;
  private final Map<String, About> sources = new LinkedHashMap<>();
  private final Map<String, About> views = new LinkedHashMap<>();
  private final Map<String, About> features = new LinkedHashMap<>();

  /** What was declared of features, by the name of the view they are of; the set's own by "". */
  private final Map<String, Map<String, About>> declared = new LinkedHashMap<>();

  PlanAbout(FeatureSet<?> of) {
    this.set = of.about();
    declared.put("", of.aboutFeatures());
    source(String.valueOf(of.requests().name()), of.requests().about());
    for (FeatureSet.Part part : of.parts()) {
      if (part instanceof FeatureSet.ViewPart view) {
        add(view.view());
      } else if (part instanceof FeatureSet.RolePart role) {
        add(role.view());
      } else if (part instanceof FeatureSet.LookupPart lookup) {
        source(lookup.field().table().name(), lookup.field().table().about());
      }
    }
  }

  private void add(FeatureView<?> view) {
    source(String.valueOf(view.source().name()), view.source().about());
    if (!view.about().isEmpty()) {
      views.put(view.name(), view.about());
    }
    Map<String, About> own = new LinkedHashMap<>();
    view.features().forEach(f -> own.put(f.name(), f.about()));
    declared.put(view.name(), own);
  }

  private void source(String name, About about) {
    if (!about.isEmpty()) {
      sources.put(name, about);
    }
  }

  /**
   * Settles what is known of each feature of the vector.
   *
   * @param viewOf the view that a feature is of; "" for what the set itself adds
   * @param roleOf the role in which it is asked; "" for none
   */
  void settle(
      List<FeatureColumn> vector,
      Function<FeatureColumn, String> viewOf,
      Function<FeatureColumn, String> roleOf) {
    for (FeatureColumn column : vector) {
      String view = viewOf.apply(column);
      String role = roleOf.apply(column);
      String name = role.isEmpty() ? column.name() : column.name().substring(role.length() + 1);
      About own = declared(declared.getOrDefault(view, Map.of()), name);
      About about = own.within(views.getOrDefault(view, About.NOTHING));
      if (!about.isEmpty()) {
        features.put(column.name(), about);
      }
    }
  }

  /**
   * What was declared under a name, or under the longest that it begins with: a declared feature
   * may stand for several, {@code country} for {@code country_US}.
   */
  private static About declared(Map<String, About> byName, String name) {
    String longest = "";
    for (String candidate : byName.keySet()) {
      boolean isIt = name.equals(candidate) || name.startsWith(candidate + "_");
      longest = isIt && candidate.length() > longest.length() ? candidate : longest;
    }
    return byName.getOrDefault(longest, About.NOTHING);
  }

  /** Reports what is said of features that aren't there, and successors that aren't. */
  void check(List<FeatureColumn> vector, Consumer<DefinitionError> errors) {
    List<String> names = vector.stream().map(FeatureColumn::name).toList();
    for (String name : declared.getOrDefault("", Map.of()).keySet()) {
      if (names.stream().noneMatch(n -> n.equals(name) || n.startsWith(name + "_"))) {
        errors.accept(
            new DefinitionError(
                "feature " + name,
                "something is said about it, and the set has no such feature",
                "name a feature that the set adds; those of a view say it in the view"));
      }
    }
    features.forEach(
        (name, about) -> {
          String successor = about.successor();
          if (successor != null && (!names.contains(successor) || successor.equals(name))) {
            errors.accept(
                new DefinitionError(
                    "feature " + name,
                    "it is deprecated in favour of ["
                        + successor
                        + "], "
                        + (successor.equals(name) ? "itself" : "which the set doesn't have"),
                    "name another feature of the set, or add it"));
          }
        });
  }

  /** What is deprecated, with what to use instead. */
  List<DefinitionWarning> warnings() {
    List<DefinitionWarning> warnings = new ArrayList<>();
    sources.forEach((name, about) -> deprecated("source " + name, about, warnings));
    views.forEach((name, about) -> deprecated("view " + name, about, warnings));
    features.forEach((name, about) -> deprecated("feature " + name, about, warnings));
    return warnings;
  }

  private static void deprecated(String what, About about, List<DefinitionWarning> warnings) {
    if (about.successor() != null) {
      warnings.add(new DefinitionWarning(what, "it is deprecated", "use " + about.successor()));
    }
  }

  public About ofSet() {
    return set;
  }

  /** What is said of a source or a table. */
  public About ofSource(String name) {
    return sources.getOrDefault(name, About.NOTHING);
  }

  public About ofView(String name) {
    return views.getOrDefault(name, About.NOTHING);
  }

  /** What is said of a feature of the vector, with the owner and the tags of its view. */
  public About ofFeature(String name) {
    return features.getOrDefault(name, About.NOTHING);
  }

  /** What is said of features, by name; none for those of which nothing is. */
  public Map<String, About> ofFeatures() {
    return Map.copyOf(features);
  }
}
