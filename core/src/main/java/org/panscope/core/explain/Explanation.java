package org.panscope.core.explain;

import org.panscope.core.state.Cursor;
import org.panscope.core.state.ObjectId;

import java.util.ArrayList;
import java.util.List;

/// Why an object does not run, or is not signalled, at a moment: a tree whose leaves are root
/// causes, things that run, or the edge of what the trace tells.
///
/// @param subject what was asked about
/// @param at the moment
/// @param root its first link
public record Explanation(ObjectId subject, Cursor at, Link root) {
    /// Every link, in the order of the chain.
    public List<Link> links() {
        List<Link> all = new ArrayList<>();
        root.visit(all::add);
        return all;
    }

    /// The links at which chains end for a reason.
    public List<Link> rootCauses() {
        return links().stream().filter(link -> link.verdict() == Verdict.ROOT_CAUSE).toList();
    }

    /// Running when what was asked about runs, done when there is nothing to wait for; otherwise a
    /// root cause when one was found, something it waits for that runs, or unknown.
    public Verdict verdict() {
        if (root.verdict() != Verdict.WAITING) {
            return root.verdict();
        }
        List<Link> all = links();
        boolean hasCause = all.stream().anyMatch(link -> link.verdict() == Verdict.ROOT_CAUSE);
        boolean isUnknown = all.stream().anyMatch(link -> link.verdict() == Verdict.UNKNOWN);
        return hasCause ? Verdict.ROOT_CAUSE : isUnknown ? Verdict.UNKNOWN : Verdict.WAITING;
    }
}
