package dev.lockstep.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/**
 * What is said of a command that is called wrongly, or on the wrong things: one line with the
 * problem, then the cure, and the exit code by the kind of failure.
 *
 * <p>In the command DATA stands for an empty folder, EMPTY for one that holds nothing of ours, FILE
 * for a file.
 */
class WrongInvocationsTest {
  /** Where a project's own data is made once. */
  @TempDir static Path data;

  @TempDir Path folder;

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          nonsense | 2 | Unmatched argument at index 0: 'nonsense' | see lockstep --help
          plna flights | 2 | 'plna' | did you mean plan?
          plan | 2 | no project is named | name one of
          plan flihgts | 2 | no project is called [flihgts] | did you mean flights?
          plan flights --nonsense | 2 | Unknown option: '--nonsense' | see lockstep plan --help
          plan flights --emti onArrival | 2 | '--emti' | did you mean --emit?
          plan flights --emit sometimes | 2 | '--emit' | write ordered or onArrival
          plan flights --after nosuch | 2 | no project is called [nosuch] | name one of
          plan --project-class com.acme.Nothing | 2 | no class com.acme.Nothing | LOCKSTEP_CLASSPATH
          plan --project-class java.lang.String | 2 | implements no Project | public constructor
          plan mistakes | 3 | has 16 errors | cure:
          backfill flights --from yesterday | 2 | [yesterday] is no instant | 2001-01-15T06:30:00Z
          backfill flights --until 2001-13-01 | 2 | [2001-13-01] is no instant | or 2001-01-15
          backfill flights --from 2001-01-10 --until 2001-01-09 | 2 | nothing lies between | before the end
          backfill flights --all --until 2001-01-09 | 2 | --all and --until exclude | leave out one
          backfill flights --parallelism 0 | 2 | [0] is no whole number from 1 on | see lockstep backfill
          backfill flights --parallelism many | 2 | [many] is no whole number | see lockstep backfill
          backfill flights --runner spark | 2 | no runner is called [spark] | name flink or direct
          backfill flights --runner direct --flink-master localhost:1 | 2 | --runner direct | leave out one
          backfill flights --as-of tomorrow | 2 | as of [tomorrow] | name known or event-time
          backfill flights --shard-memory 0 | 2 | --shard-memory is 0 | from 1 on
          backfill flights --by-day | 2 | --by-day needs its first day | give --first DAY
          backfill flights --by-day --first 2001-01-09 --last 2001-01-08 | 2 | after --last | not after
          backfill flights --by-day --first monday | 2 | [monday] is no day | 2001-01-15
          backfill flights --flink-master nowhere | 2 | [nowhere] is no address | host:port
          backfill flights --flink-master 127.0.0.1:1 | 5 | no Flink cluster answers | start one
          backfill fraud --spine FILE.parquet | 4 | isn't there | give a Parquet file
          backfill fraud --out FILE | 4 | is there already | --replace
          report | 2 | no project is named | name one of
          report flights | 4 | there is no training set in | ./lockstep backfill flights
          report --from EMPTY | 4 | is no training set | give the folder
          same EMPTY | 2 | at least 2 values | see lockstep same --help
          diff EMPTY EMPTY | 4 | is no training set | give the folder
          train flights | 4 | there is no training set in | ./lockstep backfill flights
          train flights --set depth | 2 | --set depth is no KEY=VALUE | --set max_depth=8
          train flights --set depth=3 | 2 | 1 error | known are [rounds
          train flights --params FILE.json | 4 | there is no file | give the path
          train flights --previous EMPTY | 4 | there is no model in | give the folder
          export flights | 2 | Missing required options | see lockstep export --help
          export flights --format xls --out FILE | 2 | no format is called [xls] | csv or libsvm
          export --format csv --out FILE | 2 | no project is named | name one of
          load flights | 2 | Missing required option: '--snapshot=DIR' | see lockstep load --help
          load flights --snapshot EMPTY | 4 | there is no snapshot in | backfill --by-day
          stream flights --checkpoint-seconds -1 | 2 | [-1] is no whole number from 0 on | see lockstep
          score flights --kafka 127.0.0.1:1 | 4 | No model in | Train one first
          replay flights --rate -1 | 2 | [-1] is no number of 0 or more | see lockstep replay
          replay flights --from 2001-01-10 --until 2001-01-10 | 2 | nothing lies between | before the end
          flink --slots 0 | 2 | [0] is no whole number from 1 on | see lockstep flink --help
          demo --rate 0 | 2 | [0] is no number of more than 0 | see lockstep demo --help
          leak flights --json EMPTY | 2 | can't be written | give another file with --json
          bench | 2 | Missing required subcommand | see lockstep bench --help
          bench kernel --json EMPTY | 2 | can't be written | give another file with --json
          bench batch --rows many | 2 | 'many' is not a long | see lockstep bench batch --help
          """)
  void saysWhatIsWrongAndWhatToDo(String command, int code, String problem, String cure)
      throws Exception {
    Path empty = Files.createDirectories(folder.resolve("empty"));
    Path file = Files.createFile(folder.resolve("file"));
    List<String> arguments = new ArrayList<>();
    for (String word : command.strip().split(" ")) {
      arguments.add(word.replace("EMPTY", empty.toString()).replace("FILE", file.toString()));
    }
    CommandLine line = Lockstep.commandLine();
    if (takesData(line, arguments)) {
      arguments.addAll(List.of("--data", data.toString()));
    }
    StringWriter err = new StringWriter();
    line.setOut(new PrintWriter(new StringWriter()));
    line.setErr(new PrintWriter(err));
    int exit = line.execute(arguments.toArray(String[]::new));
    String said = err.toString();
    assertEquals(code, exit, said);
    List<String> lines = said.lines().toList();
    assertTrue(lines.get(0).startsWith("lockstep: "), said);
    assertTrue(lines.get(0).contains(problem), said);
    assertTrue(said.contains(cure), said);
    assertTrue(lines.size() <= 3 || code == 3, said);
    assertFalse(said.contains("java.lang.Class") || said.contains("java.net"), said);
  }

  private static boolean takesData(CommandLine line, List<String> arguments) {
    CommandLine command = line.getSubcommands().get(arguments.get(0));
    return command != null && command.getCommandSpec().findOption("--data") != null;
  }
}
