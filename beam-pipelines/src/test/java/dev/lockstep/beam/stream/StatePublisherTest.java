package dev.lockstep.beam.stream;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.store.OnlineReader;
import dev.lockstep.store.OnlineStore;
import dev.lockstep.store.OnlineWriter;
import dev.lockstep.store.StateMark;
import dev.lockstep.store.StateWrite;
import dev.lockstep.store.StoreKey;
import dev.lockstep.store.StoreRefusedException;
import dev.lockstep.store.StoreUnavailableException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** What a key is told of its state, by a store that is away, refuses and forgets. */
class StatePublisherTest {
  private static final StoreKey GOOD = new StoreKey("view", "good");
  private static final StoreKey BAD = new StoreKey("view", "bad");

  /** A store that does as it is told. */
  private static final class Store implements OnlineStore, OnlineWriter {
    private static final long serialVersionUID = 1L;

    final transient Map<StoreKey, byte[]> cells = new ConcurrentHashMap<>();
    volatile boolean away;
    volatile String incarnation = "first";

    @Override
    public OnlineReader openReader() {
      throw new UnsupportedOperationException();
    }

    @Override
    public OnlineWriter openWriter() {
      return this;
    }

    @Override
    public CompletionStage<Integer> write(List<StateWrite> writes) {
      if (away) {
        return CompletableFuture.failedFuture(new StoreUnavailableException("away", new Error()));
      }
      if (writes.stream().anyMatch(w -> w.key().equals(BAD))) {
        return CompletableFuture.failedFuture(new StoreRefusedException("bad", new Error()));
      }
      writes.forEach(w -> cells.put(w.key(), w.state()));
      return CompletableFuture.completedFuture(writes.size());
    }

    @Override
    public CompletionStage<String> incarnation() {
      return away
          ? CompletableFuture.failedFuture(new StoreUnavailableException("away", new Error()))
          : CompletableFuture.completedFuture(incarnation);
    }

    @Override
    public void close() {}
  }

  private final Store store = new Store();

  private static StateWrite write(StoreKey key, int size, int content) {
    byte[] state = new byte[size];
    state[0] = (byte) content;
    return new StateWrite(key, new StateMark(0, 0, 0, content), state);
  }

  private static void await(BooleanSupplier isSo) {
    long deadline = System.nanoTime() + 60_000_000_000L;
    while (!isSo.getAsBoolean()) {
      assertTrue(System.nanoTime() < deadline, "waited in vain");
      LockSupport.parkNanos(1_000_000L);
    }
  }

  @Test
  void tellsUnderWhichEpochAStateWasWritten() {
    try (StatePublisher publisher = new StatePublisher(store)) {
      await(() -> publisher.epoch() != StatePublisher.NO_EPOCH);
      long first = publisher.epoch();
      assertEquals(StatePublisher.UNKNOWN, publisher.take(GOOD), "of another start");
      publisher.offer(write(GOOD, 9, 1));
      await(() -> store.cells.containsKey(GOOD) && publisher.status().waiting() == 0);
      assertEquals(first, publisher.take(GOOD));
      assertEquals(StatePublisher.UNKNOWN, publisher.take(GOOD), "said once");
      store.incarnation = "second";
      await(() -> publisher.epoch() != first);
      assertEquals(1, publisher.status().losses());
    }
  }

  @Test
  void keepsTheNewestWhileTheStoreIsAwayAndNoMoreThanItsBound() {
    try (StatePublisher publisher = new StatePublisher(store)) {
      await(() -> publisher.epoch() != StatePublisher.NO_EPOCH);
      store.away = true;
      publisher.offer(write(GOOD, 20 << 20, 1));
      assertTrue(publisher.hasRoom());
      await(() -> publisher.status().problem() != null);
      publisher.offer(write(GOOD, 20 << 20, 2));
      publisher.offer(write(GOOD, 9, 3));
      assertEquals(StatePublisher.WAITS, publisher.take(GOOD));
      publisher.offer(write(new StoreKey("view", "large"), 20 << 20, 4));
      assertFalse(publisher.hasRoom());
      store.away = false;
      await(() -> publisher.status().waiting() == 0);
      assertArrayEquals(write(GOOD, 9, 3).state(), store.cells.get(GOOD));
      assertTrue(publisher.hasRoom());
      assertTrue(publisher.take(GOOD) > 0);
    }
  }

  @Test
  void whatIsRefusedHoldsUpNothingElse() {
    try (StatePublisher publisher = new StatePublisher(store)) {
      publisher.offer(write(BAD, 9, 1));
      publisher.offer(write(GOOD, 9, 1));
      await(() -> store.cells.containsKey(GOOD) && publisher.status().waiting() == 0);
      assertEquals(StatePublisher.UNKNOWN, publisher.take(BAD), "to be offered again");
      assertTrue(publisher.take(GOOD) > 0);
    }
  }

  @Test
  void looksLessOftenAtManyKeys() {
    Patrol patrol = new Patrol();
    long few = patrol.next(0);
    patrol.paced(100_000);
    assertEquals(2 * few, patrol.next(0));
    patrol.paced(1);
    assertEquals(few, patrol.next(0));
    for (int hash = 0; hash < 100; hash++) {
      long pause = patrol.next(hash);
      assertTrue(pause >= 15_000 && pause < 30_000, "" + pause);
    }
  }
}
