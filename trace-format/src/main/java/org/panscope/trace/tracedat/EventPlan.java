package org.panscope.trace.tracedat;

/// How the records of one event are read: worked out once, used for each record.
sealed interface EventPlan permits RecordPlan, MarkerPlan {}
