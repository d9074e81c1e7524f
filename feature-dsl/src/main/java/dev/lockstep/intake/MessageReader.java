package dev.lockstep.intake;

import dev.lockstep.kernel.DataException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The reader of one source's messages into its door: picks the format of each by its first bytes,
 * and names what it is where none is supported (C13). Not thread-safe.
 */
public final class MessageReader {
  /** Larger messages are refused: an event is a fact, not a document. */
  public static final int MAX_BYTES = 1 << 20;

  private record Known(EventFormat format, EventReader reader) {}

  private final RowIntake intake;
  private final List<Known> known;
  private final String supported;

  /**
   * The reader of the formats that are found.
   *
   * @param intake the source's door
   * @param schemas texts of schemas that messages may be written by
   */
  public MessageReader(RowIntake intake, List<String> schemas) {
    this.intake = intake;
    List<Known> found = new ArrayList<>();
    for (EventFormat format : formats()) {
      found.add(new Known(format, format.reader(intake.source(), intake.fields(), schemas)));
    }
    this.known = List.copyOf(found);
    this.supported =
        found.isEmpty()
            ? "nothing (no EventFormat is on the class path)"
            : found.stream().map(k -> k.format.name()).collect(Collectors.joining(", "));
  }

  /** All formats on the class path, by name. */
  private static List<EventFormat> formats() {
    List<EventFormat> found = new ArrayList<>();
    // A job's own classes first: those of Lockstep may lie where they can't be seen from.
    ServiceLoader.load(EventFormat.class).forEach(found::add);
    if (found.isEmpty()) {
      ServiceLoader.load(EventFormat.class, EventFormat.class.getClassLoader()).forEach(found::add);
    }
    found.sort(Comparator.comparing(EventFormat::name));
    return found;
  }

  /**
   * Begins the door's next row and gives it the fields of a message.
   *
   * @throws DataException if the message can't be read, naming what it is
   */
  public void read(byte @Nullable [] message) {
    Fields into = intake.begin();
    if (message == null || message.length == 0) {
      throw new DataException("an empty message");
    }
    if (message.length > MAX_BYTES) {
      throw new DataException(
          "a message of " + message.length + " bytes: at most " + MAX_BYTES + " are read");
    }
    for (Known format : known) {
      if (claims(format, message)) {
        read(format, message, into);
        return;
      }
    }
    Framing framing = Framing.of(message);
    throw new DataException(
        "a message that looks like "
            + framing.what()
            + "; supported are "
            + supported
            + ": "
            + framing.cure());
  }

  /** Formats may be anybody's: what they throw beside data errors is the message's fault, too. */
  private static void read(Known format, byte[] message, Fields into) {
    try {
      format.reader.read(message, into);
    } catch (DataException e) {
      throw e;
    } catch (Throwable e) {
      throw OwnCode.fault("the reader of " + format.format.name(), e, false);
    }
  }

  private static boolean claims(Known format, byte[] message) {
    try {
      return format.format.claims(message);
    } catch (Throwable e) {
      throw OwnCode.fault("the reader of " + format.format.name(), e, false);
    }
  }
}
