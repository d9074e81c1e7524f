package dev.lockstep.training.profile;

/**
 * What a column that is no feature tells about the label: a request's id, or an entity's key.
 *
 * @param distinct different keys among the rows held; at most {@value TextColumn#MOST} are told
 *     apart
 * @param relation of the id, the AUC or correlation of its digits as a number; of a key, as of text
 * @param chance how likely it would tell as much if it told nothing
 */
public record KeyProfile(
    String name, boolean requestId, long distinct, double relation, double chance) {}
