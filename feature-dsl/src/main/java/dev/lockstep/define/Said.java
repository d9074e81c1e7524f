package dev.lockstep.define;

import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a feature set's author said beside the definition itself: what people should know, and the
 * mistakes made on the way.
 *
 * @param about the set; null if never said
 * @param features about features of the set, by name
 * @param once settings given twice
 */
record Said(@Nullable About about, Map<String, About> features, SetOnce once)
    implements Serializable {

  Said {
    features = Map.copyOf(features);
  }

  static Said nothing(String subject) {
    return new Said(null, Map.of(), SetOnce.of(subject));
  }

  Said with(SetOnce mistakes) {
    return new Said(about, features, mistakes);
  }

  /**
   * This, with what another set's author said of features, and the mistakes made there.
   *
   * @param sameRequests whether the other is asked by events of the same source
   */
  Said including(FeatureSet<?> other, boolean sameRequests) {
    Map<String, About> more = new TreeMap<>(other.aboutFeatures());
    more.putAll(features);
    SetOnce mistakes = once;
    for (DefinitionError mistake : other.mistakes()) {
      mistakes = mistakes.with(mistake);
    }
    if (!sameRequests) {
      mistakes =
          mistakes.with(
              new DefinitionError(
                  once.subject(),
                  "it takes in set " + other.name() + ", which is asked by another source's events",
                  "take in a set that begins with .forEach of the same source"));
    }
    return new Said(about, more, mistakes);
  }

  Said aboutTheSet(About said) {
    return new Said(said, features, once.check("about", about, said));
  }

  Said aboutFeature(String name, About said) {
    Map<String, About> more = new TreeMap<>(features);
    About first = more.put(name, said);
    return new Said(about, more, once.check("about of feature " + name, first, said));
  }
}
