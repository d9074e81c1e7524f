package dev.lockstep.beam.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.lockstep.plan.RecordSchema;
import dev.lockstep.time.Micros;
import dev.lockstep.value.Decimals;
import dev.lockstep.value.Values;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.BitSet;
import java.util.List;

/**
 * Writes rows as a stream's door reads them: one JSON object with the fields by their names in
 * files and messages, instants and days as ISO 8601 text, NaN and infinities as text, decimals in
 * digits.
 *
 * <p>No record is made: what its own code does to it, the reader's does once. Not thread-safe.
 */
public final class RowEncoder {
  private final List<RecordSchema.Component> components;
  private final JsonFactory json = new JsonFactory();
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);

  public RowEncoder(RecordSchema record) {
    this.components = record.components();
  }

  /**
   * The bytes of a row.
   *
   * @param row a value of each component
   * @param there the components that are written; a null as null
   */
  public byte[] encode(Values row, BitSet there) {
    bytes.reset();
    try (JsonGenerator out = json.createGenerator(bytes)) {
      out.writeStartObject();
      for (int c = there.nextSetBit(0); c >= 0; c = there.nextSetBit(c + 1)) {
        out.writeFieldName(components.get(c).fieldName());
        write(row, c, components.get(c), out);
      }
      out.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void write(Values row, int c, RecordSchema.Component component, JsonGenerator out)
      throws IOException {
    if (row.isNull(c)) {
      out.writeNull();
      return;
    }
    switch (row.type(c)) {
      case BOOLEAN -> out.writeBoolean(row.getBoolean(c));
      case LONG -> out.writeNumber(row.getLong(c));
      case DOUBLE -> {
        double value = row.getDouble(c);
        if (Double.isFinite(value)) {
          out.writeNumber(value);
        } else {
          out.writeString(Double.toString(value));
        }
      }
      case DECIMAL -> out.writeNumber(Decimals.toBigDecimal(row.bits(c)).toPlainString());
      case STRING -> out.writeString(row.getString(c));
      case INSTANT ->
          out.writeString(
              component.isDate()
                  ? Micros.toDate(row.getLong(c)).toString()
                  : Micros.toInstant(row.getLong(c)).toString());
    }
  }
}
