package dev.lockstep.training.train;

/**
 * What a feature is to a model's trees.
 *
 * @param gain its share of the loss that all splits took away, 0 to 1
 * @param cover its share of the rows that went through splits (by their hessians), 0 to 1
 * @param frequency its share of the splits, 0 to 1
 */
public record FeatureImportance(String name, double gain, double cover, double frequency) {}
