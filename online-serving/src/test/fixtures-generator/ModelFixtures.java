import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;

/**
 * Trains small models with the XGBoost that is on the class path, and writes for each its file and
 * the margins and scores that this very release gives: README.md says how it was run.
 */
public final class ModelFixtures {
  private static final int ROWS = 400;
  private static final int COLUMNS = 3;
  private static final String[] NAMES = {"at", "swipes", "average"};

  private ModelFixtures() {}

  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    String release = arguments[1];
    write(folder, release, Map.of("objective", "binary:logistic"));
    if (arguments.length > 2) {
      write(folder, release + "-regression", Map.of("objective", "reg:squarederror"));
      write(folder, release + "-dart", Map.of("objective", "binary:logistic", "booster", "dart"));
      write(folder, release + "-linear", Map.of("objective", "binary:logistic", "booster", "gblinear"));
    }
  }

  /** Releases before 2.0 can't name features from Java. */
  private static void named(Booster booster) throws Exception {
    try {
      Booster.class
          .getMethod("setFeatureNames", String[].class)
          .invoke(booster, (Object) NAMES);
    } catch (NoSuchMethodException e) {
      System.err.println("without names");
    }
  }

  private static void write(Path folder, String name, Map<String, Object> more) throws Exception {
    SplittableRandom random = new SplittableRandom(7);
    float[] inputs = new float[ROWS * COLUMNS];
    float[] labels = new float[ROWS];
    for (int row = 0; row < ROWS; row++) {
      inputs[row * COLUMNS] = 1_000_000_000f + row;
      inputs[row * COLUMNS + 1] = random.nextInt(10);
      float average = random.nextInt(10) == 0 ? Float.NaN : (float) (random.nextDouble() * 100);
      inputs[row * COLUMNS + 2] = average;
      labels[row] = average + 10 * random.nextDouble() > 95 ? 1 : 0;
    }
    DMatrix matrix = new DMatrix(inputs, ROWS, COLUMNS, Float.NaN);
    matrix.setLabel(labels);
    Map<String, Object> parameters = new HashMap<>(more);
    parameters.put("max_depth", 3);
    parameters.put("nthread", 1);
    parameters.put("seed", 7);
    Booster booster = XGBoost.train(matrix, parameters, 10, Map.of(), null, null);
    named(booster);
    Files.write(folder.resolve(name + ".ubj"), booster.toByteArray("ubj"));
    if (name.indexOf('-') < 0) {
      Files.write(folder.resolve(name + ".json"), booster.toByteArray("json"));
    }
    float[][] margins = booster.predict(matrix, true);
    float[][] scores = booster.predict(matrix);
    try (PrintStream out = new PrintStream(folder.resolve(name + ".txt").toFile(), "UTF-8")) {
      out.println("# at,swipes,average,margin,score: the bits of each float");
      for (int row = 0; row < 60; row++) {
        for (int column = 0; column < COLUMNS; column++) {
          out.printf(Locale.ROOT, "%08x,", Float.floatToIntBits(inputs[row * COLUMNS + column]));
        }
        out.printf(
            Locale.ROOT,
            "%08x,%08x%n",
            Float.floatToIntBits(margins[row][0]),
            Float.floatToIntBits(scores[row][0]));
      }
    }
  }
}
