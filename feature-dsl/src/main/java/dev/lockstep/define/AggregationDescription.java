package dev.lockstep.define;

import dev.lockstep.aggregate.Aggregation;
import dev.lockstep.aggregate.Listing;
import dev.lockstep.aggregate.StateSpec;
import dev.lockstep.value.ValueType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What one aggregation of {@link Aggregations} is, said once: the catalogue, the documentation's
 * table, errors and the reserved names are made of it. What the code knows, types, exactness and
 * costs, is read off an example.
 *
 * @param factory the method that gives it: {@code topK}
 * @param arguments what is written between its brackets: {@code x} and {@code k}
 * @param meaning what it is, in a few words
 * @param example one of its kind
 * @param inputs those arguments that are columns or expressions, in the order in which the
 *     aggregation reads them
 * @param overNothing what it gives where no event takes part
 * @param ties what decides among events of one place in the window's order, or equal values
 */
public record AggregationDescription(
    String factory,
    List<String> arguments,
    String meaning,
    Aggregation example,
    List<String> inputs,
    String overNothing,
    String ties) {
  private static final String IRRELEVANT = "-";
  private static final Set<String> PARAMETERS = Set.of("k", "q", "halfLife");
  private static final Set<ValueType> NUMBERS =
      Collections.unmodifiableSet(
          EnumSet.copyOf(Arrays.stream(ValueType.values()).filter(ValueType::isNumeric).toList()));

  public AggregationDescription {
    arguments = List.copyOf(arguments);
    inputs = List.copyOf(inputs);
  }

  /**
   * An aggregation that is null over nothing and knows no ties.
   *
   * @param call how it is written, {@code topK(x, k)}: what isn't k, q or a half-life is an input
   */
  static AggregationDescription of(String call, String meaning, Aggregation example) {
    int bracket = call.indexOf('(');
    String between = call.substring(bracket + 1, call.length() - 1);
    List<String> arguments = between.isEmpty() ? List.of() : List.of(between.split(", "));
    return new AggregationDescription(
        call.substring(0, bracket),
        arguments,
        meaning,
        example,
        arguments.stream().filter(a -> !PARAMETERS.contains(a)).toList(),
        "null",
        IRRELEVANT);
  }

  AggregationDescription overNothing(String what) {
    return new AggregationDescription(factory, arguments, meaning, example, inputs, what, ties);
  }

  AggregationDescription ties(String what) {
    return new AggregationDescription(
        factory, arguments, meaning, example, inputs, overNothing, what);
  }

  /** The same, where the inputs are read in another order than they are written. */
  AggregationDescription reading(String... inOrder) {
    return new AggregationDescription(
        factory, arguments, meaning, example, List.of(inOrder), overNothing, ties);
  }

  /** How it is written: {@code topK(x, k)}. */
  public String call() {
    return factory + "(" + String.join(", ", arguments) + ")";
  }

  /** The types of its inputs, in words; those of each input where they differ. */
  public String takes() {
    List<String> words =
        IntStream.range(0, inputs.size()).mapToObj(place -> words(typesOf(place))).toList();
    if (words.stream().distinct().count() <= 1) {
      return words.isEmpty() ? IRRELEVANT : words.get(0);
    }
    return arguments.stream()
        .filter(inputs::contains)
        .map(argument -> argument + ": " + words.get(inputs.indexOf(argument)))
        .collect(Collectors.joining("; "));
  }

  /** The type of its result, in words. */
  public String gives() {
    if (example.givesJson()) {
      return example instanceof Listing ? "JSON list" : "JSON object";
    }
    Set<ValueType> results = EnumSet.noneOf(ValueType.class);
    for (int place = 0; place < inputs.size(); place++) {
      for (ValueType type : typesOf(place)) {
        results.add(example.resultType(with(place, type)));
      }
    }
    if (results.size() <= 1) {
      return example.resultType(someInputs()).name();
    }
    return IntStream.range(0, inputs.size())
        .filter(this::givesTypeOf)
        .mapToObj(place -> "as " + inputs.get(place))
        .findFirst()
        .orElseGet(() -> words(results));
  }

  private boolean givesTypeOf(int place) {
    return typesOf(place).stream()
        .allMatch(type -> example.resultType(with(place, type)).equals(type));
  }

  /** How its result relates to the mathematical one, in words. */
  public String exactness() {
    return example.exactness().toString();
  }

  /** What a read costs, in words. */
  public String cost() {
    return example.cost().toString();
  }

  /** What it keeps in memory for a window, beside the events, in words. */
  public String keeps() {
    StateSpec state = example.state(someInputs());
    if (!example.indexes().isEmpty()) {
      return "an index";
    }
    return state.equals(StateSpec.NONE) ? "nothing" : state.size().toString();
  }

  /** Types of inputs that it can take. */
  List<ValueType> someInputs() {
    List<ValueType> doubles = Collections.nCopies(inputs.size(), ValueType.DOUBLE);
    if (example.rejection(doubles).isEmpty()) {
      return doubles;
    }
    return Arrays.stream(ValueType.values())
        .map(type -> Collections.nCopies(inputs.size(), type))
        .filter(types -> example.rejection(types).isEmpty())
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(call() + " takes no type at all"));
  }

  private List<ValueType> with(int place, ValueType type) {
    List<ValueType> types = new ArrayList<>(someInputs());
    types.set(place, type);
    return types;
  }

  private Set<ValueType> typesOf(int place) {
    Set<ValueType> types = EnumSet.noneOf(ValueType.class);
    for (ValueType type : ValueType.values()) {
      if (example.rejection(with(place, type)).isEmpty()) {
        types.add(type);
      }
    }
    return types;
  }

  private static String words(Set<ValueType> types) {
    if (types.size() == ValueType.values().length) {
      return "any";
    }
    List<String> words = new ArrayList<>();
    Set<ValueType> others = EnumSet.copyOf(types);
    if (types.containsAll(NUMBERS)) {
      words.add("number");
      others.removeAll(NUMBERS);
    }
    others.forEach(type -> words.add(type.name().toLowerCase(Locale.ROOT)));
    return String.join(", ", words);
  }
}
