package dev.lockstep.define;

/**
 * One mistake in a definition.
 *
 * @param subject what is wrong: a feature, view, source or table, by kind and name
 * @param problem what is wrong with it
 * @param cure what to write instead
 */
public record DefinitionError(String subject, String problem, String cure)
    implements java.io.Serializable {

  @Override
  public String toString() {
    return subject + ": " + problem + "\n    cure: " + cure;
  }
}
