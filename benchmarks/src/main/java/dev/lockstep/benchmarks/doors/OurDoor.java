package dev.lockstep.benchmarks.doors;

import dev.lockstep.beam.read.HistoryFile;
import dev.lockstep.beam.read.HistoryReader;
import dev.lockstep.define.FeatureSet;
import dev.lockstep.intake.MessageReader;
import dev.lockstep.intake.RowIntake;
import dev.lockstep.kernel.Admission;
import dev.lockstep.kernel.DataException;
import dev.lockstep.plan.ColumnPlan;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.plan.RecordSchema;
import dev.lockstep.plan.SourcePlan;
import java.nio.file.Path;
import java.util.List;

/** Our door: messages, or a history, to rows with their place in time. */
final class OurDoor {
  private final RowIntake intake;
  private final MessageReader messages;
  private final int qty;

  OurDoor(FeatureSet<?> set) {
    FeaturePlan plan = FeaturePlan.of(set);
    SourcePlan source = plan.requestSource();
    this.intake = RowIntake.of(plan, source);
    this.messages = new MessageReader(intake, List.of());
    this.qty = source.columns().stream().map(ColumnPlan::name).toList().indexOf("qty");
  }

  RecordSchema schema() {
    return intake.source().schema();
  }

  Side ofMessages(List<byte[]> all) {
    return () -> {
      long sum = 0;
      for (byte[] message : all) {
        messages.read(message);
        sum += admitted();
      }
      return sum;
    };
  }

  Side ofHistory(Path file) {
    int groups = HistoryFile.inspect(intake.source(), file.toString()).groupRows().size();
    return () -> {
      Summing summing = new Summing();
      try (HistoryReader reader = new HistoryReader(intake, file.toString())) {
        for (int group = 0; group < groups; group++) {
          reader.read(group, summing);
        }
      }
      return summing.sum;
    };
  }

  private long admitted() {
    return intake.admit(Admission.NO_RECORD_TIMESTAMP, 0, 0).values().getLong(qty);
  }

  private final class Summing implements HistoryReader.Sink {
    private long sum;

    @Override
    public void row(long recordTimestampMicros, long position, long rowInGroup) {
      sum += admitted();
    }

    @Override
    public void unreadable(DataException reason, long rowInGroup) {
      throw reason;
    }
  }
}
