package org.panscope.core.explain;

import org.jspecify.annotations.Nullable;
import org.panscope.core.state.ObjectId;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// One reason of a chain, with what lies behind it.
///
/// @param text a plain sentence or two
/// @param verdict what it comes to
/// @param object what the sentence is about, or null
/// @param event sequence number of the event that proves it, or [#NO_EVENT]
/// @param remedy what would help, or null when nothing is known to
/// @param children what it waits for; several are a fork
public record Link(
        String text,
        Verdict verdict,
        @Nullable ObjectId object,
        long event,
        @Nullable String remedy,
        List<Link> children) {
    /// No event of the trace proves it.
    public static final long NO_EVENT = -1;

    public Link {
        children = List.copyOf(children);
    }

    static Link waiting(@Nullable ObjectId object, String text, long event, List<Link> children) {
        return new Link(text, Verdict.WAITING, object, event, null, children);
    }

    static Link waiting(@Nullable ObjectId object, String text, long event, Link... children) {
        return waiting(object, text, event, List.of(children));
    }

    static Link running(@Nullable ObjectId object, String text, long event) {
        return new Link(text, Verdict.RUNNING, object, event, null, List.of());
    }

    static Link done(@Nullable ObjectId object, String text, long event) {
        return new Link(text, Verdict.DONE, object, event, null, List.of());
    }

    static Link unknown(@Nullable ObjectId object, String text, long event) {
        return new Link(text, Verdict.UNKNOWN, object, event, null, List.of());
    }

    static Link cause(@Nullable ObjectId object, String text, long event, @Nullable String remedy) {
        return new Link(text, Verdict.ROOT_CAUSE, object, event, remedy, List.of());
    }

    /// This link with something more behind it.
    Link and(Link child) {
        List<Link> longer = new ArrayList<>(children);
        longer.add(child);
        return new Link(text, verdict, object, event, remedy, longer);
    }

    /// This link as a step on the way to another: no cause of its own.
    Link before(Link cause) {
        return new Link(text, Verdict.WAITING, object, event, null, List.of(cause));
    }

    /// Every link, this one first, each before what lies behind it.
    void visit(Consumer<Link> visitor) {
        visitor.accept(this);
        children.forEach(child -> child.visit(visitor));
    }
}
