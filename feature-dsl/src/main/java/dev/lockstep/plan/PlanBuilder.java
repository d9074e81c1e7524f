package dev.lockstep.plan;

import dev.lockstep.define.DefinitionError;
import dev.lockstep.define.DefinitionException;
import dev.lockstep.define.ExpressionTree;
import dev.lockstep.define.FeatureSet;
import dev.lockstep.define.FeatureView;
import dev.lockstep.define.Keyed;
import dev.lockstep.define.Label;
import dev.lockstep.expression.FeatureKind;
import dev.lockstep.expression.Node;
import dev.lockstep.value.ValueType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Resolves a definition into a plan, collecting every mistake on the way. */
final class PlanBuilder {
  /** The kernel keeps a set of asks in the bits of a long. */
  private static final int MOST_ASKS = 63;

  final FeatureSet<?> set;
  final PlanAbout about;
  final List<Branch> branches = new ArrayList<>();
  final List<Ask> asks = new ArrayList<>();
  final List<EntityKeyPlan> entities = new ArrayList<>();
  final List<FeatureColumn> features = new ArrayList<>();
  final List<FeatureColumn> unseen = new ArrayList<>();
  List<TypedExpression> derived = List.of();
  List<Integer> derivedOrder = List.of();
  List<SourcePlan> sources = List.of();
  int requestSource;
  @Nullable LabelPlan label;

  private final @Nullable Label<?> labelDefinition;
  private final List<DefinitionError> errors = new ArrayList<>();
  private final SourceRegistry registry;
  private final Map<String, String> featureOwners = new LinkedHashMap<>();
  private final Map<String, Node> derivedParts = new LinkedHashMap<>();
  private final RequestKeys requestKeys = new RequestKeys();
  private final OwnAggregations aggregations = new OwnAggregations();
  private final ViewAsks viewAsks = new ViewAsks(entities, this::report);

  private final CategoryViews categoryViews;

  /** Features with a mistake that was reported: what reads them is no second one. */
  private final Set<String> broken = new LinkedHashSet<>();

  PlanBuilder(FeatureSet<?> set, @Nullable Label<?> labelDefinition) {
    this.set = set;
    this.about = new PlanAbout(set);
    this.labelDefinition = labelDefinition;
    this.registry = new SourceRegistry(set.isAsOfEventTime(), this::report);
    this.categoryViews = new CategoryViews(registry, this::report);
  }

  FeaturePlan build() {
    Names.check("feature set " + set.name(), set.name(), this::report);
    set.mistakes().forEach(this::report);
    SourceBuilder requests = registry.source(set.requests());
    requestSource = requests.index;
    declareEntities(requests);
    List<FeatureSet.Part> parts = categoryViews.expanded(set.parts(), requests);
    for (FeatureSet.Part part : parts) {
      if (part instanceof FeatureSet.ViewPart view) {
        int branch = addView(view.view(), requests);
        viewAsks.plain(view, branch, plainKey(view.view(), requests));
      } else if (part instanceof FeatureSet.RolePart role) {
        Integer known = viewAsks.branchOf(role.view());
        viewAsks.role(role, known != null ? known : addView(role.view(), requests), requests);
      } else if (part instanceof FeatureSet.CategoryPart category) {
        addCategory(category, requests);
      }
    }
    viewAsks.number(asks);
    LookupBuilder lookups =
        new LookupBuilder(branches, asks, registry, requests, requestKeys, this::report);
    // The vector keeps the parts' order, whatever the branches' is.
    for (FeatureSet.Part part : parts) {
      if (part instanceof FeatureSet.ViewPart
          || part instanceof FeatureSet.RolePart
          || part instanceof FeatureSet.CategoryPart) {
        addViewFeatures(viewAsks.of(part));
      } else if (part instanceof FeatureSet.LookupPart lookup) {
        FeatureColumn column = lookups.add(lookup, broken::add);
        if (column != null) {
          claimFeature(column.name(), "lookup of table " + lookup.field().table().name());
          features.add(column);
        }
      } else if (part instanceof FeatureSet.DerivedPart expression) {
        claimFeature(expression.featureName(), "derived feature");
        // The type is settled once every feature's name is known.
        features.add(
            new FeatureColumn(expression.featureName(), ValueType.DOUBLE, -1, derivedParts.size()));
        derivedParts.putIfAbsent(
            expression.featureName(), ExpressionTree.of(expression.expression()));
      }
    }
    typeDerived(requests, lookups);
    lookups.addBranches(requests.latenessMicros());
    registry.featuresAreRead();
    branches.replaceAll(this::fingerprinted);
    about.settle(features, this::viewOf, f -> f.isDerived() ? "" : asks.get(f.ask()).role());
    about.check(features, this::report);
    if (labelDefinition != null) {
      addLabel(labelDefinition, requests);
    }
    if (set.parts().isEmpty()) {
      error(
          "feature set " + set.name(),
          "its vector is empty",
          "add features: .with(VIEW), .lookup(TABLE, Record::field), .request(\"name\","
              + " Record::field)");
    }
    if (asks.size() > MOST_ASKS) {
      error(
          "feature set " + set.name(),
          "it has " + asks.size() + " views (each role one), lookups and labels",
          "at most " + MOST_ASKS + " fit in one set: join views of one source and entity");
    }
    if (!errors.isEmpty()) {
      throw new DefinitionException("feature set " + set.name(), errors);
    }
    sources = registry.build();
    return new FeaturePlan(this);
  }

  private void error(String subject, String problem, String cure) {
    report(new DefinitionError(subject, problem, cure));
  }

  /** Each once, however many ways lead to it. */
  private void report(DefinitionError error) {
    if (!errors.contains(error)) {
      errors.add(error);
    }
  }

  private boolean isBroken(String feature) {
    return broken.stream().anyMatch(b -> feature.equals(b) || feature.startsWith(b + "_"));
  }

  private void declareEntities(SourceBuilder requests) {
    for (Keyed<?> keyed : set.entities()) {
      declareKey(keyed, requests, "entity " + keyed.entity().name(), null);
    }
    // A view over the request's own source brings its entity's key, unless the set named another.
    for (FeatureSet.Part part : set.parts()) {
      if (part instanceof FeatureSet.ViewPart v
          && v.view().source().equals(set.requests())
          && requestKeys.of(v.view().key().entity()) == null) {
        declareKey(v.view().key(), requests, "view " + v.view().name(), v.view().name());
      }
    }
  }

  private void declareKey(
      Keyed<?> keyed, SourceBuilder requests, String user, @Nullable String view) {
    List<Integer> columns = KeyColumns.of(keyed, requests, user, this::report);
    String name = keyed.entity().name();
    Names.check(user, name, this::report);
    if (entities.stream().anyMatch(e -> e.entity().equals(name))
        && requestKeys.of(keyed.entity()) == null) {
      error(
          "entity " + name,
          "the name is taken by another entity, with another type of key",
          "rename one of the two");
    }
    if (!requestKeys.declare(keyed.entity(), columns, view)) {
      error(
          "entity " + keyed.entity().name(),
          "its key in the request is set twice",
          "keep one of the two calls of entity(...)");
      return;
    }
    entities.add(new EntityKeyPlan(keyed.entity().name(), columns));
  }

  /** Adds a view's branch; returns its index. */
  private int addView(FeatureView<?> view, SourceBuilder requests) {
    String subject = "view " + view.name();
    Names.check(subject, view.name(), this::report);
    view.mistakes().forEach(this::report);
    if (branches.stream().anyMatch(b -> b.name().equals(view.name()))) {
      error(subject, "the name is used by two views", "rename one of the two");
    }
    SourceBuilder source = registry.source(view.source());
    List<Integer> eventKey = KeyColumns.of(view.key(), source, subject, this::report);
    if (view.features().isEmpty()) {
      error(subject, "it has no features", "add .feature(\"name\", count().over(last(hours(1))))");
    }
    ViewBuilder builder = new ViewBuilder(view, source, this::report);
    ViewPlan plan =
        builder.build(branches.size(), eventKey, source == requests, requests.latenessMicros());
    plan.features()
        .forEach(f -> aggregations.check("feature " + f.name(), f.aggregation(), this::report));
    broken.addAll(builder.broken());
    branches.add(plan);
    viewAsks.begin(view, plan.index());
    return plan.index();
  }

  /** Adds features that are read at the request's own category. */
  private void addCategory(FeatureSet.CategoryPart part, SourceBuilder requests) {
    Integer known = viewAsks.branchOf(part.view());
    int branch = known != null ? known : addView(part.view(), requests);
    if (part.of() instanceof FeatureSet.RolePart role) {
      String subject = "view " + role.view().name() + ", role " + role.prefix();
      List<Integer> base = KeyColumns.of(role.key(), requests, subject, this::report);
      List<Integer> key = CategoryViews.key(part, base, requests, this::report);
      viewAsks.category(part, branch, role.prefix(), key);
    } else if (part.of() instanceof FeatureSet.ViewPart view) {
      List<Integer> base = plainKey(view.view(), requests);
      viewAsks.category(part, branch, "", CategoryViews.key(part, base, requests, this::report));
    }
  }

  /** The request's columns by which a view is asked that has no roles: its entity's key. */
  private List<Integer> plainKey(FeatureView<?> view, SourceBuilder requests) {
    String subject = "view " + view.name();
    List<Integer> key = requestKeys.of(view.key().entity());
    if (view.source().equals(set.requests())) {
      requestKeys.checkAsked(view.key(), true, requests, subject, this::report);
    }
    if (key != null) {
      return key;
    }
    error(
        subject,
        "the request doesn't say which " + view.key().entity().name() + " it is about",
        "add .entity("
            + view.key().entity().name()
            + ", Request::column) to feature set "
            + set.name());
    return List.of();
  }

  private String viewOf(FeatureColumn column) {
    return !column.isDerived()
            && branches.get(asks.get(column.ask()).branch()) instanceof ViewPlan view
        ? categoryViews.declaredIn(view.name())
        : "";
  }

  /** A view depends on all that features read of its source: that orders copies (C9). */
  private Branch fingerprinted(Branch branch) {
    return branch instanceof ViewPlan v
        ? ViewBuilder.fingerprinted(v, registry.at(v.source()))
        : branch;
  }

  private void addViewFeatures(Ask ask) {
    ViewPlan view = (ViewPlan) branches.get(ask.branch());
    String owner = "view " + view.name() + (ask.hasRole() ? " as " + ask.role() : "");
    if (ask.hasRole()) {
      List.copyOf(broken).forEach(name -> broken.add(ask.featureName(name)));
    }
    for (int i = 0; i < view.features().size(); i++) {
      ViewPlan.Feature feature = view.features().get(i);
      String name = ask.featureName(feature.name());
      claimFeature(name, owner);
      features.add(new FeatureColumn(name, feature.resultType(), ask.index(), i));
    }
  }

  private void addLabel(Label<?> definition, SourceBuilder requests) {
    LabelBuilder builder =
        new LabelBuilder(definition, registry, requests, aggregations, branches.size());
    label = builder.build(definition, requestKeys, this::report);
    if (label instanceof Branch branch) {
      branches.add(branch);
      asks.add(Ask.of(asks.size(), branch.index(), "", builder.askedBy()));
    }
    String owner = featureOwners.get(definition.name());
    if (owner != null) {
      error(
          "label " + definition.name(),
          "the name is taken by a feature, of " + owner,
          "rename one of the two: both are columns of the training set");
    }
  }

  private void claimFeature(String name, String owner) {
    if (!viewAsks.isOfBadRole(name)) {
      Names.checkFeature(name, this::report);
    }
    if (entities.stream().anyMatch(e -> e.entity().equals(name))) {
      error(
          "feature " + name,
          "the name is that of an entity's key in vectors and training sets",
          "rename one of the two");
    }
    String first = featureOwners.putIfAbsent(name, owner);
    if (first != null) {
      error(
          "feature " + name,
          "the name is used twice, by " + first + " and by " + owner,
          first.equals(owner) && owner.startsWith("view ")
              ? "rename one of the two; of a list of windows, give one a feature(...) of its own"
              : "rename one of the two");
    }
  }

  /** A field that expressions read: where the vector has it, else behind the vector. */
  private @Nullable TypedExpression lookedUp(LookupBuilder.@Nullable Resolved field) {
    if (field == null) {
      return null;
    }
    FeatureColumn column =
        new FeatureColumn(field.text(), field.type(), field.ask().index(), field.slot());
    int place = 0;
    List<FeatureColumn> all = new ArrayList<>(features);
    all.addAll(unseen);
    while (place < all.size()
        && (all.get(place).ask() != column.ask() || all.get(place).slot() != column.slot())) {
      place++;
    }
    if (place == all.size()) {
      unseen.add(column);
    }
    return new TypedExpression(
        new Node.Feature(field.text(), FeatureKind.of(field.type())),
        field.type(),
        List.of(),
        place);
  }

  private void typeDerived(SourceBuilder requests, LookupBuilder lookups) {
    ExpressionTyper typer =
        new ExpressionTyper(
            requests,
            features,
            (subject, field) -> lookedUp(lookups.resolve(subject, field)),
            derivedParts,
            this::isBroken,
            this::report);
    derived = typer.typeAll();
    derivedOrder = typer.order();
    for (int i = 0; i < features.size(); i++) {
      FeatureColumn column = features.get(i);
      if (column.isDerived() && column.slot() < derived.size()) {
        features.set(
            i,
            new FeatureColumn(column.name(), derived.get(column.slot()).type(), -1, column.slot()));
      }
    }
  }
}
