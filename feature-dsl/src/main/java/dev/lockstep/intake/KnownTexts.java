package dev.lockstep.intake;

import dev.lockstep.plan.RecordSchema;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which texts a component takes that isn't free text: an enum's names, or UUIDs. Immutable. */
final class KnownTexts {
  private static final Pattern UUID_FORM =
      Pattern.compile("[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}");
  private static final int MOST_SHOWN = 10;
  private static final int MOST_CHARACTERS = 200;

  private final List<String> names;
  private final Set<String> known;

  private KnownTexts(List<String> names) {
    this.names = names;
    this.known = Set.copyOf(names);
  }

  /** Those of a component; null where it takes any text, or none. */
  static @Nullable KnownTexts of(RecordSchema.Component component) {
    return component.isUuid() || component.javaType().isEnum()
        ? new KnownTexts(component.constants())
        : null;
  }

  /** The text as values have it: of a UUID in lower case; null for one that isn't known. */
  @Nullable String find(String text) {
    if (!names.isEmpty()) {
      return known.contains(text) ? text : null;
    }
    return UUID_FORM.matcher(text).matches() ? UUID.fromString(text).toString() : null;
  }

  /** What the component is, in words, with its constants; of many the first. */
  String inWords() {
    if (names.isEmpty()) {
      return "uuid";
    }
    StringBuilder words = new StringBuilder();
    int shown = 0;
    for (String name : names) {
      if (shown == MOST_SHOWN || (shown > 0 && words.length() + name.length() > MOST_CHARACTERS)) {
        break;
      }
      words.append(shown++ == 0 ? "" : ", ").append(name);
    }
    int more = names.size() - shown;
    return "enum (" + words + (more > 0 ? " and " + more + " more" : "") + ")";
  }
}
