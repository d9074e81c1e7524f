package dev.lockstep.beam.coder;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;
import org.apache.beam.sdk.util.CoderUtils;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RecordCoderTest {
  enum Level {
    LOW,
    HIGH {
      @Override
      public String toString() {
        return "very high";
      }
    }
  }

  record Reading(
      @Nullable Level level,
      @Nullable UUID device,
      @Nullable LocalDate day,
      Optional<Level> last) {}

  @Test
  void enumsUuidsAndDaysComeBackAsTheyWere() throws Exception {
    RecordCoder<Reading> coder = RecordCoder.of(Reading.class);
    Reading full = new Reading(Level.HIGH, new UUID(-1, 7), LocalDate.MAX, Optional.of(Level.LOW));
    Reading empty = new Reading(null, null, null, Optional.empty());
    for (Reading reading : new Reading[] {full, empty}) {
      byte[] bytes = CoderUtils.encodeToByteArray(coder, reading);
      assertEquals(reading, CoderUtils.decodeFromByteArray(coder, bytes));
    }
  }
}
