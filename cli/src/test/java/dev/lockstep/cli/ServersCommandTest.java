package dev.lockstep.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.cli.process.ChildJvm;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Servers for trying, and the commands that are of no use on servers of their own. */
class ServersCommandTest {
  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final Pattern ADDRESSES =
      Pattern.compile("kafka=(127\\.0\\.0\\.1:\\d+) redis=(redis://127\\.0\\.0\\.1:\\d+)");

  @TempDir Path folder;

  @Test
  void itsAddressesAreAsOtherCommandsTakeThem() throws Exception {
    ChildJvm.Start start =
        new ChildJvm.Start(
            "servers-command",
            System.getProperty("java.class.path"),
            List.of("-Xmx200m"),
            Lockstep.class.getName(),
            List.of("servers", "--data", folder.resolve("data").toString()));
    try (ChildJvm servers = ChildJvm.start(start, folder.resolve("logs"))) {
      Matcher ready = ADDRESSES.matcher(servers.awaitReady(PATIENCE));
      assertTrue(ready.matches(), ready::toString);
      StringWriter out = new StringWriter();
      CommandLine line = Lockstep.commandLine();
      line.setOut(new PrintWriter(out));
      String[] dry = {
        "stream",
        "fraud",
        "--dry-run",
        "--make-topics",
        "--kafka",
        ready.group(1),
        "--redis",
        ready.group(2),
        "--data",
        folder.resolve("data").toString()
      };
      assertEquals(0, line.execute(dry), out::toString);
      servers.checkAlive();
    }
  }

  @Test
  void scorerAndActorNeedTheStreamsBroker() {
    for (String command : List.of("score", "act")) {
      StringWriter err = new StringWriter();
      CommandLine line = Lockstep.commandLine();
      line.setErr(new PrintWriter(err));
      assertEquals(2, line.execute(command, "fraud", "--data", folder.toString()), err::toString);
      assertTrue(err.toString().contains("no Kafka is given to take "), err::toString);
      assertTrue(err.toString().contains("lockstep servers runs one"), err::toString);
    }
  }
}
