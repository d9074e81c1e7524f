package dev.lockstep.store;

/**
 * The key of one cell of the online store.
 *
 * @param space the view or table the cell belongs to
 * @param entityKey the entity's key as text
 */
public record StoreKey(String space, String entityKey) {}
