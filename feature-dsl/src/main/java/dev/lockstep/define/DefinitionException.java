package dev.lockstep.define;

import java.util.List;
import java.util.stream.Collectors;

/** All mistakes of a definition together, found before anything runs (C13). */
public final class DefinitionException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final List<DefinitionError> errors;

  public DefinitionException(String definition, List<DefinitionError> errors) {
    super(message(definition, errors));
    this.errors = List.copyOf(errors);
  }

  public List<DefinitionError> errors() {
    return errors;
  }

  private static String message(String definition, List<DefinitionError> errors) {
    return definition
        + " has "
        + errors.size()
        + (errors.size() == 1 ? " error" : " errors")
        + errors.stream().map(e -> "\n  " + e).collect(Collectors.joining());
  }
}
