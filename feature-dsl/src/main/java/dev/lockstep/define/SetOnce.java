package dev.lockstep.define;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The mistakes made while a definition was written: settings given twice. They wait for the plan,
 * which reports every mistake together.
 */
record SetOnce(String subject, List<DefinitionError> mistakes) implements Serializable {

  static SetOnce of(String subject) {
    return new SetOnce(subject, List.of());
  }

  /** This, with a mistake more if the setting already has a value. */
  SetOnce check(String setting, @Nullable Object first, Object second) {
    if (first == null) {
      return this;
    }
    return with(
        new DefinitionError(
            subject,
            setting
                + " is set twice, first to "
                + ColumnReference.textOf(first)
                + ", then to "
                + ColumnReference.textOf(second),
            "keep one of the two calls of " + setting + "(...)"));
  }

  /** The mistakes of what reports them under a name of its own, with one more as {@link #check}. */
  static List<DefinitionError> more(
      List<DefinitionError> mistakes, String setting, @Nullable Object first, Object second) {
    return new SetOnce("", mistakes).check(setting, first, second).mistakes();
  }

  SetOnce with(DefinitionError mistake) {
    List<DefinitionError> more = new ArrayList<>(mistakes);
    more.add(mistake);
    return new SetOnce(subject, List.copyOf(more));
  }
}
