package dev.lockstep.plan;

import dev.lockstep.define.Column;
import dev.lockstep.define.DefinitionError;
import dev.lockstep.define.Entity;
import dev.lockstep.define.KeyPart;
import dev.lockstep.define.Keyed;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The columns of a source that hold an entity's key, checked against the types of its parts. */
final class KeyColumns {
  private KeyColumns() {}

  /** The columns in the order of the key's parts; -1 for one that was reported. */
  static List<Integer> of(
      Keyed<?> keyed, SourceBuilder source, String user, Consumer<DefinitionError> errors) {
    return of(keyed.entity(), keyed.columns(), source, user, errors);
  }

  /** The same of an entity and its columns. */
  static List<Integer> of(
      Entity<?> entity,
      List<? extends Column<?, ?>> references,
      SourceBuilder source,
      String user,
      Consumer<DefinitionError> errors) {
    int parts = checkParts(entity, references.size(), user, errors);
    List<Integer> columns = new ArrayList<>();
    for (int i = 0; i < references.size(); i++) {
      int column = source.column(references.get(i), user);
      if (column >= 0 && i < parts) {
        String name = source.columns.get(column).name();
        checkPart(entity, i, source.classOf(column), name, user, errors);
      }
      columns.add(column);
    }
    return columns;
  }

  /** Reports a number of parts that isn't the key's; returns how many it has. */
  static int checkParts(
      Entity<?> entity, int given, String user, Consumer<DefinitionError> errors) {
    checkParts(entity, errors);
    int parts = entity.parts().size();
    if (given != parts) {
      errors.accept(
          new DefinitionError(
              user,
              "the key of entity "
                  + entity.name()
                  + " has "
                  + parts
                  + (parts == 1 ? " part" : " parts")
                  + ", but is given by "
                  + given
                  + (given == 1 ? " column" : " columns"),
              "name one column for each part: " + entity.parts()));
    }
    return parts;
  }

  /**
   * Reports what can't be a part of a key.
   *
   * @param seen the class of its values
   * @param name how it is called
   * @return whether it can
   */
  static boolean checkPart(
      Entity<?> entity,
      int place,
      Class<?> seen,
      String name,
      String user,
      Consumer<DefinitionError> errors) {
    KeyPart part = entity.parts().get(place);
    if (!part.canBeKey() || part.takes(seen)) {
      return true; // what can't be a key was reported once, with its entity
    }
    String which = entity.parts().size() == 1 ? "" : ", part " + (place + 1) + ",";
    errors.accept(
        new DefinitionError(
            user,
            "the key of entity "
                + entity.name()
                + which
                + " is "
                + part
                + ", but ["
                + name
                + "] is "
                + new KeyPart(seen),
            "key it by a column that is " + part));
    return false;
  }

  /** Reports the parts of a key whose types have no one text on every path (C7). */
  private static void checkParts(Entity<?> entity, Consumer<DefinitionError> errors) {
    String subject = "entity " + entity.name();
    for (KeyPart part : entity.parts()) {
      if (!part.canBeKey()) {
        errors.accept(
            new DefinitionError(
                subject, "its key is " + part + ", which can't be one", cure(part)));
      }
    }
  }

  private static String cure(KeyPart part) {
    Class<?> type = part.type();
    if (type == Instant.class) {
      return "key it by a LocalDate, or by an integer that counts hours or minutes:"
          + " Column.computed(\"hour\", 1, Long.class, Record::at, at -> ...)";
    }
    if (type == double.class
        || type == Double.class
        || type == float.class
        || type == Float.class
        || type == BigDecimal.class) {
      return "key it by an id, or by a whole number made of it:"
          + " Column.computed(\"cents\", 1, Long.class, Record::price, price -> ...)";
    }
    return "let each part be text (String), an integer, a boolean, an enum, a UUID or a LocalDate";
  }
}
