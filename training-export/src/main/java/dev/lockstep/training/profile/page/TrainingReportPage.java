package dev.lockstep.training.profile.page;

import dev.lockstep.beam.write.Manifest;
import dev.lockstep.training.profile.Comparison;
import dev.lockstep.training.profile.Finding;
import dev.lockstep.training.profile.Findings;
import dev.lockstep.training.profile.LabelKind;
import dev.lockstep.training.profile.Profiler;
import dev.lockstep.training.profile.SetProfile;
import dev.lockstep.training.report.Facts;
import dev.lockstep.training.report.HtmlPage;
import dev.lockstep.training.report.Notice;
import dev.lockstep.training.report.Numbers;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The report of a training set: one HTML file, and what stands out for the terminal. */
public final class TrainingReportPage {
  /** The page's usual name, inside the training set's folder. */
  public static final String FILE = "report.html";

  private TrainingReportPage() {}

  /**
   * Writes the page of a training set.
   *
   * @param trainingSet its folder
   * @param html the file, replaced if it is there; never there in part
   * @return what stands out, the most important first
   * @throws dev.lockstep.beam.write.TrainingSetException if the folder is no training set
   * @throws IOException if the page can't be written
   */
  public static List<Finding> write(Path trainingSet, Path html) throws IOException {
    SetProfile profile = Profiler.profile(trainingSet);
    List<Finding> findings = Findings.of(profile);
    page(profile, findings, null).write(html);
    return findings;
  }

  /**
   * Writes the page of a training set beside another of the same requests.
   *
   * @param other the other set's folder, usually by event time
   * @return what stands out, the most important first
   * @throws dev.lockstep.beam.write.TrainingSetException if a folder is no training set
   * @throws IOException if the page can't be written
   */
  public static List<Finding> write(Path trainingSet, Path other, Path html) throws IOException {
    Comparison comparison = Comparison.of(trainingSet, other);
    List<Finding> findings = Findings.of(comparison);
    page(comparison.one(), findings, comparison).write(html);
    return findings;
  }

  static HtmlPage page(
      SetProfile profile, List<Finding> findings, @Nullable Comparison comparison) {
    Manifest manifest = profile.manifest();
    HtmlPage page =
        HtmlPage.titled("Training set " + manifest.featureSet(), subtitle(manifest))
            .lead(facts(profile));
    for (Finding finding : findings) {
      page = page.lead(notice(finding));
    }
    if (findings.isEmpty()) {
      page =
          page.lead(
              new Notice(
                  Notice.Weight.FINE,
                  "Nothing stands out",
                  "No suspected leak, no drift, no empty or constant feature."));
    }
    if (comparison != null) {
      page = page.with(new ComparisonSection(comparison).section());
    }
    if (profile.rows() > 0) {
      if (profile.labelKind() != LabelKind.NONE && !profile.features().isEmpty()) {
        page = page.with(new RelationSection(profile).section());
      }
      page = page.with(new FeatureSection(profile).section());
      page = page.with(new TimeSection(profile).section());
    }
    return page.with(new OriginSection(profile).section());
  }

  private static String subtitle(Manifest manifest) {
    Instant first = manifest.firstEventTime();
    Instant last = manifest.lastEventTime();
    if (first == null || last == null) {
      return "No rows, or their range of time isn't known.";
    }
    Duration range = Duration.between(first, last);
    return "Requests from "
        + Numbers.time(first, range)
        + " to "
        + Numbers.time(last, range)
        + " (UTC).";
  }

  private static Facts facts(SetProfile profile) {
    Facts facts =
        Facts.none()
            .and("rows", Numbers.count(profile.rows()))
            .and("features", Numbers.count(profile.features().size()));
    facts =
        switch (profile.labelKind()) {
          case NONE -> facts.and("label", Numbers.NONE);
          case BINARY ->
              facts.and("label " + label(profile), Numbers.percent(profile.labelMean()), "are 1");
          case NUMERIC ->
              facts.and("label " + label(profile), Numbers.of(profile.labelMean()), "on average");
        };
    if (profile.labelKind() != LabelKind.NONE) {
      long unknown = profile.rows() - profile.labelled();
      facts = facts.and("rows without label", Numbers.count(unknown));
    }
    return facts;
  }

  private static String label(SetProfile profile) {
    var label = profile.manifest().schema().label();
    return label == null ? "" : label.name();
  }

  private static Notice notice(Finding finding) {
    Notice.Weight weight = Notice.Weight.valueOf(finding.weight().name());
    return new Notice(weight, finding.title(), finding.text());
  }
}
