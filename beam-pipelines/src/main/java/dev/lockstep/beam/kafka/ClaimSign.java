package dev.lockstep.beam.kafka;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * A record of a status topic: a start claims to be its set's stream, is alive, or has ended.
 *
 * @param start the start's id
 * @param claim the offset of its claim; -1 in the claim itself
 * @param place where it runs, for people
 * @param what it tells
 * @param process which of its processes tells it, as {@code PID@HOST}; null where that says nothing
 * @param figures of that process, see {@link ProcessFigures}; null for none
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record ClaimSign(
    String start,
    long claim,
    String place,
    What what,
    @Nullable String process,
    @Nullable SortedMap<String, Double> figures) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What a sign tells. */
  public enum What {
    /** From now on it is the stream. */
    CLAIM,
    /** It runs. */
    ALIVE,
    /** It has come to an orderly end. */
    ENDED
  }

  /** The claim of a start. */
  public static ClaimSign claimOf(String start, String place) {
    return new ClaimSign(start, -1, place, What.CLAIM, null, null);
  }

  /** A later sign of one that has claimed. */
  public static ClaimSign of(StreamClaim claim, What what) {
    return new ClaimSign(claim.start(), claim.offset(), claim.place(), what, null, null);
  }

  /** The sign of a process that it runs, with the figures of now. */
  static ClaimSign alive(StreamClaim claim) {
    return new ClaimSign(
        claim.start(),
        claim.offset(),
        claim.place(),
        What.ALIVE,
        ProcessFigures.process(),
        ProcessFigures.now());
  }

  byte[] toBytes() {
    try {
      return JSON.writeValueAsBytes(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Reads one.
   *
   * @throws IOException if it is none
   */
  static ClaimSign fromBytes(byte[] bytes) throws IOException {
    return JSON.readValue(bytes, ClaimSign.class);
  }
}
