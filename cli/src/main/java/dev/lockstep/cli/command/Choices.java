package dev.lockstep.cli.command;

import dev.lockstep.beam.export.DatasetExport;
import dev.lockstep.beam.kafka.StateBackend;
import dev.lockstep.cli.project.CommandException;
import dev.lockstep.cli.project.Definition;
import dev.lockstep.cli.run.BackfillRun;
import org.jspecify.annotations.Nullable;

/** Words on the command line that stand for things of heavy modules. */
final class Choices {
  private Choices() {}

  static Definition asOf(String word, Definition definition) {
    return switch (word) {
      case "known" -> definition;
      case "event-time" -> definition.asOfEventTime();
      default ->
          throw new CommandException(
              "nothing is known as of [" + word + "]", "name known or event-time");
    };
  }

  static DatasetExport.Format format(String format) {
    return switch (format) {
      case "csv" -> DatasetExport.Format.CSV;
      case "libsvm" -> DatasetExport.Format.LIBSVM;
      default ->
          throw new CommandException("no format is called [" + format + "]", "name csv or libsvm");
    };
  }

  /** What is to hold a stream's state; null where that isn't said. */
  static @Nullable StateBackend backend(@Nullable String word) {
    if (word == null) {
      return null;
    }
    return switch (word) {
      case "heap" -> StateBackend.HEAP;
      case "rocksdb" -> StateBackend.ROCKSDB;
      default ->
          throw new CommandException(
              "no place for state is called [" + word + "]", "name heap or rocksdb");
    };
  }

  static BackfillRun.Runner runner(String word) {
    return switch (word) {
      case "flink" -> BackfillRun.Runner.FLINK;
      case "direct" -> BackfillRun.Runner.DIRECT;
      default ->
          throw new CommandException("no runner is called [" + word + "]", "name flink or direct");
    };
  }
}
