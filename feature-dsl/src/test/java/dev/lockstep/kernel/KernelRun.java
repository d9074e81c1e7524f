package dev.lockstep.kernel;

import dev.lockstep.plan.Ask;
import dev.lockstep.plan.Branch;
import dev.lockstep.plan.ColumnLabelPlan;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.plan.LabelPlan;
import dev.lockstep.plan.SourcePlan;
import dev.lockstep.plan.ViewPlan;
import dev.lockstep.time.Micros;
import dev.lockstep.value.FeatureVector;
import dev.lockstep.value.Values;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** Runs the kernel's parts over rows as a path would: admission, duplicates, routing, states. */
final class KernelRun {
  private final FeaturePlan plan;
  private final List<SourceRow> rows;
  private final Map<Integer, Values> asking = new HashMap<>();
  private final Router router;
  private final VectorAssembler assembler;
  private final AskKeys chained;
  private final Map<String, BranchState> states = new HashMap<>();
  private final Map<Integer, Values[]> answers = new HashMap<>();
  private final List<Runnable> labelRequests = new ArrayList<>();

  /** So few that the few rows of a test take many. */
  private static final int BLOCK_ROWS = 2;

  private Before adding = BranchState::add;

  /** What each request was answered, by its place in the rows. */
  final Map<Integer, FeatureVector> vectors = new TreeMap<>();

  /** The label of each request, by its place in the rows. */
  final Map<Integer, Object> labels = new TreeMap<>();

  KernelRun(FeaturePlan plan, List<SourceRow> rows) {
    this.plan = plan;
    this.rows = rows;
    this.router = new Router(plan, plan.branches());
    this.assembler = new VectorAssembler(plan);
    this.chained = new AskKeys(plan);
  }

  /** The places of the rows that are events: neither late, nor keyless, nor duplicates. */
  List<Integer> usable() {
    Map<String, List<SourceRow>> byId = new HashMap<>();
    List<Integer> usable = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      SourceRow row = rows.get(i);
      SourcePlan source = plan.sources().get(row.source());
      if (new Admission(source).isLate(row) || router.isKeyless(row)) {
        continue;
      }
      usable.add(i);
      if (row.id() != null) {
        byId.computeIfAbsent(row.source() + ":" + row.id(), k -> new ArrayList<>()).add(row);
      }
    }
    java.util.IdentityHashMap<SourceRow, Boolean> events = new java.util.IdentityHashMap<>();
    for (List<SourceRow> copies : byId.values()) {
      SourcePlan source = plan.sources().get(copies.get(0).source());
      copies.sort(Duplicates.order(source));
      long lateness = source.latenessMicros();
      Duplicates.events(copies, lateness).forEach(e -> events.put(e, true));
    }
    usable.removeIf(i -> rows.get(i).id() != null && !events.containsKey(rows.get(i)));
    return usable;
  }

  List<Integer> inKnowledgeOrder() {
    List<Integer> order = usable();
    order.sort(
        Comparator.comparingLong((Integer i) -> rows.get(i).availableAtMicros())
            .thenComparingLong(i -> rows.get(i).sequence()));
    return order;
  }

  /** A random order in which whatever a request knows comes before it. */
  List<Integer> inRandomOrder(SplittableRandom random) {
    List<Integer> rest = usable();
    List<Integer> order = new ArrayList<>();
    while (!rest.isEmpty()) {
      int candidate = rest.get(random.nextInt(rest.size()));
      while (true) {
        // Walk back along what it knows to something that knows nothing left.
        List<Integer> known = new ArrayList<>();
        for (int other : rest) {
          if (knows(rows.get(candidate), rows.get(other))) {
            known.add(other);
          }
        }
        if (known.isEmpty() || rows.get(candidate).source() != plan.requestSource().index()) {
          break;
        }
        candidate = known.get(random.nextInt(known.size()));
      }
      order.add(candidate);
      rest.remove((Integer) candidate);
    }
    return order;
  }

  private static boolean knows(SourceRow request, SourceRow event) {
    return event.availableAtMicros() < request.availableAtMicros()
        || (event.availableAtMicros() == request.availableAtMicros()
            && event.source() == request.source()
            && event.sequence() < request.sequence());
  }

  /** In knowledge order, with pruning as batch does it. */
  KernelRun runPruning() {
    for (int place : inKnowledgeOrder()) {
      long oldest =
          Micros.minusSaturating(
              rows.get(place).availableAtMicros(), plan.requestSource().latenessMicros());
      prune(oldest);
      process(place, (state, row) -> {});
    }
    return finish();
  }

  /** Labels are asked at the end, when all is known: nothing of theirs is too old before. */
  private void prune(long oldest) {
    states.values().stream()
        .filter(s -> !(s instanceof EventLabelState) && !(s instanceof WindowLabelState))
        .forEach(s -> s.prune(oldest));
  }

  KernelRun run(List<Integer> order) {
    order.forEach(place -> process(place, (state, row) -> {}));
    return finish();
  }

  /**
   * The rows as events alone, in knowledge order, and a spine's rows as requests alone: each after
   * what was available before it, with pruning as batch does it; events of its instant come before
   * or after.
   */
  KernelRun runSpine(List<SourceRow> spine, SplittableRandom random) {
    List<Integer> events = inKnowledgeOrder();
    List<Integer> asking = new ArrayList<>();
    for (int i = 0; i < spine.size(); i++) {
      Admission admission = new Admission(plan.requestSource());
      if (!admission.isLate(spine.get(i)) && !router.isKeylessRequest(spine.get(i))) {
        asking.add(i);
      }
    }
    asking.sort(Comparator.comparingLong(i -> spine.get(i).availableAtMicros()));
    int next = 0;
    for (int place : asking) {
      SourceRow asks = spine.get(place);
      while (next < events.size()
          && (rows.get(events.get(next)).availableAtMicros() < asks.availableAtMicros()
              || (rows.get(events.get(next)).availableAtMicros() == asks.availableAtMicros()
                  && random.nextBoolean()))) {
        add(events.get(next++));
      }
      long oldest =
          Micros.minusSaturating(asks.availableAtMicros(), plan.requestSource().latenessMicros());
      prune(oldest);
      Values[] answered = new Values[plan.asks().size()];
      this.asking.put(place, asks.values());
      router.routeRequest(asks, asks.id(), place, sink(answered, (state, row) -> {}));
      askFurther(asks, place, answered);
      vectors.put(place, assembler.assemble(asks, String.valueOf(place), answered, 0, 0));
      if (plan.label().orElse(null) instanceof ColumnLabelPlan own) {
        labels.put(place, asks.values().get(own.column()));
      }
    }
    while (next < events.size()) {
      add(events.get(next++));
    }
    return finish();
  }

  private void add(int place) {
    SourceRow row = rows.get(place);
    router.route(row, false, null, 0, isDeleted(row), sink(new Values[0], (state, r) -> {}));
  }

  private boolean isDeleted(SourceRow row) {
    int deletedColumn = plan.sources().get(row.source()).deletedColumn();
    return deletedColumn >= 0 && row.values().getBoolean(deletedColumn);
  }

  private Router.Sink sink(Values[] answered, Before before) {
    return (branch, key, r) -> {
      BranchState state =
          states.computeIfAbsent(
              branch + ":" + key, k -> BranchState.of(plan.branches().get(branch)));
      before.row(state, r);
      boolean ofLabel = plan.branches().get(branch) instanceof LabelPlan;
      if (ofLabel && r.isEvent()) {
        adding.row(state, r);
      }
      if (r.isRequest()) {
        answer(plan.branches().get(branch), state, r, answered);
      } else if (!ofLabel) {
        adding.row(state, r);
      }
    };
  }

  /** With events taken out and put in again, and strangers that come and go (C9). */
  KernelRun runRetracting(List<Integer> order, SplittableRandom random) {
    java.util.IdentityHashMap<BranchState, List<BranchRow>> added =
        new java.util.IdentityHashMap<>();
    for (int place : order) {
      process(
          place,
          (state, row) -> {
            if (!(state instanceof EntityState entity)) {
              return;
            }
            disturb(entity, added.computeIfAbsent(state, s -> new ArrayList<>()), row, random);
            if (row.isEvent()) {
              added.get(state).add(row);
            }
          });
    }
    return finish();
  }

  /** With each entity's events split over two states, merged when a request comes. */
  KernelRun runSplitting(List<Integer> order, SplittableRandom random) {
    Map<BranchState, EntityState> others = new java.util.IdentityHashMap<>();
    adding =
        (state, row) -> {
          if (state instanceof EntityState entity && random.nextBoolean()) {
            others.computeIfAbsent(state, s -> new EntityState(entity.view)).add(row);
          } else {
            state.add(row);
          }
        };
    Before merging =
        (state, row) -> {
          EntityState other = row.isRequest() ? others.remove(state) : null;
          if (other != null) {
            ((EntityState) state).merge(other);
          }
        };
    order.forEach(place -> process(place, merging));
    others.forEach((state, other) -> ((EntityState) state).merge(other));
    return finish();
  }

  /** The bytes of each view's states. */
  Map<String, String> bytes() {
    Map<String, String> bytes = new TreeMap<>();
    states.forEach(
        (key, state) -> {
          if (state instanceof EntityState entity) {
            byte[] written = new EntityStateCodec(entity.view).toBytes(entity);
            bytes.put(key, java.util.HexFormat.of().formatHex(written));
          }
        });
    return bytes;
  }

  /** With states that go through their bytes on the way (C11). */
  KernelRun runStoring(List<Integer> order, SplittableRandom random) {
    for (int place : order) {
      process(place, (state, row) -> {});
      if (random.nextInt(4) == 0) {
        states.replaceAll(
            (key, state) -> {
              if (!(state instanceof EntityState entity)) {
                return state;
              }
              EntityStateCodec codec = new EntityStateCodec(entity.view);
              return codec.fromBytes(codec.toBytes(entity));
            });
      }
    }
    return finish();
  }

  /** With states written in blocks after each row, and now and then read from them (C11). */
  KernelRun runInBlocks(List<Integer> order, SplittableRandom random, boolean prunes) {
    Map<BranchState, StoredBlocks> stored = new java.util.IdentityHashMap<>();
    for (int place : order) {
      List<EntityState> changed = new ArrayList<>();
      process(
          place,
          (state, row) -> {
            if (state instanceof EntityState entity) {
              changed.add(entity);
            }
          });
      for (EntityState state : changed) {
        StoredBlocks blocks =
            stored.computeIfAbsent(state, s -> new StoredBlocks(state.view, BLOCK_ROWS));
        if (prunes) {
          state.prune(
              Micros.minusSaturating(
                  rows.get(place).availableAtMicros(), plan.requestSource().latenessMicros()));
        }
        blocks.write(state);
      }
      if (random.nextInt(4) == 0) {
        states.replaceAll((key, state) -> readAgain(state, stored));
      }
    }
    return finish();
  }

  private static BranchState readAgain(BranchState state, Map<BranchState, StoredBlocks> stored) {
    StoredBlocks blocks = stored.remove(state);
    if (blocks == null) {
      return state;
    }
    blocks.check((EntityState) state, "in blocks");
    EntityState read = blocks.read();
    stored.put(read, blocks);
    return read;
  }

  private static void disturb(
      EntityState state, List<BranchRow> added, BranchRow next, SplittableRandom random) {
    if (added.isEmpty()) {
      return;
    }
    BranchRow old = added.get(random.nextInt(added.size()));
    Values out = new Values(state.view.resultTypes());
    BranchRow asking =
        new BranchRow(
            false,
            true,
            old.eventTimeMicros() + random.nextInt(2),
            random.nextBoolean() ? Long.MAX_VALUE : old.availableAtMicros(),
            Long.MAX_VALUE,
            null,
            null,
            0);
    if (random.nextBoolean()) {
      state.answer(asking, out);
    }
    if (random.nextBoolean() && !state.retract(old)) {
      throw new AssertionError("an event that was taken in isn't there: " + old);
    } else {
      // Not retracted: put in a second time, and take that out.
      if (random.nextBoolean()) {
        state.answer(asking, out);
      }
    }
    // Whether it is there once or not at all: make it once.
    while (state.retract(old)) {
      if (random.nextBoolean()) {
        state.answer(asking, out);
      }
    }
    added.stream().filter(e -> isSame(e, old)).forEach(state::add);
    if (random.nextBoolean() && next.isEvent()) {
      state.add(next);
      if (random.nextBoolean()) {
        state.answer(asking, out);
      }
      if (!state.retract(next)) {
        throw new AssertionError("a copy that was taken in isn't there: " + next);
      }
    }
  }

  private static boolean isSame(BranchRow a, BranchRow b) {
    return a.eventTimeMicros() == b.eventTimeMicros()
        && a.availableAtMicros() == b.availableAtMicros()
        && a.sequence() == b.sequence()
        && a.values().equals(b.values());
  }

  private interface Before {
    void row(BranchState state, BranchRow row);
  }

  private void process(int place, Before before) {
    SourceRow row = rows.get(place);
    Values[] answered = new Values[plan.asks().size()];
    asking.put(place, row.values());
    long answering =
        router.route(row, true, row.id(), place, isDeleted(row), sink(answered, before));
    if (row.source() == plan.requestSource().index()) {
      for (Ask ask : plan.asks()) {
        boolean expected = (answering >> ask.index() & 1) != 0;
        boolean isLabel = plan.branchOf(ask) instanceof LabelPlan;
        boolean got = isLabel || ask.level() > 0 ? expected : answered[ask.index()] != null;
        if (expected != got) {
          throw new AssertionError(plan.nameOf(ask) + " answered: " + got);
        }
      }
      askFurther(row, place, answered);
      answers.put(place, answered);
      if (plan.label().orElse(null) instanceof ColumnLabelPlan own) {
        labels.put(place, row.values().get(own.column()));
      }
      vectors.put(place, assembler.assemble(row, String.valueOf(place), answered, 0, 0));
    }
  }

  /** Lookups by what others answered. */
  private void askFurther(SourceRow row, int place, Values[] answered) {
    for (int level = 1; level <= plan.levels(); level++) {
      for (Ask ask : chained.asks(level)) {
        String key = chained.of(ask, row.values(), answered);
        if (key != null) {
          BranchRow asks =
              new BranchRow(
                  false,
                  true,
                  row.eventTimeMicros(),
                  row.availableAtMicros(),
                  row.sequence(),
                  null,
                  row.id(),
                  place);
          sink(answered, (state, r) -> {}).route(ask.branch(), key, asks);
        }
      }
    }
  }

  private void answer(Branch branch, BranchState state, BranchRow request, Values[] answered) {
    Values out = new Values(branch.resultTypes());
    if (branch instanceof LabelPlan label) {
      labelRequests.add(
          () -> {
            state.answer(request, out);
            Values value = new Values(List.of(label.type()));
            new LabelValue(label).of(asking.get(request.requestRow()), out, value, 0);
            labels.put(request.requestRow(), value.get(0));
          });
      return;
    }
    for (int i = 0; i < out.size(); i++) {
      // "wholly overwritten"
      switch (out.type(i)) {
        case STRING -> out.setString(i, "left over");
        default -> out.setBits(i, 77);
      }
    }
    state.answer(request, out);
    for (Ask ask : plan.asksOf(branch)) {
      int place = ask.index() - plan.asksOf(branch).get(0).index();
      if ((request.asks() >>> place & 1) != 0) {
        if (answered[ask.index()] != null) {
          throw new AssertionError(plan.nameOf(ask) + " was answered twice");
        }
        answered[ask.index()] = out;
      }
    }
  }

  private KernelRun finish() {
    labelRequests.forEach(Runnable::run);
    return this;
  }

  /** How many events all views hold. */
  int size() {
    return states.values().stream()
        .filter(EntityState.class::isInstance)
        .mapToInt(s -> ((EntityState) s).size())
        .sum();
  }

  List<ViewPlan> views() {
    return plan.views();
  }
}
