package dev.lockstep.cli.run;

import dev.lockstep.beam.event.SchemaFolder;
import dev.lockstep.beam.kafka.StateBackend;
import dev.lockstep.beam.snapshot.Snapshot;
import dev.lockstep.beam.snapshot.SnapshotFolder;
import dev.lockstep.cli.kafka.Topics;
import dev.lockstep.cli.project.Definition;
import dev.lockstep.cli.work.Checkpoints;
import dev.lockstep.cli.work.WorkFiles;
import dev.lockstep.plan.FeaturePlan;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a stream would find at its start; makes and writes nothing.
 *
 * @param work the folder of its checkpoints; null for a new one
 */
public record StreamLook(Definition definition, @Nullable WorkFiles work) {

  /** Of a work folder as it was given. */
  public static StreamLook of(Definition definition, @Nullable String work) {
    return new StreamLook(definition, work == null ? null : WorkFiles.of(work));
  }

  /**
   * The topics of the stream that aren't there.
   *
   * @throws dev.lockstep.cli.project.CommandException if Kafka can't be used
   */
  public List<String> missingTopics(String kafka) {
    List<String> topics = new ArrayList<>(StreamRun.topics(definition));
    topics.add(StreamRun.status(definition.plan()));
    return new Topics(kafka).missing(topics);
  }

  /**
   * Refuses topics to read that aren't there.
   *
   * @throws dev.lockstep.cli.project.CommandException naming them
   */
  public void requireInputs(String kafka) {
    InputTopics.require(definition.plan(), kafka);
  }

  /**
   * Refuses a work folder that another stream runs on, or whose state is another's.
   *
   * @param live whether the topics are live, or hold a replay
   * @param asked what is to hold the state; null for what held it
   * @param kafka null for an embedded broker
   * @throws dev.lockstep.cli.project.CommandException with what differs
   */
  public void requireWork(boolean live, @Nullable StateBackend asked, @Nullable String kafka)
      throws IOException {
    if (work != null) {
      StateBackend backend =
          asked != null ? asked : WorkFolder.backend(work).orElse(StateBackend.HEAP);
      WorkFolder.look(work, definition.plan(), live, backend, kafka);
    }
  }

  /**
   * Refuses a set whose stream runs elsewhere.
   *
   * @param master {@code [local]} or a cluster's address
   * @throws dev.lockstep.cli.project.CommandException naming it
   */
  public void requireAlone(String kafka, String master) {
    String topic = StreamRun.status(definition.plan());
    if (new Topics(kafka).missing(List.of(topic)).isEmpty()) {
      WorkFiles folder = work == null ? WorkFiles.of(Path.of("no-work-folder-yet")) : work;
      Claims.of(kafka, topic, master, folder, work != null && work.local().isPresent())
          .requireNone();
    }
  }

  /** How many schemas are in a folder that messages may be written by. */
  public int schemas(Path folder) throws IOException {
    return new SchemaFolder(folder).texts().size();
  }

  /** The checkpoint that it would go on from. */
  public Optional<Checkpoints.Saved> latestCheckpoint() throws IOException {
    return work == null ? Optional.empty() : new Checkpoints(work).latest();
  }

  /**
   * The cut of the snapshot that it would begin with.
   *
   * @throws dev.lockstep.cli.project.CommandException if snapshot, topics and work folder don't go
   *     together
   */
  public Optional<Instant> beginning(
      String kafka, @Nullable Path snapshot, @Nullable Path startOffsets) throws IOException {
    WorkFiles folder = work == null ? WorkFiles.of(Path.of("no-work-folder-yet")) : work;
    return new StreamBeginning(definition.plan(), folder, kafka)
        .of(latestCheckpoint().isPresent(), snapshot, startOffsets)
        .map(start -> Snapshot.read(start.folder()).cut());
  }

  /**
   * The cut of a snapshot.
   *
   * @throws dev.lockstep.beam.snapshot.SnapshotException if there is none of this definition
   */
  public Instant cut(Path given) {
    FeaturePlan plan = definition.plan();
    SnapshotFolder folder = SnapshotFolder.found(given);
    Snapshot snapshot = Snapshot.read(folder);
    snapshot.requireOf(plan, folder.folder());
    return snapshot.cut();
  }
}
