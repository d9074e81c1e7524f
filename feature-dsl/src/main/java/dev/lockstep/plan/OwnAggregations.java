package dev.lockstep.plan;

import dev.lockstep.aggregate.Aggregation;
import dev.lockstep.aggregate.ByCategory;
import dev.lockstep.define.AggregationCatalog;
import dev.lockstep.define.AggregationDescription;
import dev.lockstep.define.DefinitionError;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * The aggregations of one plan that aren't the library's: each has a name that is its own, and a
 * version, by which its fingerprint tells it from all others (C14).
 */
final class OwnAggregations {
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_.,:()+-]*");

  private final Map<String, Aggregation> byIdentity = new HashMap<>();
  private final Set<Aggregation> reported = new HashSet<>();

  /** Reports what is wrong with a feature's aggregation, if it is of the user's own. */
  void check(String subject, Aggregation aggregation, Consumer<DefinitionError> errors) {
    if (aggregation instanceof ByCategory by) {
      check(subject, by.inner(), errors);
      return;
    }
    if (isOfLibrary(aggregation) || reported.contains(aggregation)) {
      return;
    }
    String kind = aggregation.getClass().getName();
    String name = aggregation.name();
    int before = reported.size();
    if (!NAME.matcher(name).matches()) {
      report(
          aggregation,
          subject,
          "[" + name + "] can't be the name of an aggregation, " + kind,
          "use letters, digits and _ . , : ( ) + -, beginning with a letter or an underscore",
          errors);
    } else if (isReserved(name)) {
      report(
          aggregation,
          subject,
          "the aggregation " + kind + " is named [" + name + "], as one of the library's",
          "give it a name of its own: let name() return \"my_" + name + "\"",
          errors);
    }
    if (aggregation.version() < 1) {
      report(
          aggregation,
          subject,
          "the aggregation [" + name + "], " + kind + ", declares no version",
          "let its version() return 1, and a greater number whenever its results change",
          errors);
    }
    Aggregation first = byIdentity.putIfAbsent(identity(aggregation), aggregation);
    if (reported.size() == before && first != null && !first.equals(aggregation)) {
      boolean sameKind = first.getClass().equals(aggregation.getClass());
      report(
          aggregation,
          subject,
          "two aggregations are named ["
              + name
              + "] in version "
              + aggregation.version()
              + ": "
              + (sameKind ? kind + " twice, unequal" : first.getClass().getName() + " and " + kind),
          sameKind
              ? "make it a record of its parameters, and say them all in its name()"
              : "rename one of the two",
          errors);
    }
  }

  private void report(
      Aggregation aggregation,
      String subject,
      String problem,
      String cure,
      Consumer<DefinitionError> errors) {
    reported.add(aggregation);
    errors.accept(new DefinitionError(subject, problem, cure));
  }

  /** The name in a plan's text, by which a user's can't be taken for one of the library's. */
  static String identity(Aggregation aggregation) {
    if (aggregation instanceof ByCategory by) {
      return identity(by.inner()) + "_by";
    }
    return isOfLibrary(aggregation)
        ? aggregation.name()
        : aggregation.name() + "@v" + aggregation.version();
  }

  /** What an error calls it: by the method that gives it, or one's own by its name. */
  static String called(Aggregation aggregation) {
    if (aggregation instanceof ByCategory by) {
      return called(by.inner()) + " by category";
    }
    String name = aggregation.name();
    return isOfLibrary(aggregation)
        ? AggregationCatalog.named(name).map(AggregationDescription::factory).orElse(name)
        : name;
  }

  static boolean isReserved(String name) {
    return AggregationCatalog.named(name).isPresent();
  }

  private static boolean isOfLibrary(Aggregation aggregation) {
    Class<?> kind = aggregation.getClass();
    return kind.getPackageName().equals(Aggregation.class.getPackageName())
        && kind.getClassLoader() == Aggregation.class.getClassLoader();
  }
}
