package dev.lockstep.beam.event;

import dev.lockstep.intake.EventFormat;
import dev.lockstep.intake.EventReader;
import dev.lockstep.intake.Fields;
import dev.lockstep.plan.SourcePlan;
import java.util.List;

/** A message that is one JSON object in UTF-8. */
public final class JsonFormat implements EventFormat {
  @Override
  public String name() {
    return "a JSON object";
  }

  @Override
  public boolean claims(byte[] message) {
    int at = 0;
    while (at < message.length && isWhiteSpace(message[at])) {
      at++;
    }
    // A 0 behind it is UTF-16, as is one between white space.
    return at < message.length
        && message[at] == '{'
        && (at + 1 == message.length || message[at + 1] != 0);
  }

  private static boolean isWhiteSpace(byte b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }

  @Override
  public EventReader reader(SourcePlan source, Fields fields, List<String> schemas) {
    return new JsonReader(source);
  }
}
