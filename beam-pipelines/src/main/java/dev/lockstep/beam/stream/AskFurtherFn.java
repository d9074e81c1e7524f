package dev.lockstep.beam.stream;

import dev.lockstep.define.FeatureSet;
import dev.lockstep.kernel.AskKeys;
import dev.lockstep.kernel.BranchRow;
import dev.lockstep.kernel.SourceRow;
import dev.lockstep.plan.Ask;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.value.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;
import org.jspecify.annotations.Nullable;

/**
 * Lets requests ask what only answers tell the keys of: lookups by a field of another (C10), where
 * tables are among the rows. The request and what was answered go on to the next count.
 */
final class AskFurtherFn extends DoFn<byte[], KV<byte[], byte[]>> {
  private static final long serialVersionUID = 1L;

  private final FeatureSet<?> set;
  private final int level;
  private transient FeaturePlan plan;
  private transient ViewMessage views;
  private transient JoinMessage joins;
  private transient AskKeys keys;

  /**
   * @param level of the asks that are asked now
   */
  @SuppressWarnings("NullAway.Init") // @Setup makes the transient parts
  AskFurtherFn(FeatureSet<?> set, int level) {
    this.set = set;
    this.level = level;
  }

  @Setup
  public void setup() {
    plan = FeaturePlan.of(set);
    views = new ViewMessage(plan);
    joins = new JoinMessage(plan);
    keys = new AskKeys(plan);
  }

  @ProcessElement
  public void process(@Element byte[] joined, MultiOutputReceiver out) {
    List<byte[]> answered = new ArrayList<>();
    @Nullable Values[] answers = new @Nullable Values[plan.asks().size()];
    JoinMessage.Request asking = null;
    for (byte[] message : JoinFn.split(joined)) {
      if (JoinMessage.kindOf(message) == JoinMessage.REQUEST) {
        asking = joins.readRequest(message);
      } else {
        joins.readAnswer(message).giveTo(answers);
        answered.add(message);
      }
    }
    JoinMessage.Request request = Objects.requireNonNull(asking, "answers without their request");
    SourceRow row = request.row();
    String joinKey = StreamFeatures.joinKey(row);
    byte[] joinKeyBytes = StreamFeatures.joinKeyBytes(joinKey);
    long answering = request.answering();
    for (Ask ask : keys.asks(level)) {
      String key = keys.of(ask, row.values(), answers);
      if (key != null) {
        answering |= 1L << ask.index();
        BranchRow asks = BranchRow.asking(row, joinKey);
        out.get(StreamFeatures.TO_VIEWS)
            .output(
                KV.of(
                    ViewMessage.key(ask.branch(), key),
                    views.encode(ask.branch(), ViewMessage.APPLY, asks)));
      }
    }
    out.get(StreamFeatures.TO_JOIN)
        .output(KV.of(joinKeyBytes, joins.request(false, answering, row)));
    answered.forEach(
        message -> out.get(StreamFeatures.TO_JOIN).output(KV.of(joinKeyBytes, message)));
  }
}
