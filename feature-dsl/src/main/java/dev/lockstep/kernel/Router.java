package dev.lockstep.kernel;

import dev.lockstep.plan.Ask;
import dev.lockstep.plan.Branch;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.plan.LabelPlan;
import dev.lockstep.plan.SourcePlan;
import dev.lockstep.value.ValueType;
import dev.lockstep.value.Values;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Says which keys of which branches an event goes to, as event, as request, or as both, and what of
 * it travels there. Pure: every path routes by it. Asks whose keys are fields of other lookups come
 * later, by {@link AskKeys}. Not thread-safe.
 */
public final class Router {
  /** Takes what is routed. */
  public interface Sink {
    /**
     * One row for one key of one branch.
     *
     * @param key the entity's key as text
     */
    void route(int branch, String key, BranchRow row);
  }

  /** Why a row is a data error of which {@link #isKeyless} is true. */
  public static final String KEYLESS = "every key it could have is null";

  private static final Values NO_FEATURES = new Values(List.of());

  /** A branch and its keys, at hand for each row. */
  private static final class Keyed {
    final int index;
    final int source;
    final int[] eventKey;

    /** The keys that the request asks by, ask by ask; none where only answers give them. */
    final int[][] requestKeys;

    final int firstAsk;

    /** Whether a request's own event has the same key as the request, without looking. */
    final boolean isOneKey;

    Keyed(FeaturePlan plan, Branch branch) {
      List<Ask> asks = plan.asksOf(branch);
      this.index = branch.index();
      this.source = branch.source();
      this.eventKey = toArray(branch.eventKey());
      this.requestKeys =
          asks.stream()
              .filter(a -> a.level() == 0)
              .map(a -> toArray(a.columns()))
              .toArray(int[][]::new);
      this.firstAsk = asks.get(0).index();
      this.isOneKey =
          requestKeys.length == 1
              && source == plan.requestSource().index()
              && branch.eventKey().equals(asks.get(0).columns());
    }

    private static int[] toArray(List<Integer> columns) {
      return columns.stream().mapToInt(Integer::intValue).toArray();
    }

    @Nullable String ofEvent(SourceRow row) {
      return EntityKeys.of(row.values(), eventKey);
    }

    @Nullable String ofRequest(SourceRow row, int ask) {
      return EntityKeys.of(row.values(), requestKeys[ask]);
    }

    /** Which of the branch's asks are by a key, from one of them on; a bit set. */
    long asksBy(String key, SourceRow row, int from) {
      if (isOneKey) {
        return 1;
      }
      long asks = 0;
      for (int ask = from; ask < requestKeys.length; ask++) {
        asks |= key.equals(ofRequest(row, ask)) ? 1L << ask : 0;
      }
      return asks;
    }

    boolean isKeyed(SourceRow request) {
      for (int ask = 0; ask < requestKeys.length; ask++) {
        if (ofRequest(request, ask) != null) {
          return true;
        }
      }
      return false;
    }
  }

  private final int requestSource;
  private final List<Branch> all;
  private final Keyed[] answering;
  private final Keyed[][] bySource;
  private final Keyed[] keyed;
  private final List<List<ExpressionEvaluator>> predicates;
  private final int[] placeOf;

  /** By source. */
  private final int[][] textKeys;

  /**
   * @param branches those that the caller computes by routing: in the stream, lookups are not among
   *     them
   */
  public Router(FeaturePlan plan, List<? extends Branch> branches) {
    this.requestSource = plan.requestSource().index();
    this.all = List.copyOf(branches);
    this.answering = keyed(plan, all);
    this.predicates =
        plan.branches().stream()
            .map(b -> b.predicates().stream().map(ExpressionEvaluator::new).toList())
            .toList();
    this.placeOf = new int[plan.branches().size()];
    for (int i = 0; i < all.size(); i++) {
      placeOf[all.get(i).index()] = i;
    }
    this.keyed =
        keyed(plan, plan.branches().stream().filter(b -> !(b instanceof LabelPlan)).toList());
    this.bySource = new Keyed[plan.sources().size()][];
    for (int s = 0; s < bySource.length; s++) {
      int source = s;
      bySource[s] = keyed(plan, all.stream().filter(b -> b.source() == source).toList());
    }
    this.textKeys = plan.sources().stream().map(this::textKeys).toArray(int[][]::new);
  }

  private static Keyed[] keyed(FeaturePlan plan, List<? extends Branch> branches) {
    return branches.stream().map(b -> new Keyed(plan, b)).toArray(Keyed[]::new);
  }

  /**
   * Routes an event.
   *
   * @param asRequest whether it asks for a vector, if its source is the requests'
   * @param requestId the id its vector will carry; null where {@code requestRow} says who asks
   * @return which asks will be answered, as a bit set by their index; 0 for no request
   */
  public long route(
      SourceRow row,
      boolean asRequest,
      @Nullable String requestId,
      int requestRow,
      boolean deleted,
      Sink sink) {
    return roles(
        row,
        true,
        asRequest,
        (branch, key, isEvent, asks) ->
            sink.route(
                branch,
                key,
                branchRow(
                    all.get(placeOf[branch]),
                    row,
                    isEvent,
                    asks,
                    deleted,
                    asks != 0 ? requestId : null,
                    requestRow)));
  }

  /** Takes what a row is to a key of a branch. */
  public interface RoleSink {
    /**
     * What the row is to one key of one branch: an event, a request, or, as the request's own
     * event, both.
     *
     * @param asks which of the branch's asks are by this key, as a bit set by their place among
     *     them; 0 where it is no request
     */
    void role(int branch, String key, boolean isEvent, long asks);
  }

  /**
   * Says what a row is to which keys, and leaves it to the caller what travels there. A key of a
   * branch comes once, however many asks are by it.
   *
   * @param asEvent whether it counts as an event of its source
   * @param asRequest whether it asks for a vector, if its source is the requests'
   * @return which asks will be answered, as a bit set by their index; 0 for no request
   */
  public long roles(SourceRow row, boolean asEvent, boolean asRequest, RoleSink sink) {
    boolean request = asRequest && row.source() == requestSource;
    if (asEvent) {
      for (Keyed branch : bySource[row.source()]) {
        String key = branch.ofEvent(row);
        if (key != null) {
          sink.role(branch.index, key, true, request ? branch.asksBy(key, row, 0) : 0);
        }
      }
    }
    return request ? requestRoles(row, asEvent, sink) : 0;
  }

  private long requestRoles(SourceRow row, boolean asEvent, RoleSink sink) {
    long answers = 0;
    for (Keyed branch : answering) {
      boolean mayBeOwn = asEvent && branch.source == row.source();
      long done = 0;
      for (int ask = 0; ask < branch.requestKeys.length; ask++) {
        String key = (done >>> ask & 1) == 0 ? branch.ofRequest(row, ask) : null;
        if (key == null) {
          continue;
        }
        long asks = branch.requestKeys.length == 1 ? 1 : branch.asksBy(key, row, ask);
        done |= asks;
        if (!mayBeOwn || !(branch.isOneKey || key.equals(branch.ofEvent(row)))) {
          sink.role(branch.index, key, false, asks);
        }
      }
      answers |= done << branch.firstAsk;
    }
    return answers;
  }

  /**
   * Routes a row of a spine: a request that is no event.
   *
   * @param requestId the id its vector will carry; null where {@code requestRow} says who asks
   * @return which asks will be answered, as a bit set by their index
   */
  public long routeRequest(SourceRow row, @Nullable String requestId, int requestRow, Sink sink) {
    return roles(
        row,
        false,
        true,
        (branch, key, isEvent, asks) ->
            sink.route(
                branch,
                key,
                branchRow(
                    all.get(placeOf[branch]), row, false, asks, false, requestId, requestRow)));
  }

  /**
   * Refuses a row of which a part of some key is longer than a key's parts may be.
   *
   * @param source the row's
   * @throws DataException for such a row, naming the column
   */
  public void requireShortKeys(SourcePlan source, Values row) {
    for (int column : textKeys[source.index()]) {
      if (!row.isNull(column)) {
        EntityKeys.requireShort(
            row.getString(column), source.columns().get(column).name(), "a part of a key");
      }
    }
  }

  /** The columns of text that are part of some key of a source's rows, asked by or not. */
  private int[] textKeys(SourcePlan source) {
    return Stream.of(keyed)
        .flatMap(
            branch ->
                Stream.concat(
                    branch.source == source.index() ? Stream.of(branch.eventKey) : Stream.empty(),
                    source.index() == requestSource
                        ? Stream.of(branch.requestKeys)
                        : Stream.empty()))
        .flatMapToInt(IntStream::of)
        .filter(column -> source.columns().get(column).type() == ValueType.STRING)
        .distinct()
        .sorted()
        .toArray();
  }

  /** Whether a row of a spine has no key for any view or table: a data error (C13). */
  public boolean isKeylessRequest(SourceRow row) {
    for (Keyed branch : keyed) {
      if (branch.isKeyed(row)) {
        return false;
      }
    }
    return keyed.length > 0;
  }

  /**
   * Whether an event has no key for any view or table of its own, nor as a request: a data error
   * (C13). It doesn't depend on which branches the caller routes, nor on the label: the same on
   * every path.
   */
  public boolean isKeyless(SourceRow row) {
    boolean asRequest = row.source() == requestSource;
    boolean anyBranch = false;
    for (Keyed branch : keyed) {
      boolean asEvent = branch.source == row.source();
      if ((asEvent && branch.ofEvent(row) != null) || (asRequest && branch.isKeyed(row))) {
        return false;
      }
      anyBranch |= asEvent || asRequest;
    }
    return anyBranch;
  }

  private BranchRow branchRow(
      Branch branch,
      SourceRow row,
      boolean isEvent,
      long asks,
      boolean deleted,
      @Nullable String requestId,
      int requestRow) {
    Values values = null;
    if (isEvent && !deleted) {
      values = new Values(branch.columnTypes());
      List<Integer> columns = branch.columns();
      for (int i = 0; i < columns.size(); i++) {
        values.copy(i, row.values(), columns.get(i));
      }
      List<ExpressionEvaluator> filters = predicates.get(branch.index());
      for (int i = 0; i < filters.size(); i++) {
        filters.get(i).evaluate(row.values(), NO_FEATURES, values, columns.size() + i);
      }
    }
    return new BranchRow(
        isEvent,
        asks,
        row.eventTimeMicros(),
        row.availableAtMicros(),
        row.sequence(),
        values,
        requestId,
        requestRow);
  }
}
