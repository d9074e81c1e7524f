package dev.lockstep.plan;

import dev.lockstep.define.DefinitionError;
import dev.lockstep.define.FeatureSet;
import dev.lockstep.define.FeatureView;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Who asks a set's views, and by which key of the request: a view once, or once in each role. */
final class ViewAsks {
  private record Pending(FeatureSet.Part part, String role, List<Integer> columns) {}

  private final List<EntityKeyPlan> entities;
  private final Consumer<DefinitionError> errors;
  private final Map<FeatureView<?>, Integer> branches = new IdentityHashMap<>();
  private final List<List<Pending>> ofBranch = new ArrayList<>();
  private final Set<String> badRoles = new LinkedHashSet<>();
  private final Map<FeatureSet.Part, Ask> ofPart = new IdentityHashMap<>();

  /**
   * @param entities takes the keys of roles, as vectors name them
   */
  ViewAsks(List<EntityKeyPlan> entities, Consumer<DefinitionError> errors) {
    this.entities = entities;
    this.errors = errors;
  }

  /** The branch of a view that was asked before; null for none. */
  @Nullable Integer branchOf(FeatureView<?> view) {
    return branches.get(view);
  }

  /** Takes note of a view's branch. */
  void begin(FeatureView<?> view, int branch) {
    branches.putIfAbsent(view, branch);
    ofBranch.add(new ArrayList<>());
  }

  /** The request asks a view by its entity's key. */
  void plain(FeatureSet.ViewPart part, int branch, List<Integer> columns) {
    add(part.view(), part, branch, "", columns);
  }

  /** The request asks a view in a role. */
  void role(FeatureSet.RolePart part, int branch, SourceBuilder requests) {
    String subject = "view " + part.view().name() + ", role " + part.prefix();
    if (!Names.isColumn(part.prefix())) {
      error(
          subject,
          "[" + part.prefix() + "] can't be what the names of features begin with",
          "use letters, digits and underscores, beginning with a letter or an underscore");
      badRoles.add(part.prefix());
    }
    List<Integer> columns = KeyColumns.of(part.key(), requests, subject, errors);
    if (add(part.view(), part, branch, part.prefix(), columns)) {
      name(subject, part.prefix(), columns, requests);
    }
  }

  /** The request asks a view of features at its own category, by a key that vectors don't name. */
  void category(FeatureSet.CategoryPart part, int branch, String role, List<Integer> columns) {
    add(part.view(), part, branch, role, columns);
  }

  private boolean add(
      FeatureView<?> view, FeatureSet.Part part, int branch, String role, List<Integer> columns) {
    List<Pending> before = ofBranch.get(branch);
    before.add(new Pending(part, role, columns));
    List<Pending> others = before.subList(0, before.size() - 1);
    if (others.stream().anyMatch(p -> p.role.equals(role))) {
      error(
          "view " + view.name(),
          "it is asked twice in the role [" + role + "]",
          "give each of its keys a prefix of its own: .askedBy(Payment::sender,"
              + " \"sender\").askedBy(Payment::receiver, \"receiver\")");
      return false;
    }
    if (others.stream().anyMatch(p -> p.role.isEmpty() != role.isEmpty())) {
      error(
          "view " + view.name(),
          "it is asked in roles, and without one as well",
          "let each of its keys be a role: .with(VIEW.askedBy(Request::column, \"prefix\"))");
    }
    return true;
  }

  /** Vectors name a role's key by its prefix, whichever views are asked so. */
  private void name(String subject, String prefix, List<Integer> columns, SourceBuilder requests) {
    for (EntityKeyPlan known : entities) {
      if (known.entity().equals(prefix)) {
        if (!known.columns().equals(columns) && !columns.contains(-1)) {
          error(
              subject,
              "vectors would call two keys ["
                  + prefix
                  + "]: "
                  + RequestKeys.names(known.columns(), requests)
                  + " and "
                  + RequestKeys.names(columns, requests),
              "give the role another prefix, or ask by the same key");
        }
        return;
      }
    }
    entities.add(new EntityKeyPlan(prefix, columns));
  }

  /** Numbers all asks, in the order of the branches. */
  void number(List<Ask> asks) {
    for (int branch = 0; branch < ofBranch.size(); branch++) {
      for (Pending pending : ofBranch.get(branch)) {
        Ask ask = Ask.of(asks.size(), branch, pending.role, pending.columns);
        asks.add(ask);
        ofPart.put(pending.part, ask);
      }
    }
  }

  /** Whether a feature's name begins with a role's that was reported. */
  boolean isOfBadRole(String featureName) {
    return badRoles.stream().anyMatch(role -> featureName.startsWith(role + "_"));
  }

  /** The ask of a part, once they are numbered. */
  Ask of(FeatureSet.Part part) {
    return Objects.requireNonNull(ofPart.get(part));
  }

  private void error(String subject, String problem, String cure) {
    errors.accept(new DefinitionError(subject, problem, cure));
  }
}
