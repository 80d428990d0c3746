package org.panscope.trace.event;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.schema.EventType;
import org.panscope.trace.schema.Field;
import org.panscope.trace.schema.Layer;
import org.panscope.trace.schema.Unit;

/// What the trace says about itself while it runs.
public sealed interface MarkEvent extends TraceEvent {

    @EventType(
            id = 0x0901,
            layer = Layer.MARK,
            doc = "A scenario step began, or somebody left a note.",
            source = "the scenario file")
    record Mark(@Field(Unit.NONE) String text) implements MarkEvent {}

    @EventType(
            id = 0x0902,
            layer = Layer.MARK,
            doc = "The emulator made a free decision.",
            source = "the choice source of the run: seed, script, replay")
    record Choice(
            @Field(value = Unit.NONE, doc = "name of the decision") String name,
            @Field(value = Unit.COUNT, doc = "number of options") long options,
            @Field(value = Unit.COUNT, doc = "option taken, from 0") long taken)
            implements MarkEvent {}

    @EventType(id = 0x0903, layer = Layer.MARK, doc = "A run ended.", source = "the emulator")
    record RunEnd(
            @Field(value = Unit.NONE, doc = "why: idle, time-limit, failed") String reason,
            @Field(value = Unit.COUNT, doc = "decisions drawn") long choices,
            @Field(value = Unit.HEX, doc = "one more draw: equal runs end with equal numbers")
                    @Nullable Long unseed)
            implements MarkEvent {}
}
