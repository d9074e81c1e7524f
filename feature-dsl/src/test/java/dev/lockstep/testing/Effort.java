package dev.lockstep.testing;

/**
 * How much the tests with seeds try: seeds are fixed, so that a build would only repeat what the
 * one before has shown. {@code -Dtest.effort=20} makes a long run with seeds that no build takes.
 */
public final class Effort {
  private Effort() {}

  /** So many times what each build tries. */
  public static int times(int ofEachBuild) {
    return ofEachBuild * Integer.getInteger("lockstep.test.effort", 1);
  }
}
