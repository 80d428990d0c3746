package org.panscope.core.analysis;

import org.panscope.core.state.ObjectId;

import java.util.List;

/// One place where a rule is broken.
///
/// @param rule id of the rule
/// @param severity of this case
/// @param fromSeq the first event it is about
/// @param toSeq the last one, `fromSeq <= toSeq`
/// @param objects what it is about, the most important first
/// @param message one sentence
/// @param proof events that show it, ascending
public record Finding(
        String rule,
        Severity severity,
        long fromSeq,
        long toSeq,
        List<ObjectId> objects,
        String message,
        List<Long> proof) {

    public Finding {
        if (fromSeq > toSeq) {
            throw new IllegalArgumentException("from=" + fromSeq + " to=" + toSeq);
        }
        objects = List.copyOf(objects);
        proof = List.copyOf(proof);
    }
}
