package dev.lockstep.wire;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an XGBoost model's file says of itself, read before the library sees it: the library takes
 * models that mean something else than they do here without a word.
 *
 * @param version the release that wrote it, such as [3, 4, 0]
 * @param objective what was trained for, such as "binary:logistic"
 * @param booster "gbtree", "dart" or "gblinear"
 * @param names of the inputs, in order; empty if the file names none, as before 2.0
 * @param inputs how many there are
 * @param outputs how many scores a row gets
 * @param hasCategories whether an input is a category's number
 */
public record ModelFile(
    List<Integer> version,
    String objective,
    String booster,
    List<String> names,
    int inputs,
    int outputs,
    boolean hasCategories) {

  /** The release of the library that scores here: it reads models of this one and older. */
  public static final List<Integer> LIBRARY = List.of(3, 4, 0);

  private static final Set<String> OBJECTIVES = Set.of("binary:logistic", "reg:logistic");
  private static final Set<String> BOOSTERS = Set.of("gbtree", "dart");
  private static final String CATEGORY = "c";
  private static final String SAVE_AS_UBJSON =
      "save it as UBJSON, as booster.save_model(\"model.ubj\") does";

  public ModelFile {
    version = List.copyOf(version);
    names = List.copyOf(names);
  }

  /** Why a model can't be scored here, and what to do. */
  public record Refusal(String problem, String cure) {}

  /**
   * What a file in UBJSON says.
   *
   * @throws WireException if it is none, is JSON text, or lacks what every model has
   */
  public static ModelFile read(byte[] file) {
    if (file.length > 1 && file[0] == '{' && (file[1] == '"' || (file[1] <= ' ' && file[1] > 0))) {
      throw new WireException("it is JSON text; " + SAVE_AS_UBJSON);
    }
    if (file.length < 2 || file[0] != '{') {
      throw new WireException("it is no UBJSON; " + SAVE_AS_UBJSON);
    }
    Map<?, ?> model = object(Ubjson.read(file), "the model");
    Map<?, ?> learner = member(model, "learner");
    Map<?, ?> parameters = member(learner, "learner_model_param");
    Map<?, ?> booster = member(learner, "gradient_booster");
    int classes = number(parameters, "num_class", 0);
    int targets = number(parameters, "num_target", 1);
    return new ModelFile(
        list(model, "version").stream().map(ModelFile::whole).toList(),
        text(member(learner, "objective"), "name"),
        text(booster, "name"),
        texts(learner, "feature_names"),
        number(parameters, "num_feature", -1),
        Math.max(1, classes) * Math.max(1, targets),
        texts(learner, "feature_types").contains(CATEGORY));
  }

  /**
   * Why it can't score rows of these features; null if it can.
   *
   * @param features the names of the inputs that a manifest lists, in order
   */
  public @Nullable Refusal refusal(List<String> features) {
    if (isNewer()) {
      return new Refusal(
          "is of XGBoost " + dotted(version) + ", newer than the " + dotted(LIBRARY) + " used here",
          "Train it again here, or with a release up to that");
    }
    if (!OBJECTIVES.contains(objective)) {
      return new Refusal(
          "was trained for [" + objective + "], which gives no probability of a label",
          "Train one for binary:logistic");
    }
    if (!BOOSTERS.contains(booster)) {
      return new Refusal(
          "is of the booster [" + booster + "], which isn't supported", "Train trees: gbtree");
    }
    if (hasCategories) {
      return new Refusal(
          "reads categories, and a feature's number is none",
          "Train it on numbers, such as one-hot features");
    }
    if (inputs != features.size()) {
      return new Refusal(
          "reads " + inputs + " inputs, its manifest names " + features.size(),
          "They are of different trainings: train again");
    }
    if (outputs != 1) {
      return new Refusal(
          "gives " + outputs + " outputs a row", "Train one that gives a single score");
    }
    return refusalOfNames(features);
  }

  private @Nullable Refusal refusalOfNames(List<String> features) {
    if (names.isEmpty() || names.equals(features)) {
      return null;
    }
    int first = 0;
    while (first < names.size()
        && first < features.size()
        && names.get(first).equals(features.get(first))) {
      first++;
    }
    return new Refusal(
        "reads other features than its manifest names, or in another order: input "
            + first
            + " is ["
            + (first < names.size() ? names.get(first) : "")
            + "] in the file, ["
            + (first < features.size() ? features.get(first) : "")
            + "] in the manifest",
        "They are of different trainings: train again");
  }

  private boolean isNewer() {
    for (int i = 0; i < 2; i++) { // a patch changes no format
      int part = i < version.size() ? version.get(i) : 0;
      if (part != LIBRARY.get(i)) {
        return part > LIBRARY.get(i);
      }
    }
    return false;
  }

  private static String dotted(List<Integer> version) {
    return String.join(".", version.stream().map(String::valueOf).toList());
  }

  private static Map<?, ?> object(@Nullable Object value, String what) {
    if (!(value instanceof Map<?, ?> map)) {
      throw new WireException(what + " is missing: it is no XGBoost model");
    }
    return map;
  }

  private static Map<?, ?> member(Map<?, ?> owner, String name) {
    return object(owner.get(name), name);
  }

  private static List<?> list(Map<?, ?> owner, String name) {
    return owner.get(name) instanceof List<?> list ? list : List.of();
  }

  private static List<String> texts(Map<?, ?> owner, String name) {
    return list(owner, name).stream().map(Objects::toString).toList();
  }

  private static String text(Map<?, ?> owner, String name) {
    if (!(owner.get(name) instanceof String text)) {
      throw new WireException(name + " is missing: it is no XGBoost model");
    }
    return text;
  }

  /** Its parameters are numbers as text. */
  private static int number(Map<?, ?> owner, String name, int absent) {
    Object value = owner.get(name);
    try {
      return value == null ? absent : Integer.parseInt(value.toString());
    } catch (NumberFormatException e) {
      throw new WireException(name + " is [" + value + "] where a number is expected");
    }
  }

  private static int whole(@Nullable Object value) {
    if (!(value instanceof Long number) || number < 0 || number > Integer.MAX_VALUE) {
      throw new WireException("its version has [" + value + "] where a number is expected");
    }
    return number.intValue();
  }
}
