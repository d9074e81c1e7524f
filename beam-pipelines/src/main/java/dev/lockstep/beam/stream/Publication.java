package dev.lockstep.beam.stream;

import dev.lockstep.kernel.EntityState;
import dev.lockstep.kernel.EntityStateCodec;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.plan.ViewPlan;
import dev.lockstep.store.OnlineStore;
import dev.lockstep.store.StateWrite;
import dev.lockstep.store.StoreKey;
import java.util.Arrays;
import java.util.function.Supplier;
import org.apache.beam.sdk.state.Timer;
import org.joda.time.Duration;

/**
 * When a key's state goes to the online store (C11), decided whenever the key's timer fires.
 *
 * <p>The key's header says, as part of the stream's state, what the store isn't known to have: what
 * was changed since it was handed to the {@link StatePublisher}; what was handed over and not seen
 * to be written; and under which epoch of the store the last was written. So a job that comes again
 * from a checkpoint, and a store that has lost something, need nobody who remembers: the timer of
 * each key fires now and then, also where nothing changes, and compares.
 *
 * <p>A key is visited half a second after a change; again until the store has it; and every {@link
 * Patrol} from then on. Of a large state the next visit is later, so that no key sends more than
 * {@value #BYTES_PER_SECOND} bytes a second; and where the store is silent, the later the longer.
 */
final class Publication implements AutoCloseable {
  private static final long BYTES_PER_SECOND = 256 << 10;
  private static final long AWAY_MILLIS = 1_000;
  private static final long MOST_AWAY_MILLIS = 20_000;

  private final FeaturePlan plan;
  private final StreamSettings settings;
  private final boolean discards;
  private final StatePublisher publisher;
  private final Patrol patrol = new Patrol();

  Publication(FeaturePlan plan, OnlineStore store, StreamSettings settings) {
    this.plan = plan;
    this.settings = settings;
    this.discards = store.discards();
    this.publisher = new StatePublisher(store);
  }

  /** Notes that a key's state was changed. */
  void changed(PendingHeader header, Timer timer) {
    header.changed = true;
    soon(header, timer, settings.publishEveryMillis());
  }

  /**
   * Does what is due for a key, and sets its timer anew.
   *
   * @param opened reads the key's state
   */
  void visit(PendingHeader header, byte[] elementKey, Supplier<KeyState> opened, Timer timer) {
    header.publicationArmed = false;
    if (discards || header.isNothingPublished()) {
      header.forgetPublication(); // or the key was dropped since
      return;
    }
    StoreKey cell = cell(elementKey);
    long epoch = publisher.epoch();
    if (epoch == StatePublisher.NO_EPOCH || (header.handedOver && waits(header, cell))) {
      soon(header, timer, pause());
    } else if (!header.changed && header.epoch == epoch) {
      timer
          .offset(Duration.millis(patrol.next(Arrays.hashCode(elementKey))))
          .withNoOutputTimestamp()
          .setRelative();
    } else if (!publisher.hasRoom()) {
      soon(header, timer, pause());
    } else {
      ViewPlan view = (ViewPlan) plan.branches().get(ViewMessage.branchOf(elementKey));
      handOver(view, cell, header, opened.get(), timer);
    }
  }

  /** Forgets a key that has nothing any more; what the store has of it stays there. */
  void dropped(PendingHeader header, byte[] elementKey) {
    if (header.handedOver) {
      publisher.take(cell(elementKey));
    }
    header.forgetPublication();
  }

  private StoreKey cell(byte[] elementKey) {
    ViewPlan view = (ViewPlan) plan.branches().get(ViewMessage.branchOf(elementKey));
    return EntityStateCodec.cellOf(view, ViewMessage.entityKeyOf(elementKey));
  }

  /** Asks after what was handed over; whether that is still on its way. */
  private boolean waits(PendingHeader header, StoreKey cell) {
    long fate = publisher.take(cell);
    if (fate == StatePublisher.WAITS) {
      return true;
    }
    header.handedOver = false;
    if (fate == StatePublisher.UNKNOWN) {
      header.changed = true; // it was handed to another start, or refused
    } else {
      header.epoch = fate;
    }
    return false;
  }

  private void handOver(
      ViewPlan view, StoreKey cell, PendingHeader header, KeyState key, Timer timer) {
    EntityState entity = key.entity();
    if (entity == null) {
      header.forgetPublication();
      return;
    }
    byte[] bytes = new EntityStateCodec(view).toBytes(entity);
    key.leave();
    publisher.offer(
        new StateWrite(cell, EntityStateCodec.markOf(bytes, settings.generation()), bytes));
    header.changed = false;
    header.handedOver = true;
    long atLeast = bytes.length * 1_000L / BYTES_PER_SECOND;
    soon(header, timer, Math.max(pause(), atLeast));
  }

  private long pause() {
    long silent = publisher.silentMillis();
    return silent < AWAY_MILLIS
        ? settings.publishEveryMillis()
        : Math.min(silent, MOST_AWAY_MILLIS);
  }

  /** It holds no watermark: nothing waits for it. */
  private static void soon(PendingHeader header, Timer timer, long millis) {
    if (!header.publicationArmed) {
      timer.offset(Duration.millis(millis)).withNoOutputTimestamp().setRelative();
      header.publicationArmed = true;
    }
  }

  @Override
  public void close() {
    publisher.close();
  }
}
