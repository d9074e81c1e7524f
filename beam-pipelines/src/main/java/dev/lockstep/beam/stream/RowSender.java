package dev.lockstep.beam.stream;

import dev.lockstep.kernel.Router;
import dev.lockstep.kernel.SourceRow;
import dev.lockstep.plan.Branch;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.plan.SourcePlan;
import dev.lockstep.value.Values;
import java.util.List;
import java.util.Objects;
import org.apache.beam.sdk.transforms.DoFn.MultiOutputReceiver;
import org.apache.beam.sdk.values.KV;

/**
 * Sends a row to the keys of its branches and, where it asks, to where its answers meet it: to
 * {@link StreamFeatures#TO_VIEWS} and {@link StreamFeatures#TO_JOIN}.
 */
final class RowSender {
  private final FeaturePlan plan;
  private final Router router;
  private final ViewMessage views;
  private final JoinMessage joins;

  /**
   * @param lookupsAreRouted whether tables' versions are among the rows, and not in an online store
   */
  RowSender(FeaturePlan plan, boolean lookupsAreRouted) {
    this.plan = plan;
    List<Branch> routed = lookupsAreRouted ? plan.branches() : List.copyOf(plan.views());
    this.router = new Router(plan, routed);
    this.views = new ViewMessage(plan);
    this.joins = new JoinMessage(plan);
  }

  /**
   * Sends a row.
   *
   * @param isRetraction whether it is taken back
   * @param mayAsk whether it asks, if it is a request; a retracted one takes its question back
   */
  void send(SourceRow row, boolean isRetraction, boolean mayAsk, MultiOutputReceiver out) {
    SourcePlan source = plan.sources().get(row.source());
    boolean deleted = isDeletion(source, row.values());
    int operation = isRetraction ? ViewMessage.RETRACT : ViewMessage.APPLY;
    boolean asks = mayAsk && row.source() == plan.requestSource().index();
    String joinKey = asks ? StreamFeatures.joinKey(row) : null;
    long answering =
        router.route(
            row,
            asks,
            joinKey,
            0,
            deleted,
            (branch, key, branchRow) ->
                out.get(StreamFeatures.TO_VIEWS)
                    .output(
                        KV.of(
                            ViewMessage.key(branch, key),
                            views.encode(branch, operation, branchRow))));
    if (asks) {
      out.get(StreamFeatures.TO_JOIN)
          .output(
              KV.of(
                  StreamFeatures.joinKeyBytes(Objects.requireNonNull(joinKey)),
                  joins.request(isRetraction, answering, row)));
    }
  }

  private static boolean isDeletion(SourcePlan source, Values values) {
    int column = source.deletedColumn();
    return column >= 0 && !values.isNull(column) && values.getBoolean(column);
  }
}
