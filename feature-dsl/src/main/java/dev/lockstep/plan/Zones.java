package dev.lockstep.plan;

import java.time.ZoneId;
import java.util.Set;

/** Time zones in the form that a plan has them, so that one zone has one text (C14). */
final class Zones {
  /** Old names of UTC beside those that say so. */
  private static final Set<String> UTC =
      Set.of("UCT", "Zulu", "Universal", "Greenwich", "GMT0", "UTC", "GMT", "UT");

  private Zones() {}

  /**
   * An offset for what names one: {@code UTC}, {@code GMT+2}, {@code Etc/UTC}. Other zones stay as
   * they are, those too that keep one offset by what a JDK knows today.
   */
  static ZoneId canonical(ZoneId zone) {
    String id = zone.getId();
    boolean offset = UTC.contains(id) || id.startsWith("Etc/") || id.matches("(UTC|GMT|UT)[+-].*");
    return offset ? zone.normalized() : zone;
  }
}
