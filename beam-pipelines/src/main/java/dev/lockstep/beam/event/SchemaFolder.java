package dev.lockstep.beam.event;

import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.plan.RecordSchema;
import dev.lockstep.plan.SourcePlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;

/**
 * A folder of the Avro schemas that messages may be written by, each whole in a file {@code
 * *.avsc}.
 *
 * <p>Our own records' schemas are kept in it as {@code NAME-FINGERPRINT.avsc}: when a record gets
 * another nullable component, what was written before stays readable.
 */
public final class SchemaFolder {
  private static final String SUFFIX = ".avsc";

  private final Path folder;

  public SchemaFolder(Path folder) {
    this.folder = folder;
  }

  /**
   * The texts of all schemas, in the order of their files' names; none where there is no folder.
   *
   * @throws IOException naming the file that can't be read, is no schema, or can't be told apart
   *     from one before it
   */
  public List<String> texts() throws IOException {
    List<String> texts = new ArrayList<>();
    known(texts);
    return List.copyOf(texts);
  }

  private WriterSchemas known(List<String> texts) throws IOException {
    WriterSchemas known = WriterSchemas.none();
    if (!Files.isDirectory(folder)) {
      return known;
    }
    List<Path> files;
    try (Stream<Path> all = Files.list(folder)) {
      files = all.filter(f -> f.getFileName().toString().endsWith(SUFFIX)).sorted().toList();
    }
    for (Path file : files) {
      String text = Files.readString(file);
      try {
        known.add(WriterSchemas.parsed(text));
      } catch (IllegalArgumentException e) {
        throw new IOException(file + ": " + e.getMessage(), e);
      }
      texts.add(text);
    }
    return known;
  }

  /**
   * Keeps the present schema of each record that a plan reads from a topic. One of the same
   * fingerprint that is there already stays: it says by what else the topic is written.
   *
   * @throws IOException if the folder can't be written
   */
  public void keep(FeaturePlan plan) throws IOException {
    for (SourcePlan source : plan.sources()) {
      if (!source.table()) {
        keep(source.schema());
      }
    }
  }

  /** Keeps the present schema of a record; not that of one which Avro can't write. */
  public void keep(RecordSchema record) throws IOException {
    Schema schema;
    try {
      schema = EventSchema.of(record);
    } catch (IllegalArgumentException e) {
      return;
    }
    long fingerprint = WriterSchemas.fingerprint(schema);
    if (known(new ArrayList<>()).find(fingerprint) != null) {
      return;
    }
    Path file = folder.resolve(schema.getName() + "-" + WriterSchemas.hex(fingerprint) + SUFFIX);
    Files.createDirectories(folder);
    Path half = Files.createTempFile(folder, schema.getName(), ".half");
    Files.writeString(half, schema.toString(true) + "\n");
    Files.move(half, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }
}
