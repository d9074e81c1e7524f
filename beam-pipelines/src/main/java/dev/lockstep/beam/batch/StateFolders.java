package dev.lockstep.beam.batch;

import dev.lockstep.beam.snapshot.SnapshotFolder;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * Where a batch goes on from, and what it leaves for the next (C12).
 *
 * @param before the snapshot it goes on from; null where it begins
 * @param beforeCutMicros that one's cut; {@code Long.MIN_VALUE} where there is none
 * @param after the snapshot it writes, cut at its settings' {@code until}
 */
record StateFolders(@Nullable SnapshotFolder before, long beforeCutMicros, SnapshotFolder after)
    implements Serializable {}
