package org.panscope.trace.schema;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Declares a record as one event type of the vocabulary. The type's name in files, JSON, filters
/// and documents is the record's name in upper snake case (`RingWrite` is `RING_WRITE`).
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface EventType {
    /// Stable number in files; never reused.
    int id();

    Layer layer();

    /// What happened, one sentence in the past tense.
    String doc();

    /// What the event stands for: a kernel or firmware source, or the mail that introduced it.
    String source();
}
