package dev.lockstep.beam.kafka;

import dev.lockstep.beam.stream.Opening;
import dev.lockstep.time.RecordTimes;
import java.nio.ByteBuffer;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** The Kafka headers that we write and read; numbers are eight bytes, big-endian. */
public final class RecordHeaders {
  /**
   * A clock record: "later records of this partition are available at or after this millisecond".
   * It carries no event.
   */
  public static final String CLOCK = "lockstep-clock";

  /** Wall clock in microseconds at which an event was appended; for measuring latency. */
  public static final String INGESTED_AT = "lockstep-ingested-at";

  /** Why a record is in the dead letter: text. */
  public static final String REASON = "lockstep-reason";

  /** Where a dead-lettered record was: {@code topic-partition@offset}. */
  public static final String POSITION = "lockstep-position";

  /** The bytes of a dead-lettered record that was too large to be sent whole: key and value. */
  public static final String LENGTH = "lockstep-length";

  /** The SHA-256, in hex, of the value of a record that was too large to be sent whole. */
  public static final String CHECKSUM = "lockstep-sha256";

  /** No clock goes beyond the end of year 9999: at Beam's last instant keyed state is wiped. */
  public static final long LAST_CLOCK_MILLIS = 253_402_300_799_999L;

  /**
   * The clock that tells nothing: no record is available before it. It lets a reader that has read
   * no record yet say so.
   */
  public static final long FIRST_CLOCK_MILLIS = Opening.BEHIND.getMillis();

  private RecordHeaders() {}

  /** Whether a clock can be meant: the first, the last, or a millisecond within 1990 to 2100. */
  public static boolean isClock(long clock) {
    return clock == FIRST_CLOCK_MILLIS
        || clock == LAST_CLOCK_MILLIS
        || RecordTimes.canBeMeant(clock);
  }

  public static byte[] number(long value) {
    return ByteBuffer.allocate(Long.BYTES).putLong(value).array();
  }

  /** What a replay's clock record says, in milliseconds; null for a record that is none. */
  static @Nullable Long clock(@Nullable Headers headers) {
    Long clock = number(headers, CLOCK);
    return clock != null && isClock(clock) ? clock : null;
  }

  /** Whether a record has a header, whatever it says. */
  static boolean has(@Nullable Headers headers, String name) {
    return headers != null && headers.lastHeader(name) != null;
  }

  /** The number of a header, or null where it is missing or no number. */
  public static @Nullable Long number(@Nullable Headers headers, String name) {
    Header header = headers == null ? null : headers.lastHeader(name);
    return header == null || header.value() == null || header.value().length != Long.BYTES
        ? null
        : (Long) ByteBuffer.wrap(header.value()).getLong();
  }
}
