package dev.lockstep.beam.batch;

import dev.lockstep.beam.read.Rejected;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.DoFn.MultiOutputReceiver;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.values.KV;

/** Where a step's blocks, rejected rows and counts go, within a bundle or at its end. */
interface Outlet {
  /** A block of routed rows for a shard. */
  void routed(long shard, byte[] block);

  /** A block of rows with ids, for the shard that looks for duplicates. */
  void copies(long shard, byte[] block);

  /** A block of the requests of a range. */
  void requests(long range, byte[] block);

  void rejected(Rejected rejected);

  /** A row that isn't available yet, for the snapshot. */
  void carried(byte[] row);

  void count(String name, long count);

  /** The outputs of an element. */
  static Outlet of(MultiOutputReceiver out) {
    return new Outlet() {
      @Override
      public void routed(long shard, byte[] block) {
        out.get(Steps.ROUTED).output(KV.of((int) shard, block));
      }

      @Override
      public void copies(long shard, byte[] block) {
        out.get(Steps.COPIES).output(KV.of((int) shard, block));
      }

      @Override
      public void requests(long range, byte[] block) {
        out.get(Steps.REQUESTS).output(KV.of(range, block));
      }

      @Override
      public void rejected(Rejected rejected) {
        out.get(Steps.REJECTED).output(rejected);
      }

      @Override
      public void carried(byte[] row) {
        out.get(Steps.CARRIED).output(row);
      }

      @Override
      public void count(String name, long count) {
        out.get(Steps.COUNTS).output(KV.of(name, count));
      }
    };
  }

  /**
   * The one output of an element whose rows have one way only.
   *
   * @param asideShard where what is no row goes, see {@link Asides}
   */
  static Outlet oneWay(MultiOutputReceiver out, int asideShard) {
    return new Outlet() {
      @Override
      public void routed(long shard, byte[] block) {
        out.get(Steps.ROUTED).output(KV.of((int) shard, block));
      }

      @Override
      public void copies(long shard, byte[] block) {
        throw new IllegalStateException("rows with ids have another way");
      }

      @Override
      public void requests(long range, byte[] block) {
        throw new IllegalStateException("requests of several keys have another way");
      }

      @Override
      public void rejected(Rejected rejected) {
        routed(asideShard, Asides.of(rejected));
      }

      @Override
      public void carried(byte[] row) {
        throw new IllegalStateException("rows for a snapshot have another way");
      }

      @Override
      public void count(String name, long count) {
        routed(asideShard, Asides.of(name, count));
      }
    };
  }

  /** The outputs at the end of a bundle, in the global window. */
  static <I, O> Outlet of(DoFn<I, O>.FinishBundleContext context) {
    return new Outlet() {
      private <T> void output(org.apache.beam.sdk.values.TupleTag<T> tag, T value) {
        context.output(tag, value, BoundedWindow.TIMESTAMP_MIN_VALUE, GlobalWindow.INSTANCE);
      }

      @Override
      public void routed(long shard, byte[] block) {
        output(Steps.ROUTED, KV.of((int) shard, block));
      }

      @Override
      public void copies(long shard, byte[] block) {
        output(Steps.COPIES, KV.of((int) shard, block));
      }

      @Override
      public void requests(long range, byte[] block) {
        output(Steps.REQUESTS, KV.of(range, block));
      }

      @Override
      public void rejected(Rejected rejected) {
        output(Steps.REJECTED, rejected);
      }

      @Override
      public void carried(byte[] row) {
        output(Steps.CARRIED, row);
      }

      @Override
      public void count(String name, long count) {
        output(Steps.COUNTS, KV.of(name, count));
      }
    };
  }
}
