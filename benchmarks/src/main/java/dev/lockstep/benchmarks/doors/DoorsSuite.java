package dev.lockstep.benchmarks.doors;

import dev.lockstep.beam.event.EventEncoder;
import dev.lockstep.beam.event.EventEncoder.Format;
import dev.lockstep.beam.event.EventSchema;
import dev.lockstep.beam.write.RecordParquetWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The door for rows beside the libraries that people would use instead: the same messages and the
 * same file, in one process, one side after the other in each round.
 *
 * @param messages how many of each kind; the file has ten times as many rows
 * @param rounds that count; as many before them warm the process up
 * @param seed what the rows are drawn from
 */
public record DoorsSuite(int messages, int rounds, long seed) {
  private static final int ROWS_PER_MESSAGE = 10;

  public DoorsSuite {
    if (messages < 1 || rounds < 1) {
      throw new IllegalArgumentException(
          messages + " messages, " + rounds + " rounds: give 1 or more of each");
    }
  }

  /**
   * Measures.
   *
   * @throws IllegalStateException if two sides don't read the same
   * @throws IOException if the file can't be written or read
   */
  public DoorsReport run() throws IOException {
    Path folder = Files.createTempDirectory("lockstep-doors");
    Path file = folder.resolve("txns.parquet");
    try {
      return new DoorsReport(this, measured(comparisons(file)));
    } finally {
      Files.deleteIfExists(file);
      Files.deleteIfExists(folder);
    }
  }

  private List<Comparison> comparisons(Path file) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    List<Txn> txns = new ArrayList<>();
    List<WideTxn> wide = new ArrayList<>();
    for (int i = 0; i < messages; i++) {
      txns.add(Txn.of(i, random));
      wide.add(WideTxn.of(i, random));
    }
    int rows = messages * ROWS_PER_MESSAGE;
    try (RecordParquetWriter<Txn> writer = RecordParquetWriter.open(Txn.class, file)) {
      for (int i = 0; i < rows; i++) {
        writer.write(Txn.of(i, random));
      }
    }
    OurDoor door = new OurDoor(Txn.set());
    OurDoor wideDoor = new OurDoor(WideTxn.set());
    List<byte[]> json = encoded(door, Format.JSON, txns);
    List<byte[]> avro = encoded(door, Format.AVRO, txns);
    List<byte[]> wideJson = encoded(wideDoor, Format.JSON, wide);
    return List.of(
        new Comparison(
            "json_ratio",
            "JSON to rows : Jackson's readValue to the record, 6 fields",
            1,
            messages,
            door.ofMessages(json),
            Libraries.jackson(Txn.class, json, Txn::qty)),
        new Comparison(
            "avro_ratio",
            "Avro to rows : Avro's GenericDatumReader, 6 fields",
            1,
            messages,
            door.ofMessages(avro),
            Libraries.avro(EventSchema.of(door.schema()), avro)),
        new Comparison(
            "parquet_ratio",
            "Parquet to rows : parquet-avro's reader, 6 columns",
            1,
            rows,
            door.ofHistory(file),
            Libraries.parquet(file)),
        new Comparison(
            "json_narrow_ratio",
            "JSON to rows of 6 fields : readValue to the record of 40",
            2,
            messages,
            wideDoor.ofMessages(wideJson),
            Libraries.jackson(WideTxn.class, wideJson, WideTxn::qty)));
  }

  private static List<byte[]> encoded(OurDoor door, Format format, List<?> events) {
    EventEncoder encoder = new EventEncoder(door.schema(), format);
    List<byte[]> encoded = new ArrayList<>();
    events.forEach(event -> encoded.add(encoder.encode(event)));
    return encoded;
  }

  private List<Comparison.Found> measured(List<Comparison> comparisons) throws IOException {
    List<Comparison.Found> found = new ArrayList<>();
    List<Comparison.Times> warmUp = timesOf(comparisons);
    List<Comparison.Times> times = timesOf(comparisons);
    for (List<Comparison.Times> into : List.of(warmUp, times)) {
      for (int round = 0; round < rounds; round++) {
        for (int i = 0; i < comparisons.size(); i++) {
          comparisons.get(i).round(into.get(i), round);
        }
      }
    }
    for (int i = 0; i < comparisons.size(); i++) {
      found.add(comparisons.get(i).found(times.get(i)));
    }
    return found;
  }

  private List<Comparison.Times> timesOf(List<Comparison> comparisons) {
    return comparisons.stream().map(c -> new Comparison.Times(rounds)).toList();
  }
}
