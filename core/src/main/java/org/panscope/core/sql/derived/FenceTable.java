package org.panscope.core.sql.derived;

import org.panscope.core.sql.schema.TableInfo;
import org.panscope.core.sql.schema.TableInfoBuilder;
import org.panscope.core.state.ObjectId;
import org.panscope.trace.event.FenceEvent.Fence;
import org.panscope.trace.io.Event;

import java.util.LinkedHashMap;
import java.util.Map;

/// Every dma_fence, from its making to its end.
final class FenceTable implements DerivedTable {
    static final TableInfo INFO =
            new TableInfoBuilder("fences", DerivedTables.PART, "a dma_fence")
                    .text("fence", "its object id, fence:CONTEXT:SEQNO")
                    .number("context", "")
                    .number("seqno", "")
                    .text("kind", "what it stands for")
                    .text("driver", "")
                    .text("timeline", "")
                    .number("job", "job it belongs to")
                    .place("init", "it was made")
                    .place("publish", "somebody else could see it first")
                    .place("enable_signal", "somebody waits for it")
                    .place("signal", "it signalled; NULL when it never did")
                    .place("destroy", "its memory was freed")
                    .number("error", "it carries, negated errno; 0 is none")
                    .text("published_to", "object ids, joined by commas")
                    .text("outcome", "of a capture: ended, timed_out or abandoned, as inferred")
                    .cursor()
                    .build();

    private final RowOutput output;
    private final Map<ObjectId, Row> fences = new LinkedHashMap<>();

    FenceTable(RowOutput output) {
        this.output = output;
    }

    @Override
    public void register(Listeners listeners) {
        listeners.on(Fence.class, this::step);
    }

    private void step(Event event, Fence fence) {
        Moment moment = Moment.of(event);
        ObjectId id = ObjectId.fence(fence.context(), fence.seqno());
        Row row = fences.computeIfAbsent(id, ignored -> begin(id, fence, moment));
        if (fence.job() != null) {
            row.put("job", fence.job());
        }
        switch (fence.step()) {
            case INIT -> row.first("init", moment);
            case PUBLISH -> publish(row, fence, moment);
            case ENABLE_SIGNAL -> row.first("enable_signal", moment);
            case SET_ERROR -> row.put("error", fence.error());
            case SIGNALED -> {
                row.first("signal", moment);
                if (fence.error() != null) {
                    row.put("error", fence.error());
                }
            }
            case DESTROY -> {
                row.place("destroy", moment).writeTo(output);
                fences.remove(id);
            }
            case ADD_CALLBACK, RELINK -> {
                // Who waits, and chain links, are events of their own.
            }
        }
    }

    private static Row begin(ObjectId id, Fence fence, Moment moment) {
        return new Row(INFO)
                .put("fence", id)
                .put("context", fence.context())
                .put("seqno", fence.seqno())
                .put("kind", fence.kind().label())
                .put("driver", fence.driver())
                .put("timeline", fence.timeline())
                .cursor(moment);
    }

    private static void publish(Row row, Fence fence, Moment moment) {
        row.first("publish", moment);
        String to = fence.publishedTo();
        if (to != null) {
            Object before = row.get("published_to");
            row.put("published_to", before == null ? to : before + ", " + to);
        }
    }

    @Override
    public void finish() {
        fences.values().forEach(row -> row.writeTo(output));
    }
}
