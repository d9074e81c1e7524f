package dev.lockstep.define;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What people should know about a source, a table, a view, a feature or a set. Immutable: every
 * method returns a new one. It changes no value and no fingerprint (C14).
 *
 * <pre>{@code
 * .feature("spend_1h", sum(Swipe::amount).over(last(hours(1))),
 *     about("What the card spent in the last hour").unit("USD").owner("risk"))
 * }</pre>
 *
 * @param description in words; empty if unsaid
 * @param owner who answers for it; empty if unsaid
 * @param tags in the order given
 * @param unit of its values, such as {@code USD}; empty if unsaid
 * @param isSensitive whether reports and messages must not show its values (C13)
 * @param successor what to use instead, by name; null where it isn't deprecated
 */
public record About(
    String description,
    String owner,
    List<String> tags,
    String unit,
    boolean isSensitive,
    @Nullable String successor)
    implements Serializable {

  /** What there is to know where the author said nothing. */
  public static final About NOTHING = new About("", "", List.of(), "", false, null);

  public About {
    tags = List.copyOf(tags);
  }

  /** Begins with a description in words. */
  public static About about(String description) {
    return new About(description, "", List.of(), "", false, null);
  }

  /** The same, with who answers for it. */
  public About owner(String who) {
    return new About(description, who, tags, unit, isSensitive, successor);
  }

  /** The same, with more tags. */
  public About tags(String... more) {
    List<String> all = new ArrayList<>(tags);
    all.addAll(List.of(more));
    return new About(description, owner, all, unit, isSensitive, successor);
  }

  /** The same, with the unit of its values. */
  public About unit(String name) {
    return new About(description, owner, tags, name, isSensitive, successor);
  }

  /** The same, whose values reports and messages must not show. */
  public About sensitive() {
    return new About(description, owner, tags, unit, true, successor);
  }

  /**
   * The same, deprecated.
   *
   * @param name what to use instead; of a feature a feature of the same set, else a definition
   *     error
   */
  public About replacedBy(String name) {
    return new About(description, owner, tags, unit, isSensitive, name);
  }

  public boolean isDeprecated() {
    return successor != null;
  }

  /** Whether nothing was said. */
  public boolean isEmpty() {
    return equals(NOTHING);
  }

  /**
   * This, and where it is silent about owner, tags and sensitivity, what holds what it is part of.
   */
  public About within(About whole) {
    List<String> all = new ArrayList<>(whole.tags);
    tags.stream().filter(tag -> !all.contains(tag)).forEach(all::add);
    return new About(
        description,
        owner.isEmpty() ? whole.owner : owner,
        all,
        unit,
        isSensitive || whole.isSensitive,
        successor);
  }

  /** All that was said, by name, for documents: no entry for what wasn't. */
  public Map<String, Object> said() {
    Map<String, Object> said = new TreeMap<>();
    said.put("description", description);
    said.put("owner", owner);
    said.put("unit", unit);
    said.values().removeIf(""::equals);
    if (!tags.isEmpty()) {
      said.put("tags", tags);
    }
    if (isSensitive) {
      said.put("sensitive", true);
    }
    if (successor != null) {
      said.put("successor", successor);
    }
    return said;
  }

  /** In one line for people: the description, and behind it the rest in brackets. */
  @Override
  public String toString() {
    List<String> more = new ArrayList<>();
    if (!unit.isEmpty()) {
      more.add("in " + unit);
    }
    if (!owner.isEmpty()) {
      more.add("owner " + owner);
    }
    if (!tags.isEmpty()) {
      more.add(String.join(" ", tags.stream().map(tag -> "#" + tag).toList()));
    }
    if (isSensitive) {
      more.add("sensitive");
    }
    if (successor != null) {
      more.add("deprecated: use " + successor);
    }
    String rest = more.isEmpty() ? "" : "(" + String.join(", ", more) + ")";
    return description + (description.isEmpty() || rest.isEmpty() ? "" : " ") + rest;
  }
}
