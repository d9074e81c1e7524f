package dev.lockstep.cli.bench;

import dev.lockstep.beam.write.Manifest;
import dev.lockstep.beam.write.TrainingSchema;
import dev.lockstep.beam.write.TrainingSetFolder;
import dev.lockstep.beam.write.TrainingSetWriter;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.plan.LabelPlan;
import dev.lockstep.time.Micros;
import dev.lockstep.value.ColumnVector;
import dev.lockstep.value.Decimals;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A training set that is drawn: a row a second, values of a normal distribution, one in twenty
 * null, and a label that the first two features tell something of. Rows are spread over the parts
 * as a backfill spreads them, not in the order of time.
 */
final class DrawnSet {
  private static final int PARTS = 8;
  private static final int GROUP_ROWS = 1 << 15;
  private static final long FIRST_SECOND = Instant.parse("2024-01-01T00:00:00Z").getEpochSecond();
  private static final double NULL_SHARE = 0.05;
  private static final int DECIMALS = 100;

  private final FeaturePlan plan;
  private final TrainingSchema schema;
  private final long rows;
  private final Random random;

  DrawnSet(FeaturePlan plan, long rows, long seed) {
    LabelPlan label = plan.label().orElseThrow();
    this.plan = plan;
    this.schema =
        new TrainingSchema(
            List.of("card"),
            plan.features().stream()
                .map(f -> new TrainingSchema.Column(f.name(), f.type()))
                .toList(),
            new TrainingSchema.Column(label.name(), label.type()));
    this.rows = rows;
    this.random = new Random(seed);
  }

  /** Writes and publishes it. */
  void write(Path folder) throws IOException {
    TrainingSetFolder target = new TrainingSetFolder(folder.toString(), "bench", false);
    target.begin();
    for (int part = 0; part < PARTS; part++) {
      try (TrainingSetWriter writer = TrainingSetWriter.open(target.part(part), schema)) {
        writePart(writer, part);
      }
    }
    target.publish(
        new Manifest(
                plan.name(),
                plan.fingerprint(),
                plan.text(),
                schema,
                rows,
                time(0),
                time(Math.max(0, rows - 1)),
                null,
                Map.of(),
                List.of(),
                List.of(),
                "bench")
            .withLabelText(plan.labelText()));
  }

  private static Instant time(long row) {
    return Instant.ofEpochSecond(FIRST_SECOND + row);
  }

  /** Writes every eighth row, from the part's own number on. */
  private void writePart(TrainingSetWriter writer, int part) throws IOException {
    List<ColumnVector> columns = schema.emptyColumns();
    int count = 0;
    for (long row = part; row < rows; row += PARTS) {
      append(row, columns);
      if (++count == GROUP_ROWS) {
        writer.write(columns, count);
        columns.forEach(ColumnVector::clear);
        count = 0;
      }
    }
    writer.write(columns, count);
  }

  private void append(long row, List<ColumnVector> columns) {
    long micros = (FIRST_SECOND + row) * Micros.PER_SECOND;
    columns.get(0).appendString("payment-" + row);
    columns.get(1).appendBits(micros);
    columns.get(2).appendBits(micros);
    columns.get(3).appendString("card-" + random.nextInt(1000));
    double telling = 0;
    int first = columns.size() - 1 - schema.features().size();
    for (int c = first; c < columns.size() - 1; c++) {
      double value = Math.rint(random.nextGaussian() * DECIMALS) / DECIMALS;
      if (random.nextDouble() < NULL_SHARE) {
        columns.get(c).appendNull();
      } else {
        append(columns.get(c), value);
        telling += c < first + 2 ? value : 0;
      }
    }
    columns.get(columns.size() - 1).appendBits(telling + random.nextGaussian() > 2 ? 1 : 0);
  }

  private static void append(ColumnVector column, double value) {
    switch (column.type()) {
      case DOUBLE -> column.appendBits(Double.doubleToRawLongBits(value));
      case DECIMAL -> column.appendBits((long) (value * Decimals.UNIT));
      default -> throw new IllegalStateException("no number is drawn of " + column.type());
    }
  }
}
