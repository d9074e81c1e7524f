package dev.lockstep.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lockstep.cli.view.AggregationTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** docs/aggregations.md holds the table that the command prints. */
class AggregationsPageTest {
  private static final String BEGIN = "<!-- aggregations -->\n";
  private static final String END = "<!-- end of aggregations -->";

  @Test
  void thePageHoldsTheTable() throws IOException {
    String page = Files.readString(Path.of("..", "docs", "aggregations.md"));
    assertEquals(
        AggregationTable.markdown(),
        page.substring(page.indexOf(BEGIN) + BEGIN.length(), page.indexOf(END)),
        "run: lockstep aggregations --markdown, and put it between the marks");
  }
}
