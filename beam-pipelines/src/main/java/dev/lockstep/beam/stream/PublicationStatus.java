package dev.lockstep.beam.stream;

import org.jspecify.annotations.Nullable;

/**
 * How the streams of this process come along with publishing states, for people.
 *
 * @param waiting states that were handed over and that the store isn't known to have
 * @param published states that it has taken since the start, repeats included
 * @param losses how often it may have lost what it had
 * @param silentMillis how long it has done nothing that it was asked; 0 if it does
 * @param problem a sentence about what goes wrong; null for nothing
 */
public record PublicationStatus(
    int waiting, long published, int losses, long silentMillis, @Nullable String problem) {
  static final PublicationStatus NONE = new PublicationStatus(0, 0, 0, 0, null);

  /** Silence of a server that is only busy. */
  private static final long SHORT_MILLIS = 3_000;

  /** Of now. */
  public static PublicationStatus ofThisProcess() {
    PublicationStatus all = NONE;
    for (StatePublisher publisher : StatePublisher.open()) {
      PublicationStatus one = publisher.status();
      all =
          new PublicationStatus(
              all.waiting + one.waiting,
              all.published + one.published,
              Math.max(all.losses, one.losses),
              Math.max(all.silentMillis, one.silentMillis),
              all.problem != null ? all.problem : one.problem);
    }
    return all;
  }

  PublicationStatus of(int nowWaiting) {
    return new PublicationStatus(nowWaiting, published, losses, silentMillis, problem);
  }

  PublicationStatus silent(long millis) {
    return new PublicationStatus(waiting, published, losses, millis, problem);
  }

  PublicationStatus published(int more) {
    return new PublicationStatus(waiting, published + more, losses, silentMillis, problem);
  }

  PublicationStatus lost() {
    return new PublicationStatus(waiting, published, losses + 1, silentMillis, problem);
  }

  PublicationStatus problem(@Nullable String sentence) {
    return new PublicationStatus(waiting, published, losses, silentMillis, sentence);
  }

  /** What is worth a word beside what was so before; null for nothing. */
  public @Nullable String words(PublicationStatus before) {
    if (silentMillis > SHORT_MILLIS || problem != null) {
      return "the online store "
          + (problem == null ? "doesn't answer" : "takes no states: " + problem)
          + (silentMillis > 0 ? " (for " + silentMillis / 1000 + " s)" : "")
          + "; "
          + waiting
          + " states wait in memory, others in the stream's state; no vector waits for that";
    }
    if (losses > before.losses) {
      return "the online store was emptied, started again or failed over: all states are published"
          + " again";
    }
    if (before.silentMillis > SHORT_MILLIS || before.problem != null) {
      return "the online store takes states again";
    }
    return null;
  }
}
