package dev.lockstep.plan;

import dev.lockstep.expression.Node;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * How a feature set is asked by a spine: rows of keys and times that are requests and no events.
 *
 * <p>A spine's columns have the names of the request record's components. It must have the event
 * time, the keys, and each field that the vector or the label reads of a request; it may have id
 * and availability. What else the plan reads of the requests' source is null in a spine's rows.
 */
public final class SpinePlan {
  private final SourcePlan requests;
  private final List<Boolean> present;

  private SpinePlan(SourcePlan requests, List<Boolean> present) {
    this.requests = requests;
    this.present = List.copyOf(present);
  }

  /**
   * The plan for a spine that has these columns.
   *
   * @throws SpineException naming all columns that it lacks
   */
  public static SpinePlan of(FeaturePlan plan, Set<String> columns) {
    SourcePlan requests = plan.requestSource();
    List<Boolean> present =
        requests.columns().stream().map(c -> absent(requests, c, columns).isEmpty()).toList();
    Map<Integer, Set<String>> missing = readers(plan);
    missing.keySet().removeIf(present::get);
    if (!missing.isEmpty()) {
      StringBuilder text =
          new StringBuilder("the spine lacks what feature set ")
              .append(plan.name())
              .append(" reads of a request:");
      missing.forEach(
          (column, readers) ->
              text.append("\n  ")
                  .append(absent(requests, requests.columns().get(column), columns))
                  .append(", read by ")
                  .append(String.join(", ", readers)));
      throw new SpineException(
          text.append("\n    its columns are: ")
              .append(new TreeSet<>(columns))
              .append("\n    cure: add the missing ones to the spine, under these names")
              .toString());
    }
    return new SpinePlan(requests, present);
  }

  /** The source whose layout the spine's rows have. */
  public SourcePlan requests() {
    return requests;
  }

  /** Whether the spine gives a column of the requests' source; where not, it is null. */
  public boolean has(int column) {
    return column >= 0 && present.get(column);
  }

  /** Whether its rows say when they ask; else they ask at their event time. */
  public boolean hasAvailableAt() {
    return has(requests.availableAtColumn());
  }

  /** Whether its rows have ids. */
  public boolean hasId() {
    return has(requests.idColumn());
  }

  /** Whether each row is made a record, of all its components (C17). */
  public boolean makesRecords() {
    return requests.schema().hasOwnCode()
        || IntStream.range(0, present.size())
            .anyMatch(c -> has(c) && requests.columns().get(c).readsWholeEvents());
  }

  /** The components that must be read of each row, in the record's order. */
  public List<Integer> neededComponents() {
    return IntStream.range(0, present.size())
        .filter(this::has)
        .boxed()
        .flatMap(c -> needed(requests, requests.columns().get(c)).stream())
        .sorted()
        .distinct()
        .toList();
  }

  /** The components that a column needs: itself, those it declares, or all. */
  private static List<Integer> needed(SourcePlan requests, ColumnPlan column) {
    if (requests.schema().hasOwnCode() || column.readsWholeEvents()) {
      return IntStream.range(0, requests.schema().components().size()).boxed().toList();
    }
    return column.computed() == null ? List.of(column.component()) : column.inputs();
  }

  /** The fields that a column needs and a spine lacks. */
  private static List<String> absent(SourcePlan requests, ColumnPlan column, Set<String> columns) {
    return needed(requests, column).stream()
        .map(c -> requests.schema().components().get(c).fieldName())
        .filter(name -> !columns.contains(name))
        .toList();
  }

  /** What reads the request's columns, by column. */
  private static Map<Integer, Set<String>> readers(FeaturePlan plan) {
    Map<Integer, Set<String>> readers = new TreeMap<>();
    add(readers, List.of(plan.requestSource().eventTimeColumn()), "event time");
    plan.entities().forEach(e -> add(readers, e.columns(), "entity " + e.entity()));
    for (Ask ask : plan.asks()) {
      Branch branch = plan.branchOf(ask);
      String kind =
          branch instanceof ViewPlan
              ? "view " + branch.name()
              : branch instanceof LookupPlan lookup
                  ? "lookup of table " + lookup.table()
                  : "label " + branch.name();
      add(readers, ask.columns(), kind);
    }
    for (FeatureColumn feature : plan.features()) {
      if (feature.isDerived()) {
        List<Integer> fields = new ArrayList<>();
        addFields(plan.derived().get(feature.slot()), fields);
        add(readers, fields, "feature " + feature.name());
      }
    }
    plan.label().ifPresent(l -> add(readers, l.requestColumns(), "label " + l.name()));
    if (plan.label().orElse(null) instanceof ColumnLabelPlan own) {
      add(readers, List.of(own.column()), "label " + own.name());
    }
    return readers;
  }

  private static void add(Map<Integer, Set<String>> readers, List<Integer> columns, String reader) {
    columns.forEach(c -> readers.computeIfAbsent(c, k -> new LinkedHashSet<>()).add(reader));
  }

  private static void addFields(TypedExpression e, List<Integer> fields) {
    if (e.expression() instanceof Node.Field) {
      fields.add(e.index());
    }
    e.operands().forEach(o -> addFields(o, fields));
  }
}
