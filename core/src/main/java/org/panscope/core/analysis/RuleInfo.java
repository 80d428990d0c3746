package org.panscope.core.analysis;

import org.panscope.trace.event.TraceEvent;

import java.util.List;

/// What there is to know of a rule before it has seen anything.
///
/// @param id `I1`; findings, filters and scenarios refer to it
/// @param severity of its findings, unless one says otherwise
/// @param blame whose mistake it is when it is broken
/// @param sentence the rule itself, as something that holds
/// @param needs kinds of event it is made of; a capture that holds none of one kind cannot be
///   judged by it
/// @param tracepoints the same for rules that look at tracepoints: names, `a|b` for either of them
/// @param blind what it cannot see, or empty
public record RuleInfo(
        String id,
        Severity severity,
        Blame blame,
        String sentence,
        List<Class<? extends TraceEvent>> needs,
        List<String> tracepoints,
        String blind) {

    /// Whose mistake it is when a rule is broken.
    public enum Blame {
        DRIVER,
        APPLICATION,
        DESIGN,
        CAPTURE;

        /// As documentation writes it.
        public String label() {
            return switch (this) {
                case DRIVER -> "driver or firmware";
                case APPLICATION -> "application";
                case DESIGN -> "the interface as posted";
                case CAPTURE -> "system or capture";
            };
        }
    }

    public RuleInfo {
        needs = List.copyOf(needs);
        tracepoints = List.copyOf(tracepoints);
    }

    /// A rule made of events of the vocabulary.
    public RuleInfo(
            String id,
            Severity severity,
            Blame blame,
            String sentence,
            List<Class<? extends TraceEvent>> needs,
            String blind) {
        this(id, severity, blame, sentence, needs, List.of(), blind);
    }

    /// A rule made of tracepoints of a capture.
    public static RuleInfo ofCaptures(
            String id, Severity severity, String sentence, List<String> tracepoints, String blind) {
        return new RuleInfo(id, severity, Blame.CAPTURE, sentence, List.of(), tracepoints, blind);
    }
}
