/** What commands give as JSON: a record each, written by one mapper. */
@NullMarked
package dev.lockstep.cli.result;

import org.jspecify.annotations.NullMarked;
