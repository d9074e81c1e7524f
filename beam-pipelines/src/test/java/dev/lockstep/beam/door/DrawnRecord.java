package dev.lockstep.beam.door;

import dev.lockstep.beam.naive.NaiveRecord;

/**
 * A record type that was drawn and compiled.
 *
 * @param code what its own code does, for people; "none" for a plain record
 * @param source its Java, for a failure's message
 */
public record DrawnRecord(NaiveRecord naive, String code, String source) {
  Class<?> type() {
    return naive.type();
  }
}
