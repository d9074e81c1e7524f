package dev.lockstep.cli.run;

import dev.lockstep.beam.kafka.StreamStart;
import dev.lockstep.beam.snapshot.SnapshotFolder;
import dev.lockstep.cli.project.CommandException;
import dev.lockstep.cli.project.FailureKind;
import dev.lockstep.cli.work.WorkFiles;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;

/**
 * What a stream's work folder remembers of the snapshot that the stream went on from: started
 * again, it is the same job.
 *
 * <pre>
 * snapshot=FOLDER
 * run=THE RUN THAT WROTE IT
 * TOPIC-PARTITION=FIRST OFFSET
 * </pre>
 */
final class StartFile {
  private static final String NAME = "snapshot.properties";
  private static final String FOLDER = "snapshot";
  private static final String RUN = "run";

  private StartFile() {}

  static Optional<StreamStart> read(WorkFiles work) throws IOException {
    Optional<String> text = work.read(NAME);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    String file = work + "/" + NAME;
    Properties properties = new Properties();
    properties.load(new StringReader(text.get()));
    String folder = properties.getProperty(FOLDER);
    String run = properties.getProperty(RUN);
    if (folder == null || run == null) {
      throw new CommandException(
          FailureKind.DATA,
          file + " names no snapshot and the run that wrote it",
          "start the stream in a new --work folder");
    }
    properties.remove(FOLDER);
    properties.remove(RUN);
    return Optional.of(new StreamStart(new SnapshotFolder(folder), run, offsets(file, properties)));
  }

  /** Writes it whole or not at all. */
  static void write(WorkFiles work, StreamStart start) throws IOException {
    Properties properties = new Properties();
    properties.setProperty(FOLDER, start.folder().path());
    properties.setProperty(RUN, start.run());
    start
        .firstOffsets()
        .forEach(
            (topic, partitions) ->
                partitions.forEach(
                    (partition, offset) ->
                        properties.setProperty(topic + "-" + partition, Long.toString(offset))));
    StringWriter text = new StringWriter();
    properties.store(text, "the snapshot that this stream went on from");
    work.write(NAME, text.toString());
  }

  /**
   * The offsets of a file of lines {@code TOPIC-PARTITION=FIRST OFFSET}, by topic and partition.
   *
   * @throws CommandException if it isn't such a file
   * @throws IOException if it can't be read
   */
  static Map<String, TreeMap<Integer, Long>> offsets(Path file) throws IOException {
    Properties properties = new Properties();
    try (Reader in = Files.newBufferedReader(file)) {
      properties.load(in);
    }
    return offsets(file.toString(), properties);
  }

  private static Map<String, TreeMap<Integer, Long>> offsets(String file, Properties properties) {
    Map<String, TreeMap<Integer, Long>> offsets = new HashMap<>();
    for (String name : properties.stringPropertyNames()) {
      int dash = name.lastIndexOf('-');
      try {
        long offset = Long.parseLong(properties.getProperty(name).strip());
        int partition = Integer.parseInt(name.substring(dash + 1));
        if (dash <= 0 || offset < 0 || partition < 0) {
          throw new NumberFormatException();
        }
        offsets
            .computeIfAbsent(name.substring(0, dash), t -> new TreeMap<>())
            .put(partition, offset);
      } catch (NumberFormatException e) {
        throw new CommandException(
            FailureKind.DATA,
            file + " has a line that is no offset: " + name + "=" + properties.getProperty(name),
            "write TOPIC-PARTITION=FIRST OFFSET, such as swipes-0=1842");
      }
    }
    return offsets;
  }
}
