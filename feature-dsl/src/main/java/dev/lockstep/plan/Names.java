package dev.lockstep.plan;

import dev.lockstep.define.DefinitionError;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * What may be a name: no name can be mistaken for another in the plan's text (C14), and each can be
 * a topic, a part of a store's key and a file's name.
 */
final class Names {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]*");
  private static final Pattern COLUMN = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  private Names() {}

  /** Reports a source's, view's, table's, set's, entity's or label's name that can't be one. */
  static void check(String subject, String name, Consumer<DefinitionError> errors) {
    if (!NAME.matcher(name).matches()) {
      errors.accept(
          new DefinitionError(
              subject,
              "[" + name + "] can't be a name",
              "use letters, digits, '_', '-' and '.', beginning with a letter, digit or '_'"));
    }
  }

  /** Reports a feature's name that can't be a column in every tool. */
  static void checkFeature(String name, Consumer<DefinitionError> errors) {
    if (!isColumn(name)) {
      errors.accept(
          new DefinitionError(
              "feature " + name,
              "the name can't be a column in every tool",
              "use letters, digits and underscores, beginning with a letter or an underscore"));
    }
  }

  /** Whether a name can be a column in every tool. */
  static boolean isColumn(String name) {
    return COLUMN.matcher(name).matches();
  }
}
