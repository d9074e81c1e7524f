package dev.lockstep.intake;

import dev.lockstep.plan.SourcePlan;
import java.util.List;

/**
 * A way in which a message holds a row, such as JSON: found by {@link java.util.ServiceLoader}, and
 * chosen for each message by its first bytes (C13). None makes a record of its own.
 */
public interface EventFormat {
  /** Its name, as reasons list what is supported. */
  String name();

  /** Whether a message is of this format, by its first bytes. */
  boolean claims(byte[] message);

  /**
   * A reader of one source's messages, compiled for the fields that the plan needs. Not
   * thread-safe.
   *
   * @param source whose messages they are
   * @param fields what is needed of each
   * @param schemas texts of schemas that messages may be written by, for formats that have any
   */
  EventReader reader(SourcePlan source, Fields fields, List<String> schemas);
}
