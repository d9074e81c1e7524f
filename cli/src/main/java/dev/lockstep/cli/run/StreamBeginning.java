package dev.lockstep.cli.run;

import dev.lockstep.beam.kafka.StreamStart;
import dev.lockstep.beam.kafka.StreamTopics;
import dev.lockstep.beam.snapshot.Snapshot;
import dev.lockstep.beam.snapshot.SnapshotFolder;
import dev.lockstep.cli.kafka.Topics;
import dev.lockstep.cli.project.CommandException;
import dev.lockstep.cli.project.FailureKind;
import dev.lockstep.cli.work.WorkFiles;
import dev.lockstep.plan.FeaturePlan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where a stream begins: at the start of its topics, from a checkpoint, or behind a snapshot. */
final class StreamBeginning {
  private final FeaturePlan plan;
  private final WorkFiles work;
  private final Topics broker;

  StreamBeginning(FeaturePlan plan, WorkFiles work, String kafka) {
    this.plan = plan;
    this.work = work;
    this.broker = new Topics(kafka);
  }

  /**
   * What the job begins with.
   *
   * @param goesOn whether there is a checkpoint
   * @param given the snapshot asked for; null for none
   * @param offsets a file of the first offsets to read; null for those that the snapshot knows
   * @throws CommandException if what is asked for doesn't go with what the work folder holds
   */
  Optional<StreamStart> of(boolean goesOn, @Nullable Path given, @Nullable Path offsets)
      throws IOException {
    Optional<StreamStart> before = StartFile.read(work);
    if (given == null && offsets != null) {
      throw new CommandException(
          "--start-offsets says what a snapshot hasn't read, and no snapshot is given",
          "give --snapshot, or leave it out: a stream begins at the start of its topics");
    }
    if (goesOn) {
      requireItsOwn(before, given, offsets);
      return before; // what it began with is in its state: a newer snapshot is none of its
    }
    if (given == null) { // stopped before its first checkpoint, it begins again
      if (before.isPresent()) {
        StreamStart start = before.get();
        Snapshot.read(start.folder()).requireRun(start.run(), start.folder().folder());
        check(start);
      }
      return before;
    }
    SnapshotFolder folder = SnapshotFolder.found(given);
    Snapshot snapshot = Snapshot.read(folder);
    snapshot.requireOf(plan, folder.folder());
    StreamStart start = StreamStart.after(snapshot, folder, plan, StreamTopics.of("", plan));
    if (offsets != null) {
      start = start.at(StartFile.offsets(offsets));
    }
    check(start);
    return Optional.of(start);
  }

  /** What is given may repeat what the stream began with, but not change it. */
  private void requireItsOwn(
      Optional<StreamStart> before, @Nullable Path given, @Nullable Path offsets)
      throws IOException {
    if (given != null && before.isEmpty()) {
      throw new CommandException(
          "the stream of "
              + work
              + " goes on from its checkpoint, and didn't begin with a snapshot",
          "leave out --snapshot to go on, or begin anew with another --work folder");
    }
    if (offsets != null
        && !StartFile.offsets(offsets).equals(before.orElseThrow().firstOffsets())) {
      throw new CommandException(
          "the stream of "
              + work
              + " goes on from its checkpoint, and began at other offsets than those of "
              + offsets,
          "leave out --start-offsets to go on, or begin anew with another --work folder");
    }
  }

  /** Each event is on one side: nothing between the snapshot and what the topics still hold. */
  private void check(StreamStart start) {
    List<String> topics = StreamTopics.of("", plan).inputs(plan);
    Map<String, Map<Integer, Topics.Offsets>> there = broker.offsets(topics);
    List<String> problems = new ArrayList<>();
    start
        .firstOffsets()
        .forEach(
            (topic, partitions) ->
                partitions.forEach(
                    (partition, first) -> {
                      Map<Integer, Topics.Offsets> ofTopic = there.get(topic);
                      problem(
                              topic + "-" + partition,
                              ofTopic == null ? null : ofTopic.get(partition),
                              first)
                          .ifPresent(problems::add);
                    }));
    if (!problems.isEmpty()) {
      throw new CommandException(
          FailureKind.DATA,
          "the snapshot's end isn't in the topics: " + String.join("; ", problems),
          "backfill a newer day and begin there; or say where the topics go on with"
              + " --start-offsets FILE, if they aren't the ones that the history is from");
    }
  }

  private static Optional<String> problem(
      String partition, Topics.@Nullable Offsets there, long first) {
    if (there == null) {
      return Optional.of(partition + " isn't an input of this stream");
    }
    if (there.first() > first) {
      return Optional.of(
          "of " + partition + " the records " + first + " to " + (there.first() - 1) + " are gone");
    }
    if (there.end() < first) {
      return Optional.of(
          partition + " ends at " + there.end() + ", before the snapshot's end at " + first);
    }
    return Optional.empty();
  }
}
