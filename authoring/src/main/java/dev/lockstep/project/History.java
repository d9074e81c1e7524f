package dev.lockstep.project;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Where a project's history is, and how it is cut for training and replay.
 *
 * @param files Parquet files by name of the source or table
 * @param trainUntil what is available before this instant is for training
 * @param replayFrom a stream replay counts requests from here on; what comes before warms it up
 * @param replayUntil where a replay ends
 */
public record History(
    Map<String, List<Path>> files, Instant trainUntil, Instant replayFrom, Instant replayUntil) {

  public History {
    files = Map.copyOf(files);
  }
}
