package dev.lockstep.training;

import static dev.lockstep.define.Aggregations.count;
import static dev.lockstep.define.Expressions.feature;
import static dev.lockstep.define.Expressions.request;
import static dev.lockstep.define.Window.last;

import dev.lockstep.define.Entity;
import dev.lockstep.define.EventSource;
import dev.lockstep.define.FeatureSet;
import dev.lockstep.define.FeatureView;
import dev.lockstep.define.Label;
import dev.lockstep.define.Table;
import dev.lockstep.plan.FeaturePlan;
import java.time.Duration;
import java.time.Instant;
