package dev.lockstep.beam.event;

import dev.lockstep.intake.EventFormat;
import dev.lockstep.intake.EventReader;
import dev.lockstep.intake.Fields;
import dev.lockstep.plan.SourcePlan;
import java.util.List;

/**
 * A message in Avro's single-object encoding, of any writer's schema that is known: the record's
 * own, or one of the texts that the reader is given.
 *
 * <pre>
 * C3 01             marker and version
 * schema            8 bytes, least first: CRC-64-AVRO of the writer's schema in canonical form
 * record            Avro binary
 * </pre>
 *
 * <p>Source: Apache Avro 1.11 specification, "Single-object encoding".
 */
public final class AvroFormat implements EventFormat {
  static final int MARKER = 0xC3;
  static final int VERSION = 0x01;

  @Override
  public String name() {
    return "Avro in its single-object encoding (C3 01)";
  }

  @Override
  public boolean claims(byte[] message) {
    return message.length >= 2 && (message[0] & 0xFF) == MARKER && message[1] == VERSION;
  }

  @Override
  public EventReader reader(SourcePlan source, Fields fields, List<String> schemas) {
    return new AvroReader(WriterSchemas.of(source.schema(), schemas), fields);
  }
}
