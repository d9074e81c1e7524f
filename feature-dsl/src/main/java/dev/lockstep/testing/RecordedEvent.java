package dev.lockstep.testing;

/**
 * A record as a topic or a file holds it.
 *
 * @param source index of its source or table in the plan
 * @param value the record, of the source's record type
 * @param recordTimestampMicros the Kafka record's timestamp, a whole millisecond; {@link
 *     #NO_RECORD_TIMESTAMP} in history that carries none
 * @param position its packed (partition, offset), or 0 in history that carries none
 */
public record RecordedEvent(int source, Record value, long recordTimestampMicros, long position) {
  /** The timestamp of a record that has none. */
  public static final long NO_RECORD_TIMESTAMP = Long.MIN_VALUE;

  /** The same record, written at another place. */
  public RecordedEvent at(long otherRecordTimestampMicros, long otherPosition) {
    return new RecordedEvent(source, value, otherRecordTimestampMicros, otherPosition);
  }
}
