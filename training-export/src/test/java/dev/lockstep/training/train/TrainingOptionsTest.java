package dev.lockstep.training.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.training.TrainingException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TrainingOptionsTest {
  private static final List<String> FEATURES = List.of("amount", "amount_avg", "age");

  @TempDir Path home;

  private static String refusal(Map<String, String> settings, List<String> features) {
    return assertThrows(TrainingException.class, () -> TrainingOptions.of(settings, features))
        .getMessage();
  }

  @ParameterizedTest
  @EnumSource(TrainingOption.class)
  void everyDefaultIsAllowed(TrainingOption option) {
    assertTrue(option.allows(option.defaultText()), option.key());
    assertEquals(
        TrainingOptions.defaults().asMap(),
        TrainingOptions.of(Map.of(option.key(), option.defaultText())).asMap());
  }

  @Test
  void allThatIsWrongIsSaidAtOnce() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("depth", "6");
    settings.put("max_depth", "0");
    settings.put("learning_rate", "fast");
    settings.put("validation_share", "0.6");
    settings.put("test_share", "0.5");
    settings.put("include", "a*, height");
    settings.put("exclude", "amount_avg");
    settings.put("monotone", "weight=+1, amount_avg=1, amount=up, age=-1");

    assertEquals(
        "the options of the training have 8 errors\n"
            + "  1. there is no option [depth]\n"
            + "     cure: known are "
            + TrainingOption.keys()
            + "\n"
            + """
              2. max_depth is [0]
                 cure: give a whole number from 1 to 16; the default is 6
              3. learning_rate is [fast]
                 cure: give a number over 0, at most 1; the default is 0.15
              4. validation_share 0.6 and test_share 0.5 leave no time to grow trees from
                 cure: let them be less than 1 together
              5. include: [height] is of no feature that a model can read
                 cure: name some of [amount, amount_avg, age]
              6. monotone: there is no feature [weight] that a model can read
                 cure: name some of [amount, amount_avg, age]
              7. monotone: [amount_avg] is left out by include or exclude
                 cure: drop the constraint, or let the feature be read
              8. monotone: [amount=up] says no direction
                 cure: write amount=+1 if a greater value may only raise the score, =-1 if only \
            lower it"""
                .indent(0)
                .stripTrailing(),
        refusal(settings, FEATURES));
  }

  @Test
  void includeAndExcludeMustLeaveSomething() {
    assertEquals(
        """
        the options of the training have 1 error
          1. include and exclude leave no feature to learn from
             cure: let some of [amount, amount_avg, age] be read""",
        refusal(Map.of("exclude", "a*"), FEATURES));
  }

  @ParameterizedTest
  @CsvSource({
    "rounds,0",
    "rounds,1.5",
    "patience,-1",
    "max_depth,17",
    "learning_rate,0",
    "learning_rate,1.1",
    "learning_rate,NaN",
    "min_child_weight,-1",
    "gamma,Infinity",
    "lambda,-0.1",
    "alpha,x",
    "subsample,0",
    "colsample,2",
    "max_bins,1",
    "class_weight,0",
    "class_weight,even",
    "validation_share,1",
    "test_share,0",
    "refit,yes",
    "threads,-1",
    "seed,-1",
    "seed,''"
  })
  void refusesWhatIsOutOfRange(String key, String value) {
    String message = refusal(Map.of(key, value), FEATURES);
    assertTrue(message.contains(key + " is [" + value + "]"), message);
    assertTrue(message.contains("cure: give "), message);
  }

  @Test
  void filesSayTheSameInEitherFormat() throws IOException {
    Path properties = home.resolve("trees.properties");
    Files.writeString(
        properties,
        "# trees\nmax_depth = 8\nclass_weight=balanced\nrefit=false\n"
            + "monotone=amount=+1,age=-1\nexclude=amount_avg, a?e\n");
    Path json = home.resolve("trees.json");
    Files.writeString(
        json,
        """
        {"max_depth": 8, "class_weight": "balanced", "refit": false,
         "monotone": {"amount": 1, "age": -1}, "exclude": ["amount_avg", "a?e"]}
        """);

    TrainingOptions one = TrainingOptions.of(OptionsFile.read(properties));
    TrainingOptions other = TrainingOptions.of(OptionsFile.read(json));

    for (TrainingOptions options : List.of(one, other)) {
      assertEquals("8", options.asMap().get("max_depth"));
      assertEquals(3.0, options.positiveWeight(10, 30));
      assertEquals("false", options.asMap().get("refit"));
      List<TrainingException.Problem> problems = new java.util.ArrayList<>();
      FeatureChoice choice =
          FeatureChoice.of(options, List.of("amount", "age", "amount_avg"), problems);
      assertEquals(List.of("amount"), choice.names());
      assertEquals("(1)", choice.constraints());
      assertEquals(1, problems.size(), "age is constrained and left out");
    }
  }

  @Test
  void filesThatAreNoneAreRefusedByName() throws IOException {
    for (String[] wrong :
        new String[][] {
          {"trees.yaml", "a: 1", "is of a kind that isn't known"},
          {"trees.json", "[1]", "holds no JSON object"},
          {"trees.json", "{", "is no JSON"},
          {"trees.json", "{\"seed\": 1, \"seed\": 2}", "Duplicate"},
          {"trees.properties", "a=\\u12", "is no properties file"},
        }) {
      Path file = home.resolve(wrong[0]);
      Files.writeString(file, wrong[1]);
      assertFileRefused(file, wrong[2]);
    }
    assertFileRefused(home.resolve("none.json"), "there is no file");
    Path latin = home.resolve("latin.properties");
    Files.write(latin, "a=\u00e9".getBytes(StandardCharsets.ISO_8859_1));
    assertFileRefused(latin, "is not text in UTF-8");
  }

  private static void assertFileRefused(Path file, String problem) {
    String message =
        assertThrows(TrainingException.class, () -> OptionsFile.read(file)).getMessage();
    assertTrue(message.contains(file.toString()) && message.contains(problem), message);
    assertTrue(message.contains("cure: "), message);
  }
}
