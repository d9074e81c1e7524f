package dev.lockstep.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which module may use which, read from the folder or jar that each class was built into. */
@AnalyzeClasses(packages = "dev.lockstep", importOptions = ImportOption.DoNotIncludeTests.class)
class ModuleOrderTest {

  /** The modules that a module's classes may use beside their own; none may use the cli. */
  private static final Map<String, Set<String>> MAY_USE =
      Map.of(
          "feature-dsl", Set.of(),
          "authoring", Set.of("feature-dsl"),
          "local-servers", Set.of(),
          "beam-pipelines", Set.of("feature-dsl"),
          "online-serving", Set.of("feature-dsl"),
          "training-export", Set.of("feature-dsl", "beam-pipelines"),
          "examples", Set.of("feature-dsl", "authoring", "beam-pipelines"),
          "benchmarks", Set.of("feature-dsl", "beam-pipelines"),
          "cli",
              Set.of(
                  "feature-dsl",
                  "authoring",
                  "beam-pipelines",
                  "training-export",
                  "online-serving",
                  "examples"));

  private static final Pattern MODULE = Pattern.compile("/([a-z-]+)/target/");

  @ArchTest
  static void modulesUseOnlyEarlierModules(JavaClasses imported) {
    classes()
        .that()
        .resideInAPackage("dev.lockstep..")
        .should(useOnlyAllowedModules())
        .allowEmptyShould(true)
        .check(imported);
  }

  @ArchTest
  static final ArchRule servingNeverLoadsBeamOrFlink =
      noClasses()
          .that(areIn("online-serving"))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.beam..", "org.apache.flink..")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule onlyServingKnowsLettuce =
      noClasses()
          .that(DescribedPredicate.not(areIn("online-serving")))
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.lettuce..")
          .allowEmptyShould(true);

  private static ArchCondition<JavaClass> useOnlyAllowedModules() {
    return new ArchCondition<>("use only the modules listed in MAY_USE") {
      @Override
      public void check(JavaClass user, ConditionEvents events) {
        String from = moduleOf(user).orElseThrow();
        Set<String> allowed = MAY_USE.get(from);
        if (allowed == null) {
          String message = user.getName() + " is in module " + from + ", which MAY_USE lacks";
          events.add(SimpleConditionEvent.violated(user, message));
          return;
        }
        for (Dependency dependency : user.getDirectDependenciesFromSelf()) {
          Optional<String> to = moduleOf(dependency.getTargetClass());
          if (to.isPresent() && !to.get().equals(from) && !allowed.contains(to.get())) {
            String message = from + " uses " + to.get() + ": " + dependency.getDescription();
            events.add(SimpleConditionEvent.violated(user, message));
          }
        }
      }
    };
  }

  private static DescribedPredicate<JavaClass> areIn(String module) {
    return DescribedPredicate.describe(
        "are in " + module, owner -> moduleOf(owner).filter(module::equals).isPresent());
  }

  /** The name of the folder above {@code target}; empty for a class of a library. */
  private static Optional<String> moduleOf(JavaClass owner) {
    JavaClass element = owner.getBaseComponentType();
    if (!element.getPackageName().startsWith("dev.lockstep")) {
      return Optional.empty();
    }
    return element
        .getSource()
        .map(source -> MODULE.matcher(source.getUri().toString()))
        .filter(Matcher::find)
        .map(matcher -> matcher.group(1));
  }
}
