package dev.lockstep.plan;

import dev.lockstep.define.DefinitionError;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** What a record type must declare to be read the same on every path (C17). */
final class RecordRules {
  private RecordRules() {}

  /** Reports what a record type lacks. */
  static void check(RecordSchema record, String subject, Consumer<DefinitionError> errors) {
    String type = record.recordType().getSimpleName();
    if (record.hasOwnCode() && record.codeVersion().isEmpty()) {
      errors.accept(
          new DefinitionError(
              subject,
              "record " + type + " has code of its own: " + record.ownCode(),
              "add @RecordCode(version = 1) to the record, and raise the version whenever the"
                  + " code's meaning changes"));
    }
    if (record.codeVersion().orElse(1) < 1) {
      errors.accept(
          new DefinitionError(
              subject,
              "record " + type + " has a code version of " + record.codeVersion().orElseThrow(),
              "begin with @RecordCode(version = 1)"));
    }
    Map<String, String> owners = new HashMap<>();
    for (RecordSchema.Component c : record.components()) {
      String first = owners.putIfAbsent(c.fieldName(), c.name());
      if (c.fieldName().isEmpty() || first != null) {
        errors.accept(
            new DefinitionError(
                subject,
                "component ["
                    + c.name()
                    + "] of "
                    + type
                    + (first == null
                        ? " has an empty name in files and messages"
                        : " has the name ["
                            + c.fieldName()
                            + "] in files and messages, as ["
                            + first
                            + "] has"),
                "give it a name of its own: @FieldName(\"...\")"));
      }
    }
  }
}
