package dev.lockstep.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.training.train.TrainingOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** docs/training.md lists the options as they are. */
class TrainingPageTest {

  @Test
  void everyOptionIsInTheTable() throws IOException {
    String page = Files.readString(Path.of("..", "docs", "training.md"));
    StringBuilder table = new StringBuilder();
    for (TrainingOption option : TrainingOption.values()) {
      String defaultText = option.defaultText();
      table.append(
          "| `%s` | %s | %s | %s |\n"
              .formatted(
                  option.key(),
                  defaultText.isEmpty() ? "" : "`" + defaultText + "`",
                  option.range(),
                  option.meaning()));
    }
    assertTrue(page.contains(table), "docs/training.md should hold:\n" + table);
  }
}
