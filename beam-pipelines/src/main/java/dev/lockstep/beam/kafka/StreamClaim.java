package dev.lockstep.beam.kafka;

/**
 * The right of one start to be the stream of its feature set, as it stands in the set's status
 * topic: of all claims there the last one counts, in the order of the log, whatever clocks say.
 *
 * @param topic the status topic, of one partition
 * @param start this start's id
 * @param offset where its claim is
 * @param place where it runs, for people
 */
public record StreamClaim(String topic, String start, long offset, String place) {}
