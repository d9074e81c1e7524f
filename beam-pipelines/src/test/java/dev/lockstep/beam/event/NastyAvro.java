package dev.lockstep.beam.event;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.message.BinaryMessageEncoder;

/**
 * A message of a writer's schema that has what others don't: a type within itself, maps, unions.
 */
final class NastyAvro {
  static final String SCHEMA =
      """
      {"type": "record", "name": "Nasty", "fields": [
        {"name": "chain", "type": {"type": "record", "name": "Link", "fields": [
          {"name": "of", "type": ["null", "string", "double"]},
          {"name": "next", "type": ["null", "Link"]}]}},
        {"name": "id", "type": ["string", "null", "Link"]},
        {"name": "place", "type": ["null", "long", "string"]},
        {"name": "tags", "type": {"type": "map", "values": {"type": "array", "items": "bytes"}}},
        {"name": "nulls", "type": {"type": "array", "items": "null"}},
        {"name": "heat", "type": {"type": "enum", "name": "Heat", "symbols": ["a", "b"]}},
        {"name": "price", "type": {"type": "bytes", "logicalType": "decimal",
                                   "precision": 30, "scale": 8}},
        {"name": "at", "type": {"type": "long", "logicalType": "local-timestamp-nanos"}}]}
      """;

  private NastyAvro() {}

  static byte[] message() {
    Schema schema = new Schema.Parser().parse(SCHEMA);
    Schema link = schema.getField("chain").schema();
    GenericRecord last = new GenericData.Record(link);
    last.put("of", 1.5);
    GenericRecord first = new GenericData.Record(link);
    first.put("of", "text");
    first.put("next", last);
    GenericRecord record = new GenericData.Record(schema);
    record.put("chain", first);
    record.put("id", "n");
    record.put("place", 7L);
    record.put("tags", Map.of("k", List.of(ByteBuffer.wrap(new byte[] {1, 2, 3}))));
    record.put("nulls", Arrays.asList(null, null, null));
    record.put("heat", new GenericData.EnumSymbol(schema.getField("heat").schema(), "b"));
    record.put("price", ByteBuffer.wrap(new byte[] {1, 2, 3, 4, 5}));
    record.put("at", 1_700_000_000_000_000_000L);
    try {
      ByteBuffer bytes = new BinaryMessageEncoder<>(GenericData.get(), schema).encode(record);
      return Arrays.copyOf(bytes.array(), bytes.remaining());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
