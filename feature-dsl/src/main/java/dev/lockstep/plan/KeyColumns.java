package dev.lockstep.plan;

import dev.lockstep.define.Column;
import dev.lockstep.define.DefinitionError;
import dev.lockstep.define.Keyed;
import dev.lockstep.value.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The columns of a source that hold an entity's key, checked against the entity's types. */
final class KeyColumns {
  private KeyColumns() {}

  /** The columns in the order of the key's parts; -1 for one that was reported. */
  static List<Integer> of(
      Keyed<?> keyed, SourceBuilder source, String user, Consumer<DefinitionError> errors) {
    List<Integer> columns = new ArrayList<>();
    List<ValueType> expected = keyed.entity().keyTypes();
    if (keyed.columns().size() != expected.size()) {
      errors.accept(
          new DefinitionError(
              user,
              "the key of entity "
                  + keyed.entity().name()
                  + " has "
                  + expected.size()
                  + (expected.size() == 1 ? " part" : " parts")
                  + ", but it is keyed by "
                  + keyed.columns().size()
                  + (keyed.columns().size() == 1 ? " column" : " columns"),
              "give a column for each part, of the types " + expected));
    }
    for (int i = 0; i < keyed.columns().size(); i++) {
      Column<?, ?> reference = keyed.columns().get(i);
      int column = source.column(reference, user);
      if (column >= 0 && i < expected.size() && source.typeOf(column) != expected.get(i)) {
        errors.accept(
            new DefinitionError(
                user,
                "the key of entity "
                    + keyed.entity().name()
                    + " is "
                    + expected.get(i)
                    + ", but ["
                    + source.columns.get(column).name()
                    + "] is "
                    + source.typeOf(column),
                "key it by a column of type " + expected.get(i)));
      }
      columns.add(column);
    }
    return columns;
  }
}
