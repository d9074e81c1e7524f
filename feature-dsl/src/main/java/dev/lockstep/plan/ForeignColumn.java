package dev.lockstep.plan;

import dev.lockstep.define.Column;
import dev.lockstep.define.ColumnReference;
import dev.lockstep.define.ComputedColumn;
import dev.lockstep.define.DefinitionError;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A column of another record: its name alone would read a component that happens to share it. */
final class ForeignColumn {
  private ForeignColumn() {}

  /**
   * The mistake, or null where the column can be read from the record.
   *
   * @param owner the source or table of the record, by kind and name
   */
  static @Nullable DefinitionError find(
      Column<?, ?> reference, RecordSchema record, String owner, String user) {
    if (!(reference instanceof ComputedColumn) && ColumnReference.nameOf(reference).isEmpty()) {
      return null; // a lambda, which is refused as such
    }
    Set<String> types = new HashSet<>();
    addTypes(record.recordType(), types);
    for (String taken : ColumnReference.eventTypes(reference)) {
      if (!types.contains(taken)) {
        return mistake(reference, simple(taken), record, owner, user);
      }
    }
    return null;
  }

  private static DefinitionError mistake(
      Column<?, ?> reference, String taken, RecordSchema record, String owner, String user) {
    String own = record.recordType().getSimpleName();
    String of = ", but " + owner + " is of " + own;
    String name = ColumnReference.nameOf(reference);
    if (reference instanceof ComputedColumn<?, ?> computed) {
      return new DefinitionError(
          user,
          "the computed column [" + computed.name() + "] takes a " + taken + of,
          "give it a function of " + own);
    }
    return new DefinitionError(
        user,
        "[" + name + "] is " + taken + "'s" + of,
        record.indexOf(name) >= 0
            ? "refer to " + own + "::" + name
            : "refer to a component of " + own + ": " + SourceBuilder.componentNames(record));
  }

  private static void addTypes(@Nullable Class<?> type, Set<String> into) {
    if (type != null && into.add(type.getName())) {
      addTypes(type.getSuperclass(), into);
      for (Class<?> more : type.getInterfaces()) {
        addTypes(more, into);
      }
    }
  }

  private static String simple(String name) {
    return name.substring(Math.max(name.lastIndexOf('.'), name.lastIndexOf('$')) + 1);
  }
}
