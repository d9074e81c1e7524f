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
   * @throws IOException naming the file that can't be read or is no schema
   */
  public List<String> texts() throws IOException {
    List<String> texts = new ArrayList<>();
    if (!Files.isDirectory(folder)) {
      return texts;
    }
    List<Path> files;
    try (Stream<Path> all = Files.list(folder)) {
      files = all.filter(f -> f.getFileName().toString().endsWith(SUFFIX)).sorted().toList();
    }
    for (Path file : files) {
      String text = Files.readString(file);
      try {
        WriterSchemas.parsed(text);
      } catch (IllegalArgumentException e) {
        throw new IOException(file + " holds " + e.getMessage(), e);
      }
      texts.add(text);
    }
    return List.copyOf(texts);
  }

  /**
   * Keeps the present schema of each record that a plan reads from a topic; one that is there
   * already stays as it is.
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
    String fingerprint = WriterSchemas.hex(WriterSchemas.fingerprint(schema));
    Path file = folder.resolve(schema.getName() + "-" + fingerprint + SUFFIX);
    if (Files.exists(file)) {
      return;
    }
    Files.createDirectories(folder);
    Path half = Files.createTempFile(folder, schema.getName(), ".half");
    Files.writeString(half, schema.toString(true) + "\n");
    Files.move(half, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }
}
