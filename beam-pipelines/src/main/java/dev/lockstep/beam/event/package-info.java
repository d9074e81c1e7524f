/** Events as bytes on topics: JSON or Avro, by the record's schema. */
@NullMarked
package dev.lockstep.beam.event;

import org.jspecify.annotations.NullMarked;
