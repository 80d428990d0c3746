package org.panscope.core.timeline;

import org.panscope.core.fields.FieldReader;
import org.panscope.core.fields.Fields;
import org.panscope.trace.io.EventCursor;
import org.panscope.trace.schema.Unit;

import java.util.Map;
import java.util.TreeMap;

/// Tiler heaps: passes in flight as a counter, chunks taken, and what happens when there are none.
final class HeapRules {
    private final Build build;
    private final Map<String, Long> chunks = new TreeMap<>();

    private HeapRules(Build build) {
        this.build = build;
    }

    static void register(Rules rules, Build build) {
        rules.on("TILER_HEAP", new HeapRules(build)::step);
    }

    private Handler step(Fields fields) {
        FieldReader vm = fields.get("vm_id");
        FieldReader heap = fields.get("heap_va");
        FieldReader step = fields.get("step");
        FieldReader csg = fields.get("csg");
        FieldReader cs = fields.get("cs");
        FieldReader started = fields.get("vt_start");
        FieldReader fragments = fields.get("frag_end");
        return event -> {
            String title = title(vm.number(event, -1), heap.number(event, 0));
            RowBuilder row = build.child(build.container(Section.HEAPS).id, "heap", title);
            String name = step.text(event);
            boolean ofStream = csg.isPresent(event) && cs.isPresent(event);
            if (ofStream && name.startsWith("handler_")) {
                handler(event, name, csg.integer(event, -1), cs.integer(event, -1));
            }
            switch (name) {
                case "out_of_memory" ->
                        row.instant(event, "out of memory", Style.ERROR, Glyph.CROSS);
                case "refused" -> row.instant(event, "growth refused", Style.ERROR, Glyph.CROSS);
                case "grown" -> row.instant(event, "grown", Style.ACTIVITY, Glyph.DIAMOND);
                case "handler_enter" ->
                        row.instant(event, "handler entered", Style.ATTENTION, Glyph.UP);
                case "handler_exit" ->
                        row.instant(event, "handler left", Style.ATTENTION, Glyph.DOWN);
                default -> row.instant(event, name.replace('_', ' '), Style.ACTIVITY, Glyph.TICK);
            }
            build.child(row.id, "heap-passes", "passes in flight")
                    .step(event, started.number(event, 0) - fragments.number(event, 0), Unit.COUNT);
            if (name.equals("take_chunk")) {
                long taken = chunks.merge(title, 1L, Long::sum);
                build.child(row.id, "heap-chunks", "chunks taken").step(event, taken, Unit.COUNT);
            }
        };
    }

    private void handler(EventCursor event, String step, int csg, int cs) {
        StreamTracker stream = build.streams().of(csg, cs);
        if (step.equals("handler_enter")) {
            stream.enterHandler(event);
        } else {
            stream.exitHandler();
        }
    }

    private static String title(long vmId, long va) {
        String address = "0x" + Long.toHexString(va);
        return vmId < 0 ? address : "vm " + vmId + " " + address;
    }
}
