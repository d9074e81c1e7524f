package dev.lockstep.beam.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.beam.snapshot.CarriedColumns;
import dev.lockstep.beam.snapshot.CarriedRow;
import dev.lockstep.beam.snapshot.CarriedRows;
import dev.lockstep.beam.snapshot.SnapshotException;
import dev.lockstep.kernel.SourceRow;
import dev.lockstep.kernel.SourceRowCodec;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.testing.NaiveOracle;
import dev.lockstep.testing.NastyEvents;
import dev.lockstep.testing.RecordedEvent;
import dev.lockstep.wire.ByteReader;
import dev.lockstep.wire.ByteWriter;
import org.junit.jupiter.api.Test;

/** Rows carried with a label are read without it: by streams, which have none (C12). */
class CarriedRowsTest {
  private static final FeaturePlan PLAN = FeaturePlan.of(Shop.SET);
  private static final FeaturePlan LABELLED = FeaturePlan.of(Shop.SET, Shop.LABEL);

  @Test
  void areThoseThatThePlanAloneWouldHaveRead() {
    CarriedRows reader = new CarriedRows(CarriedColumns.of(LABELLED), PLAN);
    SourceRowCodec codec = new SourceRowCodec(LABELLED);
    NaiveOracle alone = new NaiveOracle(PLAN);
    NaiveOracle labelled = new NaiveOracle(LABELLED);
    int compared = 0;
    for (RecordedEvent record : NastyEvents.inHistory(LABELLED, 5).records(500)) {
      SourceRow expected = alone.admitted(record).orElse(null);
      SourceRow written = labelled.admitted(record).orElse(null);
      if (expected == null || written == null) {
        continue;
      }
      ByteWriter out = new ByteWriter();
      new CarriedRow(written, null).write(codec, out);
      assertEquals(expected, reader.read(new ByteReader(out.toByteArray())));
      compared++;
    }
    assertTrue(compared > 300, "too few rows to prove anything: " + compared);
  }

  @Test
  void withoutAColumnThatIsReadAreRefused() {
    CarriedColumns less = CarriedColumns.of(FeaturePlan.of(Shop.SENDERS));
    SnapshotException refused =
        assertThrows(SnapshotException.class, () -> new CarriedRows(less, PLAN));
    assertTrue(refused.getMessage().contains("lack the column"), refused.getMessage());
  }
}
