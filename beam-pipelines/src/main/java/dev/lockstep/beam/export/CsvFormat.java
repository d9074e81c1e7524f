package dev.lockstep.beam.export;

import dev.lockstep.beam.write.TrainingSchema;
import dev.lockstep.value.DoubleText;
import dev.lockstep.value.Values;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.QuoteMode;
import org.jspecify.annotations.Nullable;

/**
 * RFC 4180: a header and all columns. A null is an empty field, an empty text a quoted one; times
 * are ISO 8601 in UTC with six digits of seconds, numbers so that they are read back to the bit:
 * {@link DoubleText}.
 */
final class CsvFormat implements RowFormat {
  private static final DateTimeFormatter MICROS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final CSVPrinter printer;

  CsvFormat(TrainingSchema schema, Appendable out) throws IOException {
    printer =
        CSVFormat.RFC4180
            .builder()
            .setQuoteMode(QuoteMode.NON_NUMERIC)
            .setHeader(schema.columns().stream().map(Map.Entry::getKey).toArray(String[]::new))
            .get()
            .print(out);
  }

  @Override
  public boolean append(Values row) throws IOException {
    for (int c = 0; c < row.size(); c++) {
      printer.print(field(row, c));
    }
    printer.println();
    return true;
  }

  private static @Nullable Object field(Values row, int column) {
    if (row.isNull(column)) {
      return null;
    }
    // Decimals are of a few digits behind the point: their text never has an exponent.
    Object value = row.get(column);
    if (value instanceof Double number) {
      return new Printed(number);
    }
    return value instanceof Instant instant ? MICROS.format(instant) : value;
  }

  /** A double that the printer takes for a number, so that it isn't quoted, with our text. */
  private static final class Printed extends Number {
    private static final long serialVersionUID = 1L;

    private final double value;

    Printed(double value) {
      this.value = value;
    }

    @Override
    public int intValue() {
      return (int) value;
    }

    @Override
    public long longValue() {
      return (long) value;
    }

    @Override
    public float floatValue() {
      return (float) value;
    }

    @Override
    public double doubleValue() {
      return value;
    }

    @Override
    public String toString() {
      return DoubleText.of(value);
    }
  }
}
