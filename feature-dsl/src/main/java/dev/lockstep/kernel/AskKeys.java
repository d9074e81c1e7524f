package dev.lockstep.kernel;

import dev.lockstep.plan.Ask;
import dev.lockstep.plan.AskPart;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.value.ValueType;
import dev.lockstep.value.Values;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The keys by which requests ask: of the request alone, or, where one is a field of another lookup,
 * known once that has been answered. Level by level, {@link Ask#level}, such a key is made of the
 * request and of answers of the levels before. Not thread-safe.
 */
public final class AskKeys {
  private final List<List<Ask>> byLevel = new ArrayList<>();
  private final Map<Ask, Values> parts = new HashMap<>();

  /** Where the parts of each ask's key are: in the request where it isn't chained. */
  private final Map<Ask, int[]> places = new HashMap<>();

  public AskKeys(FeaturePlan plan) {
    for (int level = 0; level <= plan.levels(); level++) {
      int of = level;
      byLevel.add(plan.asks().stream().filter(a -> a.level() == of && of > 0).toList());
    }
    for (Ask ask : plan.asks()) {
      if (ask.level() == 0) {
        places.put(ask, ask.columns().stream().mapToInt(Integer::intValue).toArray());
      } else {
        parts.put(ask, new Values(ask.key().stream().map(part -> typeOf(plan, part)).toList()));
        places.put(ask, IntStream.range(0, ask.key().size()).toArray());
      }
    }
  }

  private static ValueType typeOf(FeaturePlan plan, AskPart part) {
    if (part instanceof AskPart.OfRequest of) {
      return plan.requestSource().columns().get(of.column()).type();
    }
    AskPart.OfLookup of = (AskPart.OfLookup) part;
    return plan.branchOf(plan.asks().get(of.ask())).resultTypes().get(of.slot());
  }

  /** The asks of a level; those of level 0 aren't chained, and not among them. */
  public List<Ask> asks(int level) {
    return byLevel.get(level);
  }

  /**
   * The key of an ask, chained or not.
   *
   * @param request the columns of the request's source
   * @param answers by ask index, of the levels before; null where there is none
   * @return null where a part of it is
   */
  public @Nullable String of(Ask ask, Values request, @Nullable Values[] answers) {
    int[] at = Objects.requireNonNull(places.get(ask));
    Values key = parts.get(ask);
    if (key == null) {
      return EntityKeys.of(request, at);
    }
    for (int i = 0; i < ask.key().size(); i++) {
      if (ask.key().get(i) instanceof AskPart.OfRequest of) {
        key.copy(i, request, of.column());
      } else {
        AskPart.OfLookup of = (AskPart.OfLookup) ask.key().get(i);
        Values answer = answers[of.ask()];
        if (answer == null) {
          return null;
        }
        key.copy(i, answer, of.slot());
      }
    }
    return EntityKeys.of(key, at);
  }
}
