package dev.lockstep.cli.replay;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Events of a replay put in order within a bound of memory: what goes beyond it is sorted, written
 * to a temporary folder, and merged again as it is read.
 */
final class EventSort {
  /** So many runs are open at once, each with a buffer. */
  private static final int MOST_OPEN = 128;

  private final Path folder;
  private final List<String> topics;
  private final long runBytes;
  private final List<ReplayEvent> held = new ArrayList<>();
  private final Deque<Path> runs = new ArrayDeque<>();
  private long heldBytes;
  private int made;

  /**
   * @param folder for runs; made when one is needed, and the caller's to delete
   * @param topics of all events
   * @param runBytes what is held before a run is written
   */
  EventSort(Path folder, List<String> topics, long runBytes) {
    this.folder = folder;
    this.topics = topics;
    this.runBytes = runBytes;
  }

  void add(ReplayEvent event) {
    held.add(event);
    heldBytes += event.bytes();
    if (heldBytes >= runBytes) {
      spill();
    }
  }

  /** Ends the adding: from here on the events are read in their order. */
  void end() {
    if (!runs.isEmpty()) {
      spill();
    }
    while (runs.size() > MOST_OPEN) {
      List<Path> some = new ArrayList<>();
      for (int i = 0; i < MOST_OPEN; i++) {
        some.add(runs.remove());
      }
      try (ReplayCursor merged = merged(some)) {
        write(merged);
      }
      some.forEach(EventSort::delete);
    }
    held.sort(Comparator.comparing(ReplayEvent::place));
  }

  /** How many runs had to be written so far. */
  int runsWritten() {
    return made;
  }

  /** All events, in order; may be asked again. */
  ReplayCursor open() {
    return runs.isEmpty() ? new Held(held) : merged(List.copyOf(runs));
  }

  private void spill() {
    if (held.isEmpty()) {
      return;
    }
    held.sort(Comparator.comparing(ReplayEvent::place));
    write(new Held(held));
    held.clear();
    heldBytes = 0;
  }

  private void write(ReplayCursor sorted) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Path file = folder.resolve("run-" + made++);
    EventRun.write(file, topics, sorted);
    runs.add(file);
  }

  private ReplayCursor merged(List<Path> files) {
    return new MergedEvents(files.stream().map(f -> EventRun.open(f, topics)).toList());
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A cursor over the events that are still in memory. */
  private static final class Held implements ReplayCursor {
    private final List<ReplayEvent> events;
    private int next;

    Held(List<ReplayEvent> events) {
      this.events = events;
    }

    @Override
    public @Nullable ReplayEvent peek() {
      return next < events.size() ? events.get(next) : null;
    }

    @Override
    public void advance() {
      next++;
    }

    @Override
    public void close() {}
  }
}
