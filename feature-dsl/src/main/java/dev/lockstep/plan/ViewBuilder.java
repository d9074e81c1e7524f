package dev.lockstep.plan;

import dev.lockstep.define.DefinitionError;
import dev.lockstep.define.FeatureView;
import dev.lockstep.define.Window;
import dev.lockstep.define.WindowedAggregate;
import dev.lockstep.value.ValueType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Resolves the features of one view. */
final class ViewBuilder {
  private final FeatureView<?> view;
  private final SourceBuilder source;
  private final Consumer<DefinitionError> errors;
  private final List<Integer> columns = new ArrayList<>();

  ViewBuilder(FeatureView<?> view, SourceBuilder source, Consumer<DefinitionError> errors) {
    this.view = view;
    this.source = source;
    this.errors = errors;
  }

  ViewPlan build(
      int index,
      List<Integer> eventKey,
      List<Integer> requestKey,
      boolean overRequests,
      long requestLatenessMicros) {
    List<ViewPlan.Feature> features = new ArrayList<>();
    for (FeatureView.Feature<?> feature : view.features()) {
      features.add(resolve(feature.name(), feature.value()));
    }
    List<ValueType> types =
        columns.stream().map(c -> c < 0 ? ValueType.LONG : source.typeOf(c)).toList();
    ViewPlan plan =
        new ViewPlan(
            index,
            view.name(),
            source.index,
            view.key().entity().name(),
            eventKey,
            requestKey,
            columns,
            types,
            features,
            overRequests,
            requestLatenessMicros,
            "");
    return new ViewPlan(
        index,
        plan.name(),
        plan.source(),
        plan.entity(),
        eventKey,
        requestKey,
        columns,
        types,
        features,
        overRequests,
        plan.requestLatenessMicros(),
        PlanText.fingerprint(PlanText.ofView(plan, source.columns, PlanText.rules(source))));
  }

  private ViewPlan.Feature resolve(String name, WindowedAggregate<?> value) {
    String subject = "feature " + name;
    int input = -1;
    ValueType type = ValueType.LONG;
    if (value.column() != null) {
      int column = source.column(value.column(), subject);
      if (column >= 0) {
        type = source.typeOf(column);
        ValueType inputType = type;
        value
            .aggregation()
            .rejection(inputType)
            .ifPresent(
                cure ->
                    errors.accept(
                        new DefinitionError(
                            subject,
                            value.aggregation().name()
                                + " can't take ["
                                + source.columns.get(column).name()
                                + "], which is "
                                + inputType,
                            cure)));
      }
      input = inputOf(column);
    }
    long window = windowMicros(subject, value.window());
    return new ViewPlan.Feature(
        name,
        value.aggregation(),
        input,
        type,
        value.aggregation().resultType(type),
        window,
        value.withoutRequest());
  }

  private int inputOf(int column) {
    int known = columns.indexOf(column);
    if (known >= 0) {
      return known;
    }
    columns.add(column);
    return columns.size() - 1;
  }

  private long windowMicros(String subject, Window window) {
    Duration length = ((Window.Last) window).length();
    if (length.isNegative() || length.isZero() || length.getNano() % 1_000 != 0) {
      errors.accept(
          new DefinitionError(
              subject,
              "its window is " + length + ", which is not a positive number of microseconds",
              "give a positive duration: last(minutes(10))"));
      return 1;
    }
    Optional<Long> micros = DurationMicros.of(length);
    if (micros.isEmpty()) {
      errors.accept(
          new DefinitionError(
              subject,
              "its window is " + length + ", more than 292 000 years",
              "give a shorter duration"));
    }
    return micros.orElse(1L);
  }
}
