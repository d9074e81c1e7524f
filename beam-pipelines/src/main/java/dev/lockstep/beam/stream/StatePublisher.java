package dev.lockstep.beam.stream;

import dev.lockstep.store.OnlineStore;
import dev.lockstep.store.OnlineWriter;
import dev.lockstep.store.StateWrite;
import dev.lockstep.store.StoreKey;
import dev.lockstep.store.StoreRefusedException;
import dev.lockstep.store.StoreUnavailableException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes states to the online store behind a subtask's back: a thread of its own takes them,
 * {@value #GROUP_WRITES} at a time, and tries each until the store has it. The subtask never waits
 * for it; where too many bytes wait already, it keeps what it has and comes again.
 *
 * <p>It holds nothing that must not be lost. A key remembers in its own state that the store isn't
 * known to have it, until it has asked here and was told under which {@link #epoch} it was written.
 */
final class StatePublisher implements AutoCloseable {
  /** What {@link #epoch} is until the store has been asked. */
  static final long NO_EPOCH = 0;

  /** What {@link #take} says of a write that isn't done. */
  static final long WAITS = -1;

  /** What {@link #take} says of a key whose write was refused, or that this never was given. */
  static final long UNKNOWN = -2;

  private static final int GROUP_WRITES = 64;
  private static final long GROUP_BYTES = 1 << 20;
  private static final long MOST_BYTES = 32 << 20;
  private static final long LOOK_NANOS = 1_000_000_000L;
  private static final long CLOSE_MILLIS = 5_000;
  private static final List<StatePublisher> OPEN = new CopyOnWriteArrayList<>();
  private static final Logger LOG = LoggerFactory.getLogger(StatePublisher.class);

  private final OnlineStore store;
  private final Thread thread;
  private volatile boolean closed;
  private volatile long epoch = NO_EPOCH;

  /** Whether the last write was refused; of the thread alone. */
  private boolean refuses;

  // What follows is guarded by this.

  /** Not yet taken, in the order in which they came. */
  private final Map<StoreKey, StateWrite> waiting = new LinkedHashMap<>();

  /** Taken: the epoch under which it is written, {@link #WAITS} while it isn't. */
  private final Map<StoreKey, Long> fates = new LinkedHashMap<>();

  private long bytes;
  private PublicationStatus status = PublicationStatus.NONE;

  /** Since when nothing that was asked was done; 0 while nothing is asked or all was done. */
  private long unansweredSince;

  StatePublisher(OnlineStore store) {
    this.store = store;
    this.thread = new Thread(this::run, "lockstep-publisher");
    thread.setDaemon(true);
    OPEN.add(this);
    thread.start();
  }

  /** All of this process that aren't closed. */
  static List<StatePublisher> open() {
    return OPEN;
  }

  /**
   * Which store it is: another number after each event in which the store may have lost what was
   * written.
   */
  long epoch() {
    return epoch;
  }

  /** Whether there is room for another state. */
  synchronized boolean hasRoom() {
    return bytes < MOST_BYTES;
  }

  /** Takes a state to write; a key's newest takes the place of one that waits. */
  synchronized void offer(StateWrite write) {
    fates.remove(write.key());
    StateWrite before = waiting.put(write.key(), write);
    bytes += write.state().length - (before == null ? 0 : before.state().length);
    notifyAll();
  }

  /**
   * Says, once, what became of a key's last state: the epoch under which it was written, {@link
   * #WAITS} or {@link #UNKNOWN}.
   */
  synchronized long take(StoreKey key) {
    if (waiting.containsKey(key)) {
      return WAITS;
    }
    Long fate = fates.get(key);
    if (fate == null) {
      return UNKNOWN;
    }
    if (fate != WAITS) {
      fates.remove(key);
    }
    return fate;
  }

  /** How long the store has done nothing that it was asked, in milliseconds; 0 if it does. */
  synchronized long silentMillis() {
    return unansweredSince == 0 ? 0 : (System.nanoTime() - unansweredSince) / 1_000_000;
  }

  synchronized PublicationStatus status() {
    return status
        .of(waiting.size() + (int) fates.values().stream().filter(f -> f == WAITS).count())
        .silent(silentMillis());
  }

  private void run() {
    try {
      while (!closed) {
        try (OnlineWriter writer = open(store)) {
          publish(writer);
        } catch (StoreUnavailableException e) {
          tell(e); // the store can't be reached yet; nothing was taken
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closed
    }
  }

  private OnlineWriter open(OnlineStore at) {
    asked();
    OnlineWriter writer = at.openWriter();
    answered();
    return writer;
  }

  private void publish(OnlineWriter writer) throws InterruptedException {
    long nextLook = System.nanoTime();
    while (!closed) {
      if (System.nanoTime() >= nextLook) {
        look(writer);
        nextLook = System.nanoTime() + LOOK_NANOS;
      }
      List<StateWrite> group = next(nextLook);
      if (!group.isEmpty()) {
        write(writer, group);
      }
    }
  }

  /** Asks the store which one it is. */
  private void look(OnlineWriter writer) throws InterruptedException {
    String incarnation;
    try {
      incarnation = await(writer.incarnation());
      if (!refuses) {
        answered();
      }
    } catch (StoreUnavailableException e) {
      tell(e);
      return;
    }
    long now = hash(incarnation);
    if (epoch != NO_EPOCH && epoch != now) {
      LOG.warn("The online store may have lost states: all are published again");
      synchronized (this) {
        status = status.lost();
      }
    }
    epoch = now;
  }

  /** The next writes, waiting for one so long at most. */
  private synchronized List<StateWrite> next(long until) throws InterruptedException {
    long millis = (until - System.nanoTime()) / 1_000_000;
    if (waiting.isEmpty() && millis > 0) {
      wait(millis);
    }
    List<StateWrite> group = new ArrayList<>();
    long size = 0;
    Iterator<StateWrite> writes = waiting.values().iterator();
    while (writes.hasNext() && group.size() < GROUP_WRITES && size < GROUP_BYTES) {
      StateWrite write = writes.next();
      writes.remove();
      group.add(write);
      size += write.state().length;
      fates.put(write.key(), WAITS);
    }
    return group;
  }

  /** Tries until the store has taken the writes, or refused them one by one. */
  private void write(OnlineWriter writer, List<StateWrite> group) throws InterruptedException {
    while (!closed) {
      long under = epoch;
      try {
        await(writer.write(group));
        refuses = false;
        answered();
        done(group, under);
        return;
      } catch (StoreRefusedException e) {
        refuses = true;
        tell(e);
        if (group.size() == 1) {
          done(group, UNKNOWN);
          return;
        }
        for (StateWrite write : group) {
          write(writer, List.of(write));
        }
        Thread.sleep(LOOK_NANOS / 1_000_000); // it will refuse the next ones, too
        return;
      } catch (StoreUnavailableException e) {
        tell(e);
      }
      look(writer);
    }
  }

  private synchronized void done(List<StateWrite> group, long fate) {
    for (StateWrite write : group) {
      bytes -= write.state().length;
      if (fates.containsKey(write.key())) { // else a newer one waits
        if (fate == UNKNOWN) {
          fates.remove(write.key());
        } else {
          fates.put(write.key(), fate);
        }
      }
    }
    if (fate != UNKNOWN) {
      status = status.published(group.size());
    }
  }

  private <T> T await(CompletionStage<T> stage) throws InterruptedException {
    asked();
    try {
      return stage.toCompletableFuture().get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof StoreUnavailableException unavailable) {
        throw unavailable;
      }
      throw new StoreUnavailableException(
          "the online store fails: " + e.getCause(), Objects.requireNonNull(e.getCause()));
    }
  }

  private synchronized void asked() {
    if (unansweredSince == 0) {
      unansweredSince = System.nanoTime();
    }
  }

  private synchronized void answered() {
    unansweredSince = 0;
    status = status.problem(null);
  }

  private void tell(StoreUnavailableException e) {
    String problem = Objects.requireNonNullElse(e.getMessage(), e.toString());
    PublicationStatus before;
    synchronized (this) {
      before = status;
      status = status.problem(problem);
    }
    if (!Objects.equals(before.problem(), problem)) {
      LOG.warn("States wait to be published: {}", problem);
    }
  }

  /** The beginning of a text's SHA-256; no number that means something else. */
  private static long hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return (ByteBuffer.wrap(digest).getLong() & Long.MAX_VALUE) | 1;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java has it
    }
  }

  /** Ends the thread; what waits is dropped, since its keys remember it. */
  @Override
  public void close() {
    OPEN.remove(this);
    closed = true;
    thread.interrupt();
    try {
      thread.join(CLOSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
