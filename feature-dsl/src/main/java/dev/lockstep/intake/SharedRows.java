package dev.lockstep.intake;

import dev.lockstep.plan.ColumnPlan;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.plan.LookupPlan;
import dev.lockstep.plan.SourcePlan;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** What the rows of a table that feature sets share can't do without: their keys and times. */
final class SharedRows {
  private SharedRows() {}

  /** The components of keys, times and deletion; all, where rows are made records. */
  static List<Integer> required(FeaturePlan plan, SourcePlan table) {
    if (table.makesRecords()) {
      return IntStream.range(0, table.schema().components().size()).boxed().toList();
    }
    List<Integer> columns =
        new ArrayList<>(
            List.of(table.eventTimeColumn(), table.availableAtColumn(), table.deletedColumn()));
    for (LookupPlan lookup : plan.lookups()) {
      if (lookup.source() == table.index()) {
        columns.addAll(lookup.eventKey());
      }
    }
    TreeSet<Integer> components = new TreeSet<>();
    for (int index : columns) {
      if (index >= 0) {
        ColumnPlan column = table.columns().get(index);
        components.addAll(
            column.computed() == null ? List.of(column.component()) : column.inputs());
      }
    }
    return List.copyOf(components);
  }
}
