package dev.lockstep.examples.patterns;

import static dev.lockstep.define.Aggregations.count;
import static dev.lockstep.define.Aggregations.countBy;
import static dev.lockstep.define.Durations.days;
import static dev.lockstep.define.Expressions.feature;
import static dev.lockstep.define.Window.last;

import dev.lockstep.define.Entity;
import dev.lockstep.define.EventSource;
import dev.lockstep.define.FeatureSet;
import dev.lockstep.define.FeatureView;
import java.time.Instant;

/** Ad clicks: how often a user clicked on ads of the very category that is about to be shown. */
public final class AdClicks {
  private AdClicks() {}

  /** What an ad is for. */
  public enum Category {
    BOOKS,
    CARS,
    TRAVEL
  }

  /** An ad is about to be shown: what is asked. */
  public record Impression(String id, String user, Category category, Instant at) {}

  /** A user has clicked. */
  public record Click(String impression, String user, Category category, Instant at) {}

  public static final EventSource<Impression> IMPRESSIONS =
      EventSource.of(Impression.class)
          .named("impressions")
          .id(Impression::id)
          .eventTime(Impression::at);

  public static final EventSource<Click> CLICKS =
      EventSource.of(Click.class).named("clicks").id(Click::impression).eventTime(Click::at);

  public static final Entity<String> USER = Entity.string("user");

  public static final Entity<Entity.Pair<String, Category>> USER_AND_CATEGORY =
      Entity.of("user_and_category", String.class, Category.class);

  // region category
  public static final FeatureView<Click> CLICKED =
      FeatureView.named("clicked")
          .over(CLICKS)
          .by(USER, Click::user)
          .feature("clicks_7d", count().over(last(days(7))))
          .feature(
              "clicks_7d",
              countBy(Click::category, Category.BOOKS, Category.CARS).over(last(days(7))));

  public static final FeatureView<Impression> SHOWN_OF_CATEGORY =
      FeatureView.named("shown_of_category")
          .over(IMPRESSIONS)
          .by(USER_AND_CATEGORY, Impression::user, Impression::category)
          .feature("shown_of_category_7d", count().over(last(days(7))));

  public static final FeatureView<Click> CLICKED_OF_CATEGORY =
      FeatureView.named("clicked_of_category")
          .over(CLICKS)
          .by(USER_AND_CATEGORY, Click::user, Click::category)
          .feature("clicks_of_category_7d", count().over(last(days(7))));

  public static final FeatureSet<Impression> CLICK_RATE =
      FeatureSet.named("click_rate_v1")
          .forEach(IMPRESSIONS)
          .entity(USER, Impression::user)
          .with(SHOWN_OF_CATEGORY, CLICKED, CLICKED_OF_CATEGORY)
          .derive(
              "rate_of_category",
              feature("clicks_of_category_7d").dividedBy(feature("shown_of_category_7d")));
  // endregion
}
