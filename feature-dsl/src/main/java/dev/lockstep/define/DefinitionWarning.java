package dev.lockstep.define;

/**
 * Something in a definition that is allowed, and probably not meant.
 *
 * @param subject what it is about, by kind and name
 * @param problem what is suspicious
 * @param cure what to write instead
 */
public record DefinitionWarning(String subject, String problem, String cure)
    implements java.io.Serializable {

  @Override
  public String toString() {
    return subject + ": " + problem + "\n    cure: " + cure;
  }
}
