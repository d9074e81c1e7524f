/** The batch beside DuckDB: the same Parquet to the same Parquet, results compared. */
@NullMarked
package dev.lockstep.benchmarks.batch;

import org.jspecify.annotations.NullMarked;
