package dev.lockstep.beam.event;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.lockstep.kernel.DataException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An object around an event, by tools that people use: looked for where a message has none of the
 * record's fields (C13).
 */
final class Envelope {
  private static final String PAYLOAD = "payload";
  private static final String CHANGE =
      "Debezium's change event: let the connector write the row alone"
          + " (transforms.NAME.type=io.debezium.transforms.ExtractNewRecordState)";

  private Envelope() {}

  /**
   * Refuses a message that has its event in an envelope, and none of its fields at the top.
   *
   * @param message whole JSON, without any field that is needed
   * @param fields the names of all the record's fields
   * @throws DataException naming the envelope and the cure
   */
  static void refuse(byte[] message, Set<String> fields) {
    Set<String> names = new HashSet<>();
    Set<String> inPayload = new HashSet<>();
    try (JsonParser in = JsonReader.FACTORY.createParser(message)) {
      in.nextToken();
      while (in.nextToken() == JsonToken.FIELD_NAME) {
        names.add(in.currentName());
        boolean payload = in.currentName().equals(PAYLOAD);
        if (in.nextToken() == JsonToken.START_OBJECT && payload) {
          while (in.nextToken() == JsonToken.FIELD_NAME) {
            inPayload.add(in.currentName());
            in.nextToken();
            in.skipChildren();
          }
        } else {
          in.skipChildren();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e); // none: it was read before
    }
    String envelope = envelope(names, inPayload);
    if (envelope != null && Collections.disjoint(names, fields)) {
      throw new DataException(
          "an envelope without any of the record's fields at its top, which looks like "
              + envelope);
    }
  }

  private static @Nullable String envelope(Set<String> names, Set<String> inPayload) {
    if (isChange(names) || isChange(inPayload)) {
      return CHANGE;
    }
    if (names.contains(PAYLOAD) && names.contains("schema")) {
      return "Kafka Connect's {\"schema\", \"payload\"}: set the converter's schemas.enable=false";
    }
    if (names.contains("specversion") && names.contains("data")) {
      return "a CloudEvent: send its data alone (the binary content mode)";
    }
    if (names.contains(PAYLOAD)) {
      return "{\"payload\"}: send what is in it alone";
    }
    return null;
  }

  private static boolean isChange(Set<String> names) {
    return names.contains("op") && (names.contains("before") || names.contains("after"));
  }
}
