package dev.lockstep.beam.kafka;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;

/**
 * A record of a status topic: a start claims to be its set's stream, is alive, or has ended.
 *
 * @param start the start's id
 * @param claim the offset of its claim; -1 in the claim itself
 * @param place where it runs, for people
 * @param what it tells
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record ClaimSign(String start, long claim, String place, What what) {
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
    return new ClaimSign(start, -1, place, What.CLAIM);
  }

  /** A later sign of one that has claimed. */
  public static ClaimSign of(StreamClaim claim, What what) {
    return new ClaimSign(claim.start(), claim.offset(), claim.place(), what);
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
