package dev.lockstep.training.profile;

/**
 * One text of a column.
 *
 * @param rows of the rows held
 * @param labelMean of their labels; NaN where none is known
 */
public record Category(String text, long rows, double labelMean) {}
