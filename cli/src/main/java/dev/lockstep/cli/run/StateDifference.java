package dev.lockstep.cli.run;

import dev.lockstep.plan.PlanDifference;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What keeps one stream from going on with another's state, in words. */
final class StateDifference {
  private static final Pattern SET = Pattern.compile("set \\S+ requests (\\S+) emit (.*)");
  private static final Pattern PART = Pattern.compile("(view|lookup|feature) (\\S+) .*");
  private static final Pattern RULES = Pattern.compile("(source|table) (\\S+) .*");
  private static final Pattern SOURCE =
      Pattern.compile("(\\S+) (?:is a table|in topic (\\S+)) with columns (.*)");
  private static final Pattern TAKEN =
      Pattern.compile("feature \\S+ \\S+ from \\S+\\[\\d+](?: as \\S+)?\\s*");
  private static final int MOST_LINES = 20;

  private final StateOwner before;
  private final StateOwner now;
  private final List<String> words = new ArrayList<>();

  private StateDifference(StateOwner before, StateOwner now) {
    this.before = before;
    this.now = now;
  }

  /**
   * What differs, the most telling first; empty if the state is the stream's own.
   *
   * @param before what the folder says
   * @param now what starts
   */
  static List<String> between(StateOwner before, StateOwner now) {
    StateDifference difference = new StateDifference(before, now);
    if (!before.set().equals(now.set())) {
      return List.of("another feature set: " + now.set() + ", not " + before.set());
    }
    difference.plans();
    difference.backends();
    difference.brokers();
    return difference.words;
  }

  /** The lines of the two plans that differ, for whom the words aren't enough; not too many. */
  static List<String> lines(StateOwner before, StateOwner now) {
    if (!before.set().equals(now.set())) {
      return List.of();
    }
    List<String> lines = PlanDifference.lines(before.planText(), now.planText());
    if (lines.size() <= MOST_LINES) {
      return lines;
    }
    List<String> some = new ArrayList<>(lines.subList(0, MOST_LINES));
    some.add("and " + (lines.size() - MOST_LINES) + " lines more");
    return some;
  }

  private void plans() {
    set();
    parts("view", "views are", "view");
    parts("lookup", "lookups are", "lookup of table");
    sources();
    parts("feature", "vector's features are", "feature");
    if (words.isEmpty()
        && !(before.plan().equals(now.plan()) && before.sources().equals(now.sources()))) {
      words.add("another definition");
    }
  }

  private void set() {
    Matcher old = head(before);
    Matcher made = head(now);
    if (!old.matches() || !made.matches()) {
      return;
    }
    if (!old.group(1).equals(made.group(1))) {
      words.add("requests come from source " + made.group(1) + ", not " + old.group(1));
    }
    if (!old.group(2).equals(made.group(2))) {
      words.add("the emission is " + emission(made.group(2)) + ", not " + emission(old.group(2)));
    }
  }

  private static Matcher head(StateOwner owner) {
    return SET.matcher(
        owner.plan().stream().filter(l -> SET.matcher(l).matches()).findFirst().orElse(""));
  }

  private static String emission(String written) {
    return switch (written.toUpperCase(Locale.ROOT)) {
      case "ORDERED" -> "ordered()";
      case "ON_ARRIVAL" -> "onArrival()";
      default -> written;
    };
  }

  /** What is there in the plan once under each name, in an order that counts. */
  private void parts(String kind, String all, String one) {
    Map<String, String> old = parts(before.plan(), kind);
    Map<String, String> made = parts(now.plan(), kind);
    made.keySet().stream()
        .filter(name -> !old.containsKey(name))
        .forEach(name -> words.add(one + " " + name + " was added"));
    old.keySet().stream()
        .filter(name -> !made.containsKey(name))
        .forEach(name -> words.add(one + " " + name + " was removed"));
    List<String> kept = old.keySet().stream().filter(made::containsKey).toList();
    List<String> keptNow = made.keySet().stream().filter(old::containsKey).toList();
    if (!kept.equals(keptNow)) {
      words.add("the " + all + " in another order: " + shown(keptNow) + ", not " + shown(kept));
    }
    for (String name : kept) {
      String was = String.valueOf(old.get(name));
      String is = String.valueOf(made.get(name));
      // Where a feature is taken from follows from what is said of views.
      boolean taken = TAKEN.matcher(was).matches() && TAKEN.matcher(is).matches();
      if (!was.equals(is) && !taken) {
        words.add(one + " " + name + " was changed");
      }
    }
  }

  private static String shown(List<String> names) {
    return names.size() <= MOST_LINES
        ? String.join(", ", names)
        : String.join(", ", names.subList(0, MOST_LINES)) + " and so on";
  }

  /** The lines of each part by its name, from its head to the next part. */
  private static Map<String, String> parts(List<String> plan, String kind) {
    Map<String, StringBuilder> parts = new LinkedHashMap<>();
    StringBuilder part = new StringBuilder();
    for (String line : plan) {
      Matcher head = PART.matcher(line);
      if (head.matches()) {
        part = new StringBuilder();
        if (head.group(1).equals(kind)) {
          part = parts.computeIfAbsent(head.group(2), n -> new StringBuilder());
        }
      } else if (RULES.matcher(line).matches()) {
        part = new StringBuilder(); // of the view that comes; told by source
      }
      part.append(line).append('\n');
    }
    Map<String, String> texts = new LinkedHashMap<>();
    parts.forEach((name, text) -> texts.put(name, text.toString()));
    return texts;
  }

  private void sources() {
    Map<String, Matcher> old = sources(before);
    Map<String, Matcher> made = sources(now);
    made.forEach(
        (name, source) -> {
          Matcher was = old.get(name);
          if (was == null) {
            words.add("source " + name + " was added");
            return;
          }
          String topic = source.group(2);
          if (topic != null && !topic.equals(was.group(2))) {
            words.add("source " + name + " is read from topic " + topic + ", not " + was.group(2));
          }
          if (!source.group(3).equals(was.group(3))) {
            words.add(
                "source "
                    + name
                    + " is read with columns "
                    + source.group(3)
                    + ", not "
                    + was.group(3));
          }
        });
    old.keySet().stream()
        .filter(name -> !made.containsKey(name))
        .forEach(name -> words.add("source " + name + " was removed"));
    if (old.keySet().equals(made.keySet())
        && !List.copyOf(old.keySet()).equals(List.copyOf(made.keySet()))) {
      words.add(
          "the sources are in another order: "
              + shown(List.copyOf(made.keySet()))
              + ", not "
              + shown(List.copyOf(old.keySet())));
    }
    Map<String, String> rules = rules(before);
    rules(now)
        .forEach(
            (name, line) -> {
              if (rules.containsKey(name) && !line.equals(rules.get(name))) {
                words.add("the rules of source " + name + " were changed");
              }
            });
  }

  private static Map<String, Matcher> sources(StateOwner owner) {
    Map<String, Matcher> sources = new LinkedHashMap<>();
    for (String line : owner.sources()) {
      Matcher source = SOURCE.matcher(line);
      if (source.matches()) {
        sources.put(source.group(1), source);
      }
    }
    return sources;
  }

  private static Map<String, String> rules(StateOwner owner) {
    Map<String, String> rules = new LinkedHashMap<>();
    for (String line : owner.plan()) {
      Matcher source = RULES.matcher(line);
      if (source.matches()) {
        rules.putIfAbsent(source.group(2), line);
      }
    }
    return rules;
  }

  private void backends() {
    if (before.backend() != now.backend()) {
      words.add(
          "it is kept by "
              + before.backend().name().toLowerCase(Locale.ROOT)
              + " (--state), which "
              + now.backend().name().toLowerCase(Locale.ROOT)
              + " can't read");
    }
  }

  private void brokers() {
    if (before.live() != now.live()) {
      words.add(
          now.live()
              ? "the topics are live, and held a replay (--replay)"
              : "the topics hold a replay (--replay), and were live");
    }
    if (!before.cluster().equals(now.cluster())) {
      words.add("another Kafka cluster: " + now.cluster() + ", not " + before.cluster());
      return;
    }
    before
        .inputs()
        .forEach(
            (topic, id) -> {
              String there = now.inputs().get(topic);
              if (there == null && isRead(topic)) {
                words.add("topic " + topic + ", which it read, is gone");
              } else if (there != null && !there.equals(id)) {
                words.add("topic " + topic + " was deleted and made anew");
              }
            });
    before
        .outputs()
        .forEach(
            (topic, count) -> {
              Integer there = now.outputs().get(topic);
              if (there == null) {
                words.add(
                    "topic " + topic + ", which it wrote in " + count + " partitions, is gone");
              } else if (!there.equals(count)) {
                words.add("topic " + topic + " has " + there + " partitions, and had " + count);
              }
            });
  }

  /** Whether the topic is one of the definition now: of others, sources tell. */
  private boolean isRead(String topic) {
    return sources(now).values().stream().anyMatch(s -> topic.equals(s.group(2)));
  }
}
